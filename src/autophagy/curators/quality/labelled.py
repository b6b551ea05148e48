"""Labelled rows: texts that somebody called good or bad, read from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array
from ...data.readers.names import LABEL_NAMES, TEXT_NAMES, first_named
from ...data.readers.records import Record, records_of
from ...data.readers.unpack import is_there
from ...text.plural import plural

GRADES = ("score", "grade", "rating", "quality")  # columns of marks from 0 to 5, as a rubric gives them
GOOD = 3.0  # the least mark of a good row, as FineWeb-Edu draws the line
FEWEST = 5  # of each kind, so that each of five folds has one
WORDS = {"1": True, "true": True, "yes": True, "good": True, "0": False, "false": False, "no": False, "bad": False}


@dataclass(frozen=True, eq=False)
class LabelledTexts:
    """Texts with a label each: `good` (n,) bool; `unlabelled` counts the rows of the file whose label is empty."""

    texts: tuple[str, ...]
    good: Array
    unlabelled: int = 0

    def __len__(self) -> int:
        return len(self.texts)


def read_labelled(path: str | Path, good: float = GOOD) -> LabelledTexts:
    """The labelled rows of a file (jsonl, csv or parquet), or in memory, with a column of texts and one of labels.

    A column `label` (or `class`, `target`, `y`) holds 1 and 0, true and false, yes and no, or good and bad; one with
    other numbers, and any called `score`, `grade`, `rating` or `quality`, holds marks from 0 to 5, of which `good` and
    more is good. An empty label is one that is still to be given. Raises DataError where a column is missing, where a
    label is none of these, and where there are fewer than 5 good or 5 bad texts.
    """
    if not is_there(path):
        raise DataError(f"there is no file of labelled rows {path}: check the path.")
    records = records_of(path)
    rows = [(place, row) for place, row in zip(records.places, records, strict=True) if row is not None]
    if len(rows) < len(records):
        unread = plural(len(records) - len(rows), "row")
        raise DataError(f"{path} holds {unread} that cannot be read: mend the file.")
    text, label = _columns([row for _, row in rows], path)
    given = [(place, row) for place, row in rows if str(_cell(row, label)).strip()]
    marks = _marks(given, label, path, good)
    texts = tuple(str(_cell(row, text)) for _, row in given)
    high, low = (len({text for text, mark in zip(texts, marks, strict=True) if mark == kind}) for kind in (True, False))
    if min(high, low) < FEWEST:
        raise DataError(f"{path} labels {high} texts good and {low} bad: label at least {FEWEST} of each.")
    return LabelledTexts(texts, marks, len(rows) - len(given))


def _columns(rows: Sequence[Record], path: str | Path) -> tuple[str, str]:
    """The column of the texts and that of the labels."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text, label = first_named(TEXT_NAMES, names), first_named((*LABEL_NAMES, *GRADES), names)
    if text is None or label is None:
        lacking = "a column of texts, such as text" if text is None else "a column of labels, such as label"
        raise DataError(f"{path} lacks {lacking} (its columns are {', '.join(names) or 'none'}): add one.")
    return text, label


def _marks(rows: Sequence[tuple[int, Record]], label: str, path: str | Path, good: float) -> Array:
    """Whether each label says good (n,)."""
    cells = [(place, _cell(row, label)) for place, row in rows]
    numbers = [_number(cell) for _, cell in cells]
    graded = label.lower() in GRADES or any(number not in (None, 0.0, 1.0) for number in numbers)
    found = []
    for (place, cell), number in zip(cells, numbers, strict=True):
        word = WORDS.get(str(cell).strip().lower()) if number is None else number >= (good if graded else 0.5)
        if word is None or (graded and number is not None and not 0 <= number <= 5):
            raise DataError(
                f"the label {cell!r} of row {place} of {path} is unknown: "
                "write 1 or 0, good or bad, or a mark from 0 to 5."
            )
        found.append(word)
    return np.array(found, dtype=bool)


def _cell(row: Record, name: str) -> Any:
    cell = row.get(name)
    return "" if cell is None else cell


def _number(cell: Any) -> float | None:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None
