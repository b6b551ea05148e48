"""Columns to rows: what was chosen of a table, without the rows that cannot be used, and what is told of it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array
from .choice import Choice, choose
from .images import decode_cells
from .names import TEXT_NAMES
from .notes import Aside, clip, listed
from .numbers import MONEY
from .rows import FileRows, only_real
from .summaries import summing
from .typed import Column, Typed, as_array, marks, typed

PROVENANCE = ("generation", "source")  # together they mark a file that Samples wrote
LEFT = 0.5  # the share of the rows that has to be left, or the column with the most gaps is left out


@dataclass(frozen=True)
class Table:
    """Named columns as a file holds them.

    `places` (n,) are the lines of the file that the rows stand in, where they are known. `aside` are the rows that were
    set aside before, `notes` what else is to be told.
    """

    columns: Mapping[str, Column]
    places: Sequence[int] | None = None
    aside: Sequence[Aside] = ()
    notes: Sequence[str] = ()
    mark: str | None = None  # the decimal mark, where the columns need not prove it
    footed: bool = False  # whether people write it, and perhaps totals below it

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    @property
    def unit(self) -> str:
        """What the places count."""
        return "row" if self.places is None else "line"

    def place(self, row: int) -> int:
        """Where a row stands in the file, counted from 1."""
        return row + 1 if self.places is None else self.places[row]


def of_table(table: Table, where: str) -> FileRows:
    """The rows of a table.

    They are, in this order: a column of lists or of images named x, image, data or the like; a column of texts
    named text, document or the like; a column of lists named embedding or vector; all columns of numbers together;
    lists of any name; the longest column of texts. The label is a column of classes named label, class, target or y,
    or else the last column where it holds classes in words. The rest is left out, with a note. Rows with a cell that
    is missing or cannot be read are set aside and counted.
    """
    if not table.columns or not len(table):
        raise DataError(f"{where} holds no rows{_why(table)}: give a data set of at least 2.")
    mark = table.mark or marks(table.columns.values()) or "."
    columns = {name: typed(column, mark, name.lower() in TEXT_NAMES) for name, column in table.columns.items()}
    provenance = [name for name in PROVENANCE if name in columns] if set(PROVENANCE) <= set(columns) else []
    rest = {name: column for name, column in columns.items() if name not in provenance}
    choice = choose(rest, where, guess=not provenance)
    x, good = _rows(columns, choice, where)
    used = [*choice.chosen, *filter(None, [choice.label])]
    if choice.label:
        good = good & ~columns[choice.label].missing
    footed = choice.kind == "numbers" and table.footed and not provenance
    summed = summing(columns, table.columns) if footed else np.zeros(len(table), bool)
    aside = [*table.aside, _totals(table, summed), _gaps(table, columns, used, ~(good | summed))]
    good = good & ~summed
    labels = _classes(columns[choice.label], good) if choice.label else None
    total = len(table) + sum(each.count for each in table.aside)
    notes = [*table.notes, *_notes(columns, choice, used), *filter(None, (each.note(total) for each in aside))]
    rows = FileRows(x[good], labels, sum(each.count for each in aside), notes)
    return only_real(rows, np.asarray(table.columns["generation"])[good] if provenance else None)


def _why(table: Table) -> str:
    told = [aside.note(aside.count) for aside in table.aside]
    return f" ({' '.join([*table.notes, *told]).rstrip('.')})" if told or table.notes else ""


def _classes(column: Typed, good: Array) -> Array:
    cells = [cell for cell, fine in zip(column.cells, good, strict=True) if fine]
    if column.kind == "words":
        return np.array(cells, dtype=np.dtypes.StringDType())
    return np.array(cells).astype(np.int64)


def _rows(columns: Mapping[str, Typed], choice: Choice, where: str) -> tuple[Array, Array]:
    """The chosen columns as one array, and which rows can be used."""
    first = columns[choice.chosen[0]]
    if choice.kind == "lists":
        return _stack(first.cells, where)
    if choice.kind == "texts":
        texts = np.array([cell or "" for cell in first.cells], dtype=np.dtypes.StringDType())
        return texts, ~first.missing
    gaps = {name: columns[name].missing for name in choice.chosen}
    while len(gaps) > 1 and np.mean(~np.any(list(gaps.values()), axis=0)) < LEFT:
        worst = max(gaps, key=lambda name: int(gaps[name].sum()))
        count = int(gaps.pop(worst).sum())
        choice.left[worst] = f"{count:,} of {len(first.cells):,} cells are missing, and with it too few rows were whole"
    choice.chosen = list(gaps)
    x = np.stack([np.asarray(columns[name].cells, np.float64) for name in gaps], axis=1)
    return x, np.asarray(np.isfinite(x).all(axis=1))


def _stack(column: Column, where: str) -> tuple[Array, Array]:
    """Lists or images of the commonest shape as one array (n, ...), and which rows have that shape."""
    if isinstance(column, np.ndarray):
        return column, np.ones(len(column), bool)
    cells = [as_array(cell) for cell in decode_cells(column, where)]
    shapes = Counter(cell.shape for cell in cells if cell is not None)
    if not shapes:
        raise DataError(f"{where} holds lists that are not arrays of numbers: give every row one of the same shape.")
    shape = shapes.most_common(1)[0][0]
    good = np.array([cell is not None and cell.shape == shape for cell in cells])
    blank = np.zeros(shape)
    return np.stack([cell if cell is not None and cell.shape == shape else blank for cell in cells]), good


def _totals(table: Table, summed: Array) -> Aside:
    """The rows that sum up others, with the first of them."""
    aside = Aside("summing up others, as a total does", table.unit)
    for row in np.flatnonzero(summed).tolist():
        cells = [column[row] for column in table.columns.values()]
        aside.add(table.place(row), " ".join(str(cell) for cell in cells if cell not in (None, "")))
    return aside


def _gaps(table: Table, columns: Mapping[str, Typed], used: Sequence[str], broken: Array) -> Aside:
    """The rows that cannot be used, with what stands in the first cell that is at fault."""
    aside = Aside("a cell that is missing or cannot be read", table.unit)
    bad = np.flatnonzero(broken).tolist()
    if bad:
        row = bad[0]
        faulty = next((name for name in used if columns[name].missing[row]), used[0])
        cell = columns[faulty].as_written[row]
        empty = cell is None or cell == "" or (isinstance(cell, float) and cell != cell)
        aside.add(table.place(row), f"{faulty or '(no name)'} is {'empty' if empty else clip(repr(cell))}")
        aside.places += [table.place(other) for other in bad[1:]]
    return aside


def _notes(columns: Mapping[str, Typed], choice: Choice, used: Sequence[str]) -> list[str]:
    notes = [f"The label is {clip(choice.label)}."] if choice.label else []
    notes += [f"The texts are in the column {clip(choice.chosen[0])}."] if choice.kind == "texts" else []
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name in used:
        for taken, example in columns[name].taken:
            sign = re.sub(r"[\d.,\s()+-]", "", example) if taken == MONEY else ""  # of each currency an example
            alike.setdefault((taken, sign), []).append((name, example))
    for (taken, _), met in alike.items():
        names = listed([name for name, _ in met], 6)
        notes.append(f"Read with {taken}, as in {clip(met[0][1], 30)}: {names}.")
    if choice.left:
        left = [f"{clip(name) or '(no name)'} ({why})" for name, why in choice.left.items()]
        notes.append(f"Left out: {', '.join(left[:20])}{f' and {len(left) - 20:,} more' if len(left) > 20 else ''}.")
    return notes
