"""Columns to rows: which columns of a table are the data, which is the label, which stay out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array
from .arrays import LABEL_NAMES, X_NAMES
from .images import decode_cells
from .rows import FileRows, only_real

TEXT_NAMES = ("text", "document", "content", "story", "article")
INDEX_NAMES = ("", "id", "index", "unnamed: 0")
PROVENANCE = ("generation", "source")  # together they mark a file that Samples wrote

Column = Sequence[Any] | Array
Columns = Mapping[str, Column]


def of_columns(columns: Columns, where: str, unreadable: int = 0, notes: Sequence[str] = ()) -> FileRows:
    """The rows of a table.

    They are, in this order: a column of lists or of images named x, image, data or the like; a column of texts
    named text, document or the like; all columns of numbers together; the longest column of texts. The label is
    a column of classes named label, class, target or y, or else the last column where it holds classes in words.
    The rest is left out, with a note. Rows with a cell that is missing or unreadable are set aside and counted.
    """
    if not columns or not len(next(iter(columns.values()))):
        raise DataError(f"{where} holds no rows: give a data set of at least 2.")
    provenance = PROVENANCE if all(name in columns for name in PROVENANCE) else ()
    free = {name: column for name, column in columns.items() if name.lower() not in (*INDEX_NAMES, *provenance)}
    label = _label(free)
    free.pop(label or "", None)
    nested = _first_named(X_NAMES, free, _is_nested)
    text = None if nested else _first_named(TEXT_NAMES, free, _is_text)
    numeric = {} if nested or text else _numeric(free)
    if not (nested or text or numeric):
        text = max(filter(lambda name: _is_text(free[name]), free), key=lambda name: _letters(free[name]), default=None)
    chosen = [name for name in (nested, text) if name] or list(numeric)
    if not chosen:
        raise DataError(f"{where} has no column of numbers and none of texts: give one of them.")
    if nested:
        x, good = _stack(free[nested], where)
    else:
        x, good = _texts(free[text]) if text else _vectors(numeric)
    if label:
        good = good & np.array([not _missing(cell) for cell in columns[label]])
    labels = _classes(columns[label], good) if label else None
    bad = int(np.sum(~good))
    left = [name or "(no name)" for name in columns if name not in (*chosen, label, *provenance)]
    notes = [*notes, *_choice(left, label, text), *_set_aside(bad)]
    rows = FileRows(x[good], labels, unreadable + bad, notes)
    return only_real(rows, np.asarray(columns["generation"])[good] if provenance else None)


def number(cell: Any) -> float:
    """The cell as a number; NaN where it is none."""
    try:
        return float(cell)
    except (TypeError, ValueError, OverflowError):
        return float("nan")


def _label(free: Columns) -> str | None:
    """The column of classes, by its name or as words in the last place."""
    named = [name for name in free if name.lower() in LABEL_NAMES and _is_classes(free[name], at_least=10)]
    last = [name for name in list(free)[-1:] if _is_text(free[name]) and _is_classes(free[name])]
    return next(iter(named + last), None) if len(free) > 1 else None


def _is_classes(column: Column, at_least: int = 0) -> bool:
    """Whether the cells are words or whole numbers of two kinds or more, and few enough kinds.

    Few enough are `at_least`, or half as many as there are cells.
    """
    if isinstance(column, np.ndarray) and column.ndim > 1:
        return False
    cells = [cell for cell in column if not _missing(cell)]
    plain = all(isinstance(cell, str) or (number(cell).is_integer() and abs(number(cell)) < 2**53) for cell in cells)
    return plain and 1 < len(set(cells)) <= max(at_least, len(cells) // 2)


def _classes(column: Column, good: Array) -> Array:
    cells = [cell for cell, fine in zip(column, good, strict=True) if fine]
    if any(isinstance(cell, str) for cell in cells):
        return np.array([str(cell) for cell in cells], dtype=np.dtypes.StringDType())
    return np.array(cells).astype(np.int64)


def _missing(cell: Any) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and not np.isfinite(cell))


def _first_named(names: Sequence[str], free: Columns, fits: Any) -> str | None:
    lower = {name.lower(): name for name in free}
    return next((lower[name] for name in names if name in lower and fits(free[lower[name]])), None)


def _first_cell(column: Column) -> Any:
    return next((cell for cell in column if cell is not None), None)


def _is_text(column: Column) -> bool:
    return isinstance(_first_cell(column), str)


def _is_nested(column: Column) -> bool:
    cell = _first_cell(column)
    return isinstance(cell, list | np.ndarray) or (isinstance(cell, dict) and "bytes" in cell)


def _letters(column: Column) -> int:
    return sum(len(cell) for cell in column if isinstance(cell, str))


def _numeric(free: Columns) -> dict[str, Array]:
    """The columns (n,) float64 of which more than half of the cells are finite numbers."""
    found = {}
    for name, column in free.items():
        if not _is_nested(column):
            values = np.array([number(cell) for cell in column]) if isinstance(column, list) else np.asarray(column)
            values = values.astype(np.float64)
            if np.isfinite(values).mean() > 0.5:
                found[name] = values
    return found


def _vectors(numeric: Mapping[str, Array]) -> tuple[Array, Array]:
    x = np.stack(list(numeric.values()), axis=1)
    good: Array = np.isfinite(x).all(axis=1)
    return x, good


def _texts(column: Column) -> tuple[Array, Array]:
    good = np.array([isinstance(cell, str) and bool(cell.strip()) for cell in column])
    return np.array([cell if isinstance(cell, str) else "" for cell in column], dtype=np.dtypes.StringDType()), good


def _stack(column: Column, where: str) -> tuple[Array, Array]:
    """Lists or images of the commonest shape as one array (n, ...), and which rows have that shape."""
    if isinstance(column, np.ndarray):
        return column, np.ones(len(column), bool)
    cells = [_array(cell) for cell in decode_cells(column, where)]
    shapes = Counter(cell.shape for cell in cells if cell is not None)
    if not shapes:
        raise DataError(f"{where} holds lists that are not arrays of numbers: give every row one of the same shape.")
    shape = shapes.most_common(1)[0][0]
    good = np.array([cell is not None and cell.shape == shape for cell in cells])
    blank = np.zeros(shape)
    return np.stack([cell if cell is not None and cell.shape == shape else blank for cell in cells]), good


def _array(cell: Any) -> Array | None:
    """The cell as an array of numbers, or None where it is ragged, empty or of something else."""
    try:
        array = np.asarray(cell)
    except ValueError:
        return None
    return array if array.dtype.kind in "buif" and array.ndim and array.size else None


def _choice(left: list[str], label: str | None, text: str | None) -> list[str]:
    notes = [f"The label is {label}."] if label else []
    notes += [f"The texts are {text}."] if text else []
    if left:
        names = ", ".join(left[:20]) + (", ..." if len(left) > 20 else "")
        notes.append(f"Left out, as neither numbers to learn nor classes: {names}.")
    return notes


def _set_aside(bad: int) -> list[str]:
    return [f"{bad} rows were set aside because a cell is missing or cannot be read."] if bad else []
