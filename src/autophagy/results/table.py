"""The table of a result as a paper has it: each figure at the end, with its interval and the number behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.errors import UsageError
from .scored import Scored, last

if TYPE_CHECKING:
    from .result import Result


@dataclass(frozen=True)
class FigureTable:
    """Rows of texts below the heads of their columns, figure by figure; `words` columns hold names, others numbers.

    The numbers are rounded to the digits that the interval decides, which the notes say too.
    """

    head: Sequence[str]
    words: int
    figures: Sequence[Sequence[Sequence[str]]]
    notes: Sequence[str]


def tabled(result: "Result", metrics: Sequence[str] | None = None) -> FigureTable:
    """The figures that carry a verdict, or those of the `metrics`, at the end of each regime or for each arm.

    What real rows score stands below each. Raises UsageError where there is nothing to show, or no such figure.
    """
    chosen = result.chosen(metrics)
    scores = [*last(result.scores()), *result.levels()]
    places = list(dict.fromkeys(name for each in scores for name in each.where))
    figures = [[each for each in scores if each.metric == metric] for metric in chosen]
    known = [figure for figure in figures if any(each.score.n for each in figure)]
    if not known:
        raise UsageError(f"there is nothing to show of {result.title} yet: no figure is known.")
    head = ["Figure", *map(_heading, places), _heading(result.value_is), "95 % interval", "n"]
    rows = [[_row(each, places) for each in figure] for figure in known]
    return FigureTable(head, 1 + len(places), rows, _notes(result))


def _row(each: Scored, places: Sequence[str]) -> list[str]:
    value, low, high = each.score.rounded()
    where = [f"{each.where.get(name, '')}" for name in places]
    return [_heading(each.title), *where, value, f"[{low}, {high}]" if low else "", f"{each.score.n:,}"]


def _heading(title: str) -> str:
    return title[:1].upper() + title[1:]


def _notes(result: "Result") -> list[str]:
    notes = [f"Of {result.title}.", "n is the number of values behind a figure; values and intervals are rounded."]
    return notes if result.done else [*notes, "The run has not ended: these are the figures so far."]
