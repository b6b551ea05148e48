"""What a column holds: numbers, lists of numbers, images, words, dates or nothing."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal

import numpy as np

from ...core.samples import Array
from .encodings import composed
from .flags import without_flags
from .numbers import EXACT, decimal_mark, is_date, is_missing, parse, sentinel
from .units import without_unit

Column = Sequence[Any] | Array
Kind = Literal["numbers", "lists", "words", "dates", "nothing"]

PRINTED = re.compile(r"array\((.*?)(?:,\s*dtype=\w+)?\)", re.DOTALL)  # array(...) as NumPy prints it
BRACKETS = re.compile(r"[\[(].*[\])]|array\(.*\)", re.DOTALL)  # a list in one cell
PARTS = re.compile(r"\s*[,;]\s*|\s+")  # what may part numbers that stand side by side
BLANKS = re.compile(r"(?<=[\d.\]])\s+(?=[-+.\d\[])")  # between the numbers of an array that NumPy printed
TICKED = re.compile(r"\s*\d{1,2}(?:, ?\d{1,2}){2,}\s*")  # the answers that were ticked, such as 1,3,5
PADDED = re.compile(r"0\d+")
LOOK = 2_000  # cells of a column that may prove a decimal mark
FIRST = 100  # lists that tell what a column of lists holds
MOSTLY = 0.5  # a column is of the kind that more than this share of its cells is


@dataclass(frozen=True)
class Typed:
    """A column with its kind: cells as numbers (n,) with NaN, as lists, or as words, and None where one is missing.

    `as_written` are the cells as they stood; `taken` says in a few words each how they were read, with an example.
    """

    kind: Kind
    cells: Column
    as_written: Column
    taken: tuple[tuple[str, str], ...] = ()

    @property
    def missing(self) -> Array:
        """Which cells are missing or are not of the kind of their column."""
        if self.kind == "numbers":
            return ~np.isfinite(np.asarray(self.cells, np.float64))
        return np.array([cell is None for cell in self.cells], bool)


def typed(column: Column, mark: str = ".", texts: bool = False) -> Typed:
    """The column with its kind; `mark` is the decimal mark of the table.

    A column that is called one of `texts` is one of numbers only where it holds nothing else.
    """
    if isinstance(column, np.ndarray):
        return Typed("lists" if column.ndim > 1 else "numbers", column, column)
    first = next((cell for cell in column if not _is_gap(cell)), None)
    if first is None:
        return Typed("nothing", [None] * len(column), column)
    if isinstance(first, list) and (leaves := _leaves(first)) and all(isinstance(leaf, str) for leaf in leaves):
        return _joined(column)
    if isinstance(first, list | tuple | np.ndarray) or (isinstance(first, dict) and "bytes" in first):
        return Typed("lists", column, column)
    if isinstance(first, str) and BRACKETS.fullmatch(first):
        lists = [_list(cell) for cell in column]
        if sum(cell is not None for cell in lists) > MOSTLY * len(lists):
            return Typed("lists", lists, column, (("lists in words", first),))
    if all(cell is None or (isinstance(cell, str) and is_missing(cell)) for cell in column):
        return Typed("nothing", [None] * len(column), column)
    if _is_ticked(column):  # else 3,5 beside it would be a number with a decimal comma
        return _words(column)
    if texts:
        return _numbers(column, mark, 1) or _words(column)
    return _numbers(column, mark, MOSTLY) or _measured(column, mark) or _spaced(column) or _words(column)


def as_array(cell: Any) -> Array | None:
    """The cell as an array of numbers, or None where it is ragged, empty or of something else."""
    try:
        array = np.asarray(
            [float("nan") if number is None else number for number in cell] if isinstance(cell, list) else cell
        )
    except (TypeError, ValueError):
        return None
    return array if array.dtype.kind in "buif" and array.ndim and array.size else None


def are_arrays(column: Column) -> bool:
    """Whether most of the first cells of a column of lists are arrays of numbers or images, or empty."""
    cells = [cell for cell in column[:FIRST] if isinstance(cell, np.ndarray) or not _is_gap(cell)]
    return sum(isinstance(cell, dict) or as_array(cell) is not None for cell in cells) > MOSTLY * len(cells)


def marks(columns: Iterable[Column]) -> str | None:
    """The decimal mark that the words of a table prove, or None where they prove none."""
    lists = [column[:LOOK] for column in columns if isinstance(column, list) and not _is_ticked(column)]
    return decimal_mark([cell for column in lists for cell in column if isinstance(cell, str)])


def _is_ticked(column: Column) -> bool:
    return any(isinstance(cell, str) and TICKED.fullmatch(cell) is not None for cell in column[:LOOK])


def _numbers(column: Sequence[Any], mark: str, share: float) -> Typed | None:
    """The column as numbers, where more than a share of it is, or it holds nothing else."""
    parsed = parse(column, mark)
    finite = np.isfinite(parsed.values)
    flagged = None if finite.all() else without_flags(column, finite)
    if flagged:
        parsed = parse(flagged[0], mark)
        finite = np.isfinite(parsed.values)
    if not finite.any():
        return None
    if finite.mean() <= share and finite.sum() < sum(not is_missing(cell) for cell in column):
        return None
    values, taken = parsed.values, list(parsed.taken)
    if flagged:
        taken.append(("the flags behind some numbers left out", flagged[1]))
    low = sentinel(values)
    if low is not None:
        taken.append(("a number that stands for a missing one", f"{low:g}"))
        values = np.where(values == low, np.nan, values)
    padded = next((cell for cell in column[:LOOK] if isinstance(cell, str) and PADDED.fullmatch(cell.strip())), None)
    if padded:
        taken.append(("zeros in front dropped", padded))
    if np.any(np.abs(parsed.values[finite]) >= EXACT) and np.all(parsed.values[finite] % 1 == 0):
        taken.append(("whole numbers above 2^53 rounded to 53 bits", f"{column[int(np.nanargmax(np.abs(values)))]}"))
    return Typed("numbers", values, column, tuple(taken))


def _measured(column: Sequence[Any], mark: str) -> Typed | None:
    """The column as numbers, where one unit stands behind all of them."""
    found = without_unit(column)
    numbers = _numbers(found[0], mark, MOSTLY) if found else None
    if not found or not numbers:
        return None
    return Typed("numbers", numbers.cells, column, (("its unit taken off", found[1]), *numbers.taken))


def _spaced(column: Sequence[Any]) -> Typed | None:
    """The column as lists, where each cell holds as many numbers with blanks or commas between them, three at least."""
    given = next(cell for cell in column if cell is not None and cell != "")
    if not isinstance(given, str) or "." not in given or not _side_by_side(given):
        return None
    lists = [_side_by_side(cell) for cell in column]
    if sum(cell is not None for cell in lists) <= MOSTLY * len(lists):
        return None
    return Typed("lists", lists, column, (("lists in words", given),))


def _side_by_side(cell: Any) -> list[float] | None:
    """Three numbers or more that a cell holds; None where it holds anything else."""
    parts = PARTS.split(cell.strip()) if isinstance(cell, str) else []
    try:
        return [float(part) for part in parts] if len(parts) > 2 else None
    except ValueError:
        return None


def _words(column: Sequence[Any]) -> Typed:
    """The column as words in Unicode's composed form; a cell that is blank, or neither word nor number, is missing."""
    cells = [_word(cell) for cell in column]
    given = [cell for cell in cells if cell is not None]
    dates = sum(map(is_date, given))
    kind: Kind = "dates" if given and dates > 0.9 * len(given) else "words" if given else "nothing"
    changed = [
        word
        for cell, word in zip(column, cells, strict=True)
        if word and isinstance(cell, str) and word != cell.strip()
    ]
    taken = (("letters and their marks as one character each (Unicode's NFC)", changed[0]),) if changed else ()
    return Typed(kind, cells, column, taken)


def _joined(column: Sequence[Any]) -> Typed:
    """The column as texts, each of which was a list of sentences or words."""
    cells = [" ".join(map(str, _leaves(cell))) if isinstance(cell, list) else cell for cell in column]
    words = _words(cells)
    return Typed(words.kind, words.cells, column, (("lists of words as one text", str(column[0])), *words.taken))


def _leaves(cell: Any) -> list[Any]:
    """What stands in a list, and in the lists in it."""
    return [leaf for part in cell for leaf in _leaves(part)] if isinstance(cell, list) else [cell]


def _is_gap(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str | list) and not cell)


def _word(cell: Any) -> str | None:
    if isinstance(cell, str):
        return composed(cell.strip()) or None
    return str(cell) if isinstance(cell, int | float | date | time) and cell == cell else None


def _list(cell: Any) -> list[Any] | None:
    """A list that was written as words, in JSON or as NumPy prints an array; None where it is none."""
    if not isinstance(cell, str) or not BRACKETS.fullmatch(cell.strip()):
        return None
    printed = PRINTED.fullmatch(cell.strip())
    inner = (printed[1] if printed else cell.strip()).replace("(", "[").replace(")", "]")
    pointed = re.sub(r"(\d)\.(?=[\s,\]])", r"\1.0", inner)  # as NumPy prints 1.0
    for text in (inner, pointed, BLANKS.sub(",", pointed)):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, list) else None
    return None
