"""Two audits, or two curations, finding by finding: shares of rows, exact where both counted the same rows."""

from collections.abc import Mapping

from ..results.result import Result
from ..results.scored import Scored
from ..statistics.contrasts import of_figures
from ..statistics.intervals import Score
from ..statistics.paired import proportion
from .compared import Comparable, Compared

KEPT = "kept"
SAME_ROWS = "Both runs read the same rows, so each difference is exact and due to what the runs differ in."
OTHER_ROWS = (
    "Not paired, for the runs read other rows: each share is taken as that of rows drawn one by one, so rows that come "
    "in groups, such as the pages of one site, vary more than the intervals say."
)


def compare_counts(a: Result, b: Result) -> Comparable:
    """The share of the rows that each curator found, and that was kept; whatever both runs have."""
    mine, other = ({each.metric: each for each in run.scores()} for run in (a, b))
    same = _files(a) == _files(b)
    figures = [_compared(mine[name], other[name], same, a.verb) for name in mine if name in other]
    alone = [
        f"{name} is in {run} only"
        for run, own, rest in (("A", mine, other), ("B", other, mine))
        for name in own
        if name not in rest
    ]
    return Comparable(figures, "row" if same else "nothing", SAME_ROWS if same else OTHER_ROWS, alone)


def _files(result: Result) -> Mapping[str, str]:
    """The digests of the files that were read, whatever they are called."""
    digests = result.record.environment().get("files", {}) if result.record else {}
    return dict.fromkeys(sorted(digests.values()), "")


def _compared(a: Scored, b: Scored, same: bool, verb: str) -> Compared:
    one, two = (_exact(each.score) if same else _drawn(each.score) for each in (a, b))
    finds = "finds" if verb == "audit" else "takes out"
    more, less = (f"{finds} {way} by {a.metric} than" for way in ("more", "less"))
    if a.metric == KEPT:
        more, less = "keeps more than", "keeps less than"
    return Compared({}, a.metric, a.title, one, two, of_figures(one, two), more, less)


def _exact(score: Score) -> Score:
    return Score(score.value, score.value, score.value, 1) if score.n else score


def _drawn(score: Score) -> Score:
    return proportion(round(score.value * score.n), score.n) if score.n else score
