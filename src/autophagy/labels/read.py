"""A sheet that was filled in: the labels by id, and a sentence for whatever cannot be used."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import DataError
from ..data.readers.records import read_records
from ..data.readers.unpack import content
from ..text.plural import plural

WANTED = ("id", "label")
WORDS = {"0": 0, "1": 1, "0.0": 0, "1.0": 1}  # as spreadsheets write them


@dataclass(frozen=True)
class Filled:
    """The labels of a file by id, and what is to be told of the rest of it."""

    labels: Mapping[str, int]
    notes: tuple[str, ...]


def read_labels(path: Path, known: Collection[str]) -> Filled:
    """The labels of a file of rows with `id` and `label`, as CSV, JSON lines or parquet; `known` are the ids of sheets.

    A row that cannot be used is counted, by why. Raises DataError where the file cannot be read, where a column is
    missing, and where no label is left.
    """
    if not path.is_file():
        raise DataError(f"there is no file of labels {path}: check the path.")
    rows = [_row(row) for row in read_records(content(path), str(path))]
    columns = dict.fromkeys(name for row in rows if row for name in row)
    for name in WANTED:
        if rows and name not in columns:
            raise DataError(
                f"{path} has no column {name!r} (it has {', '.join(columns) or 'none'}): keep the columns id and label "
                "of the sheet."
            )
    said: dict[str, list[int]] = defaultdict(list)
    strange, odd, empty, broken = [], [], 0, 0
    for row in rows:
        name, text = (_text(row.get(column)) for column in WANTED) if row else ("", "")
        if not name:
            broken += 1
        elif not text:
            empty += 1
        elif name not in known:
            strange.append(name)
        elif text not in WORDS:
            odd.append(text)
        else:
            said[name].append(WORDS[text])
    labels = {name: each[0] for name, each in said.items() if len(set(each)) == 1}
    notes = (
        *_of_rows(len(rows), empty, broken),
        *_strange(strange, odd),
        *_twice(said),
    )
    if not labels:
        raise DataError(f"{path} holds no label that can be used ({' '.join(notes) or 'it has no rows.'}): write 1 "
                        "for right or 0 for wrong into the column label.")  # fmt: skip
    return Filled(labels, notes)


def _of_rows(rows: int, empty: int, broken: int) -> Iterable[str]:
    if empty:
        yield f"{plural(empty, 'row')} of {rows:,} {'has' if empty == 1 else 'have'} no label yet."
    if broken:
        yield f"{plural(broken, 'row')} of {rows:,} {'has' if broken == 1 else 'have'} no id or cannot be read."


def _strange(ids: list[str], labels: list[str]) -> Iterable[str]:
    if ids:
        yield f"{plural(len(ids), 'id')} of no sheet of this run, such as {min(ids)!r}: left out."
    if labels:
        yield f"{plural(len(labels), 'label')} neither 0 nor 1, such as {labels[0]!r}: left out."


def _twice(said: Mapping[str, list[int]]) -> Iterable[str]:
    same = sum(len(each) > 1 and len(set(each)) == 1 for each in said.values())
    torn = [name for name, each in said.items() if len(set(each)) > 1]
    if same:
        yield f"{plural(same, 'id')} with the same label more than once: counted once."
    if torn:
        yield f"{plural(len(torn), 'id')} with labels that contradict each other, such as {min(torn)!r}: left out."


def _row(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {str(name).strip().lower(): cell for name, cell in row.items()}


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
