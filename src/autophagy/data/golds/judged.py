"""Rows that say of one answer each whether it is right, as MultiRC and WikiQA do: one row a question, of right ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...text.plural import plural
from .cells import text_of
from .rows import ANSWERS, CHOICES

ANSWER, QUESTIONS = "answer", ("question", "query")
MARKS = ("label", "is_correct", "correct")
BESIDE = ("paragraph", "passage", "context")  # two of which may have a question in common
RIGHT, WRONG = {"1", "1.0", "true"}, {"0", "0.0", "false"}
OTHERS = {*ANSWERS, *CHOICES} - {ANSWER, *MARKS}  # columns that say themselves what is right, or among what
Rows = list[dict[str, Any] | str]


def judged(rows: Rows) -> tuple[Rows, list[str]]:
    """One row a question with the answers that are marked as right, where rows are so, and how that is told.

    They are where each has a question, an answer and a mark, both marks occur, and questions come more than once.
    """
    cells = [{name.strip().lower(): cell for name, cell in row.items()} for row in rows if isinstance(row, dict)]
    asks = next((name for name in QUESTIONS if cells and all(text_of(row.get(name)) for row in cells)), "")
    mark = next((name for name in MARKS if {*map(_mark, (row.get(name) for row in cells))} == {True, False}), "")
    if not asks or not mark or any(OTHERS & row.keys() or not text_of(row.get(ANSWER)) for row in cells):
        return rows, []
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in cells:
        groups.setdefault(tuple(text_of(row.get(name)) for name in (asks, *BESIDE)), []).append(row)
    if len(groups) == len(cells):
        return rows, []
    merged = [_merged(group, mark) for group in groups.values()]
    found = [row for row in merged if row["answers"]]
    told = f"the column {mark!r} was read as whether the answer is right, so that {plural(len(cells), 'row')} are "
    lost = f"; left out for want of a right one: {len(merged) - len(found):,}" if len(found) < len(merged) else ""
    return [*found, *(row for row in rows if isinstance(row, str))], [f"{told}{plural(len(found), 'question')}{lost}."]


def _mark(cell: Any) -> bool | None:
    """Whether a cell says right or wrong; None where it says neither."""
    said = str(cell).strip().lower()
    return True if said in RIGHT else False if said in WRONG else None


def _merged(group: Sequence[Mapping[str, Any]], mark: str) -> dict[str, Any]:
    rest = {name: cell for name, cell in group[0].items() if name not in (ANSWER, mark)}
    return {**rest, "answers": [text_of(row[ANSWER]) for row in group if _mark(row[mark])]}
