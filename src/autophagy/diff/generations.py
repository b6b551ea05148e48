"""Two generations of rows, figure by figure: what they cost, and how varied the made rows are."""

from ..generate.result import GenerateResult
from ..results.scored import Scored
from ..statistics.contrasts import of_figures
from .compared import Comparable, Compared

SEEDS = ("rows", "seeds")  # the figures of what both began with are no finding
WHY = "Not paired: each run drew its own calls, and each interval is of the rows that it made."


def compare_generations(a: GenerateResult, b: GenerateResult) -> Comparable:
    """Every figure that both runs have of what they made; all of them are shown."""
    mine, other = ({(each.metric, each.of): each for each in run.scores() if _made(each)} for run in (a, b))
    figures = [
        Compared(each.where, each.metric, each.title, each.score, rest.score, of_figures(each.score, rest.score))
        for each, rest in ((mine[key], other[key]) for key in mine if key in other)
        if each.score.n and rest.score.n
    ]
    alone = [
        f"{own[metric, of].title}{' of ' if of else ''}{', '.join(str(part) for _, part in of)} is in {run} only"
        for run, own, rest in (("A", mine, other), ("B", other, mine))
        for metric, of in own.keys() - rest.keys()
        if own[metric, of].score.n
    ]
    return Comparable(figures, "nothing", WHY, sorted(alone))


def _made(each: Scored) -> bool:
    return SEEDS not in each.of
