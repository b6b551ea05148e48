"""The table of a result as a paper has it: each figure at the end, with its interval and the number behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.errors import UsageError
from ..text.line import capital
from .scored import Scored


@dataclass(frozen=True)
class FigureTable:
    """Rows of texts below the heads of their columns, figure by figure; `words` columns hold names, others numbers.

    The numbers are rounded to the digits that the interval decides, which the notes say too.
    """

    head: Sequence[str]
    words: int
    figures: Sequence[Sequence[Sequence[str]]]
    notes: Sequence[str]


def tabled(
    scores: Sequence[Scored], metrics: Sequence[str], *, of: str, value_is: str = "value", done: bool = True
) -> FigureTable:
    """The scores of these metrics as rows, in the order of the metrics; a figure that is nowhere known is left out.

    `of` says what was looked at, and `done` whether it has ended. Raises UsageError where there is nothing to show.
    """
    places = list(dict.fromkeys(name for each in scores for name in each.where))
    figures = [[each for each in scores if each.metric == metric] for metric in metrics]
    known = [figure for figure in figures if any(each.score.n for each in figure)]
    if not known:
        raise UsageError(f"there is nothing to show of {of} yet: no figure is known.")
    head = ["Figure", *map(capital, places), capital(value_is), "95 % interval", "n"]
    notes = [f"Of {of}.", "n is the number of values behind a figure; values and intervals are rounded."]
    if any(each.score.n and not each.score.rounded()[1] for figure in known for each in figure):
        notes.append("A figure without an interval is of one value, such as one seed, or a cost.")
    if not done:
        notes.append("The run has not ended: these are the figures so far.")
    return FigureTable(head, 1 + len(places), [[_row(each, places) for each in figure] for figure in known], notes)


def _row(each: Scored, places: Sequence[str]) -> list[str]:
    value, low, high = each.score.rounded()
    where = [f"{each.where.get(name, '')}" for name in places]
    return [capital(each.title), *where, value, f"[{low}, {high}]" if low else "", f"{each.score.n:,}"]
