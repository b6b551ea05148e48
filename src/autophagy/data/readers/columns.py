"""Columns to rows: which columns of a table are the data, which is the label, which stay out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array
from .days import are_days
from .images import decode_cells
from .names import (
    IDENTIFIER,
    INDEX,
    INDEX_NAMES,
    LABEL_NAMES,
    LIST_NAMES,
    TARGET_NAMES,
    TEXT_NAMES,
    X_NAMES,
    first_named,
)
from .notes import Aside, clip, listed
from .numbers import EXACT
from .pictures import SUFFIXES
from .rows import FileRows, only_real
from .summaries import summing
from .typed import Column, Typed, marks, typed

PROVENANCE = ("generation", "source")  # together they mark a file that Samples wrote
PHRASE = 3  # words at most of a category
PASSAGE = 8  # words at least of most cells of a column of passages
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


@dataclass
class Choice:
    """Which columns are what, and why the others stay out."""

    chosen: list[str] = field(default_factory=list)
    kind: str = "numbers"
    label: str | None = None
    left: dict[str, str] = field(default_factory=dict)


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
    choice = _choose(rest, where, guess=not provenance)
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


def _choose(columns: Mapping[str, Typed], where: str, guess: bool) -> Choice:
    """Tell what each column is for; a label that has no name of one is only taken where we may `guess`."""
    choice = Choice()
    free = {
        name: column
        for name, column in columns.items()
        if not _aside(name, column, choice, name == next(iter(columns)))
    }
    choice.label = _label(free, guess)
    if choice.label is not None:
        free.pop(choice.label)
    lists, words = _of(free, "lists"), _of(free, "words")
    numbers = [name for name in _of(free, "numbers") if _is_full(name, free[name], choice)]
    nested = first_named(X_NAMES, lists)
    named = [name for name in words if not (numbers and _is_category(free[name]))]
    text = first_named(TEXT_NAMES, named) or _judged(free, words, [*numbers, *filter(None, [choice.label])])
    if not nested and not text:
        nested = first_named(LIST_NAMES, lists) or (None if numbers else next(iter(lists), None))
    choice.kind = "lists" if nested else "texts" if text else "numbers"
    choice.chosen = [name for name in (nested or text,) if name] or numbers
    if not choice.chosen:
        choice.kind, choice.chosen = "texts", [_longest(free, words, choice, where)]
    for name in free:
        if name not in choice.chosen:
            choice.left.setdefault(name, _reason(free[name], choice.kind))
    return choice


def _aside(name: str, column: Typed, choice: Choice, first: bool) -> bool:
    """Whether a column numbers or names the rows, or holds nothing."""
    if column.kind == "nothing":
        choice.left[name] = "holds nothing"
    elif name.lower() in INDEX_NAMES and (name or first or _counts(column)):
        choice.left[name] = "numbers or names the rows"
    elif INDEX.fullmatch(name.lower()) and _counts(column):
        choice.left[name] = "counts the rows"
    elif column.kind == "numbers" and are_days(name, np.asarray(column.cells, np.float64)):
        choice.left[name] = "dates"
    elif (IDENTIFIER.fullmatch(name) and _is_distinct(column)) or _is_key(column):
        choice.left[name] = "numbers or names the rows"
    return name in choice.left


def _is_distinct(column: Typed) -> bool:
    whole = column.kind == "words" or (column.kind == "numbers" and not np.any(np.nan_to_num(column.cells) % 1))
    cells = [cell for cell, gap in zip(column.cells, column.missing, strict=True) if not gap] if whole else []
    return len(cells) > 1 and len(set(cells)) == len(cells)


def _is_key(column: Typed) -> bool:
    """Whether each row has another whole number and most are longer than float64 can tell apart, as keys are."""
    if column.kind != "numbers" or not np.any(np.abs(np.nan_to_num(column.cells)) >= EXACT):
        return False
    written = [f"{cell}" for cell, gap in zip(column.as_written, column.missing, strict=True) if not gap]
    long = sum(cell.isdecimal() and int(cell) >= EXACT for cell in written)
    return 2 * long > len(written) > 1 and len(set(written)) == len(written)


def _counts(column: Typed) -> bool:
    """Whether a column without a name counts 0, 1, 2 ... or 1, 2, 3 ..."""
    if column.kind != "numbers" or len(column.cells) < 3:
        return False
    cells = np.asarray(column.cells, np.float64)
    return bool(cells[0] in (0, 1) and np.all(np.diff(cells) == 1))


def _of(columns: Mapping[str, Typed], kind: str) -> list[str]:
    return [name for name, column in columns.items() if column.kind == kind]


def _is_full(name: str, column: Typed, choice: Choice) -> bool:
    gaps = int(column.missing.sum())
    if 2 * gaps >= len(column.cells):
        choice.left[name] = f"{gaps:,} of {len(column.cells):,} cells are missing"
        return False
    return True


def _label(free: Mapping[str, Typed], guess: bool) -> str | None:
    """The column of classes, by its name or, as a guess, as words in the last place."""
    named = [name for name in free if name.lower() in LABEL_NAMES and _is_classes(free[name], at_least=10)]
    last = [name for name in list(free)[-1:] if guess and free[name].kind == "words" and _is_classes(free[name])]
    last = [name for name in last if 2 * free[name].missing.sum() < len(free[name].cells)]  # else a remark on few rows
    return next(iter(named + last), None) if len(free) > 1 else None


def _is_classes(column: Typed, at_least: int = 0) -> bool:
    """Whether the cells are words or whole numbers of two kinds or more, and few enough kinds.

    Few enough are `at_least`, or half as many as there are cells.
    """
    if column.kind not in ("words", "numbers"):
        return False
    cells = [cell for cell, gap in zip(column.cells, column.missing, strict=True) if not gap]
    plain = column.kind == "words" or all(float(cell).is_integer() and abs(cell) < 2**53 for cell in cells)
    return plain and 1 < len(set(cells)) <= max(at_least, len(cells) // 2)


def _classes(column: Typed, good: Array) -> Array:
    cells = [cell for cell, fine in zip(column.cells, good, strict=True) if fine]
    if column.kind == "words":
        return np.array(cells, dtype=np.dtypes.StringDType())
    return np.array(cells).astype(np.int64)


def _longest(free: Mapping[str, Typed], words: Sequence[str], choice: Choice, where: str) -> str:
    """The column of words with the most letters; raises DataError where all are categories."""
    written = [name for name in words if any(any(map(str.isalpha, cell or "")) for cell in free[name].cells)]
    texts = [name for name in written if not _is_category(free[name])]
    if texts:
        longest = max(texts, key=lambda name: sum(len(cell or "") for cell in free[name].cells))
        return _not_paths(longest, free[longest], where)
    if written or choice.label:
        names = listed([*written, *filter(None, [choice.label])], 6)
        raise DataError(
            f"{where} holds categories alone ({names}), and neither numbers nor texts: "
            "give columns of numbers beside them, or call a column text to have it read as texts."
        )
    for name in _of(free, "dates"):
        choice.left.setdefault(name, "holds dates")
    left = "; ".join(f"{name or '(no name)'} {why}" for name, why in list(choice.left.items())[:6])
    why = f" ({clip(left, 200)})" if left else ""
    raise DataError(f"{where} has no column of numbers and none of texts{why}: give one of them.")


def _judged(free: Mapping[str, Typed], words: Sequence[str], numbers: Sequence[str]) -> str | None:
    """The only column of passages, where all that stands beside it in numbers says what somebody thought of them."""
    if not numbers or any(name.lower() not in TARGET_NAMES for name in numbers):
        return None
    passages = [name for name in words if median([len(cell.split()) for cell in free[name].cells if cell]) >= PASSAGE]
    return passages[0] if len(passages) == 1 else None


def _not_paths(name: str, column: Typed, where: str) -> str:
    """The name of a column of texts; raises DataError where it holds the paths of images."""
    cells = [cell for cell in column.cells if cell is not None]
    if sum(cell.lower().endswith(tuple(SUFFIXES)) for cell in cells) > 0.9 * len(cells):
        raise DataError(f"{where} holds the paths of images ({clip(name)}) and not the images: give their folder.")
    return name


def _is_category(column: Typed) -> bool:
    """Whether words come again and again and are short: half as many kinds as cells at most, of three words at most."""
    cells = [cell for cell in column.cells if cell is not None]
    return 2 * len(set(cells)) <= len(cells) and max(len(cell.split()) for cell in cells) <= PHRASE


def _reason(column: Typed, kind: str) -> str:
    """Why a column is not among the rows, whose columns are of another kind."""
    if column.kind == "words":
        return "categories" if _is_category(column) else "words"
    return {"numbers": "numbers", "lists": "lists", "dates": "dates"}[column.kind]


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
        array = np.asarray(
            [float("nan") if number is None else number for number in cell] if isinstance(cell, list) else cell
        )
    except (TypeError, ValueError):
        return None
    return array if array.dtype.kind in "buif" and array.ndim and array.size else None


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
        empty = cell is None or cell == ""
        aside.add(table.place(row), f"{faulty or '(no name)'} is {'empty' if empty else clip(repr(cell))}")
        aside.places += [table.place(other) for other in bad[1:]]
    return aside


def _notes(columns: Mapping[str, Typed], choice: Choice, used: Sequence[str]) -> list[str]:
    notes = [f"The label is {clip(choice.label)}."] if choice.label else []
    notes += [f"The texts are in the column {clip(choice.chosen[0])}."] if choice.kind == "texts" else []
    alike: dict[str, list[tuple[str, str]]] = {}
    for name in used:
        for taken, example in columns[name].taken:
            alike.setdefault(taken, []).append((name, example))
    for taken, met in alike.items():
        names = listed([name for name, _ in met], 6)
        notes.append(f"Read with {taken}, as in {clip(met[0][1], 30)}: {names}.")
    if choice.left:
        left = [f"{clip(name) or '(no name)'} ({why})" for name, why in choice.left.items()]
        notes.append(f"Left out: {', '.join(left[:20])}{f' and {len(left) - 20:,} more' if len(left) > 20 else ''}.")
    return notes
