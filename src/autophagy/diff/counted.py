"""Two audits, or two curations, finding by finding: shares of rows, exact where both counted the same rows."""

import math
from collections.abc import Mapping

from ..results.result import Result
from ..results.scored import Scored
from ..statistics.contrasts import of_figures
from ..statistics.grouped import LEAST, design_effect
from ..statistics.intervals import Score
from ..statistics.paired import wilson
from .compared import Comparable, Compared

KEPT = "kept"
SAME_ROWS = "Both runs read the same rows, so each difference is exact and due to what the runs differ in."
OTHER_ROWS = (
    "Not paired, for the runs read other rows: each share is taken as that of rows drawn one by one, for there are "
    f"fewer than {LEAST:g} sources to tell how alike the rows of one source are. Rows that come in groups, such as the "
    "pages of one site, vary more than the intervals say."
)
GROUPED = (
    "Not paired, for the runs read other rows: rows of one source can be alike, so the intervals allow for how much "
    "the shares of the sources differ."
)


def compare_counts(a: Result, b: Result) -> Comparable:
    """The share of the rows that each curator found, and that was kept; whatever both runs have."""
    mine, other = ({each.metric: each for each in run.scores()} for run in (a, b))
    same = _files(a) == _files(b)
    both = [name for name in mine if name in other]
    effects = dict.fromkeys(both, math.nan) if same else {name: _effect(a, b, name) for name in both}
    figures = [_compared(mine[name], other[name], same, effects[name], a.verb) for name in both]
    alone = [
        f"{name} is in {run} only"
        for run, own, rest in (("A", mine, other), ("B", other, mine))
        for name in own
        if name not in rest
    ]
    grouped = any(math.isfinite(effect) for effect in effects.values())
    why = SAME_ROWS if same else GROUPED if grouped else OTHER_ROWS
    return Comparable(figures, "row" if same else "nothing", why, alone)


def _files(result: Result) -> Mapping[str, str]:
    """The digests of the files that were read, whatever they are called."""
    digests = result.record.environment().get("files", {}) if result.record else {}
    return dict.fromkeys(sorted(digests.values()), "")


def _effect(a: Result, b: Result, name: str) -> float:
    """How much more a share varies than of rows drawn one by one, by what there was of it in each source."""
    return design_effect(*(_by_source(run, name) for run in (a, b)), *(_by_source(run) for run in (a, b)))


def _by_source(result: Result, name: str = "") -> dict[str, float]:
    """How many rows of each source were found or kept under a name; all that there were without one."""
    document = result.document  # type: ignore[attr-defined]
    sources = document["sources"]
    counted = {source: each if isinstance(each, dict) else {"rows": each} for source, each in sources.items()}
    if name in ("", KEPT):
        return {source: float(each[name or "rows"]) for source, each in counted.items()}
    found = next(each["sources"] for each in document["findings"] if each["curator"] == name)
    return {source: float(count) for source, count in found.items()}


def _compared(a: Scored, b: Scored, same: bool, effect: float, verb: str) -> Compared:
    one, two = (_exact(each.score) if same else _drawn(each.score, effect) for each in (a, b))
    finds = "finds" if verb == "audit" else "takes out"
    more, less = (f"{finds} {way} by {a.metric} than" for way in ("more", "less"))
    if a.metric == KEPT:
        more, less = "keeps more than", "keeps less than"
    return Compared({}, a.metric, a.title, one, two, of_figures(one, two), more, less)


def _exact(score: Score) -> Score:
    return Score(score.value, score.value, score.value, 1) if score.n else score


def _drawn(score: Score, effect: float) -> Score:
    """A share of rows of which so many tell as much as one that was drawn alone, with Wilson's interval."""
    ends = wilson(score.value, score.n / (effect if math.isfinite(effect) else 1)) if score.n else (math.nan, math.nan)
    return Score(score.value, *ends, score.n)
