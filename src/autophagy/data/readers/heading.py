"""The names of a table's columns: which lines at its top are names, units or rows already."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from .flags import unflagged
from .names import INDEX_NAMES
from .notes import listed
from .numbers import is_date, is_missing, number

Row = Sequence[str]
LOOK = 100  # rows that a guess looks at
LONG = 40  # characters from which a cell is a sentence rather than a name
HEADINGS = 4  # lines of names and units at most
FEWEST = 4  # rows that show that the first line is one of them
NEARLY = 0.9  # of the cells of a column
FRACTION = re.compile(r"[-+]?\d*[.,]\d+(?:[eE][-+]?\d+)?")  # a number with a fraction, with a point or a comma
WIDTH = re.compile(r"\d+[sdnSDN]")  # "15s", "14n": how wide a column of text, dates or numbers is (RDB)
CENTURIES = (1800, 2100)  # whole numbers between them may be years, so names of columns


def heading(rows: Sequence[Row], known: frozenset[str]) -> tuple[list[str], int, list[str]]:
    """The names of the columns, how many lines they took, and what is to be told of it.

    `known` are names, in small letters, that no cell would be. Without names, columns are called by their place.
    """
    rows = [[cell.strip() for cell in row] for row in rows[: LOOK + 1]]
    first, body = rows[0], rows[1:]
    width = max((len(row) for row in body), key=[len(row) for row in body].count, default=len(first))
    short = len(first) == width - 1  # as R writes the names of a table that has row names
    sure = any(cell.lower() in known for cell in first)
    if not (short or sure or _is_heading(first, body)):
        return [f"column {place + 1}" for place in range(width)], 0, []
    notes = []
    names = list(first)
    if short and names[0].lower() in INDEX_NAMES:  # it numbers the rows itself, so that the last column lacks its name
        names += [f"column {width}"]
        notes.append(f"The first line has one name less than the rows have cells: the last is called {names[-1]}.")
    elif short:
        names = ["", *first]
    if body and len(body[0]) == len(names) and all(map(WIDTH.fullmatch, body[0])):
        return (
            names,
            2,
            [*notes, f"The widths of the columns below their names were passed over: {listed(body[0], 6)}."],
        )
    more = _further(names, rows[1 : HEADINGS + 1], body)
    for row in rows[1 : 1 + more]:
        names = [" ".join(filter(None, pair)) for pair in zip(names, row, strict=True)]
    if more:
        notes.append(f"The first {1 + more} lines were read as the names of the columns: {listed(names, 6)}.")
    elif not sure and all(number(cell) == number(cell) for cell in first if cell):
        notes.append(
            f"The first line was read as the names of the columns, though it holds numbers: {listed(first, 6)}."
        )
    return names, 1 + more, notes


def _is_heading(first: Row, body: Sequence[Row]) -> bool:
    """Whether the first line differs from the rows as names do."""
    same = [row for row in body if len(row) == len(first)]
    words = [place for place, cell in enumerate(first) if cell and not _is_value(cell)]
    if not words:
        return bool(same) and _numbers_as_names(first, same)
    if not same:
        return True
    over_values = [place for place in words if _share(same, place) > 0.5]
    if over_values:
        return True
    plain = [place for place in range(len(first)) if _is_value(first[place]) and not is_missing(first[place])]
    if plain and not _numbers_as_names([first[place] for place in plain], [[row[p] for p in plain] for row in same]):
        return False
    return not any(_is_like_the_rest(first[place], same, place) for place in words)


def is_row(first: Row, body: Sequence[Row]) -> bool:
    """Whether a line that stands where names should is a row of its own, as benchmarks have them.

    A word of it comes again below among few, it goes on as the passages below do, or a number stands over numbers.
    Questions may be long and stand over answers, as in surveys.
    """
    same = [row for row in body if len(row) == len(first)]
    worded = any(cell.strip() and not _is_value(cell.strip()) for cell in first)
    enough = worded and len(same) >= FEWEST
    return enough and any(_is_cell(cell.strip(), same, place) for place, cell in enumerate(first))


def _is_cell(cell: str, rows: Sequence[Row], place: int) -> bool:
    below = [row[place].strip() for row in rows if row[place].strip()]
    if not cell or not below:
        return False
    if _is_value(cell):
        return not is_missing(cell) and _share(rows, place) > NEARLY
    if cell in below and len(set(below)) <= len(below) / 2:
        return True
    passage = len(cell) > 2 * LONG and not cell.endswith(("?", ":"))
    return passage and 2 * len(cell) > float(np.median([len(other) for other in below])) > LONG


def _value(cell: str) -> float:
    """The cell as a number with either decimal mark; NaN where it is none."""
    value = number(cell)
    return value if value == value else number(cell, ",")


@lru_cache(maxsize=10_000)
def _is_value(cell: str) -> bool:
    cell = unflagged(cell)
    return is_missing(cell) or is_date(cell) or number(cell) == number(cell) or number(cell, ",") == number(cell, ",")


def _share(rows: Sequence[Row], place: int) -> float:
    """The share of numbers and dates among what stands in a column."""
    cells = [row[place] for row in rows if not is_missing(row[place])]
    return sum(map(_is_value, cells)) / len(cells) if cells else 0.0


def _is_like_the_rest(cell: str, rows: Sequence[Row], place: int) -> bool:
    """Whether the word comes again below, among few, or is a sentence over sentences."""
    cells = [row[place] for row in rows if row[place]]
    again = cell in cells and len(set(cells)) <= len(cells) / 2
    sentence = len(cell) > LONG and bool(cells) and 2 * len(cell) > float(np.median([len(other) for other in cells]))
    return again or sentence


def _numbers_as_names(first: Row, rows: Sequence[Row]) -> bool:
    """Whether a first line of numbers are names: places, years or steps, in a line like no other."""
    named = first[1:] if first and not first[0] else first
    whole = [_value(cell) for cell in named]
    if not named or not all(np.isfinite(whole)) or len(set(whole)) < len(whole):
        return False
    others = [[_value(cell) for cell in (row[1:] if named is not first else row)] for row in rows]
    counted = whole in ([*map(float, range(len(whole)))], [*map(float, range(1, len(whole) + 1))])
    written_whole = all(cell.isdigit() for cell in named)
    if written_whole and any(FRACTION.fullmatch(cell) for row in rows for cell in row):
        return counted or _is_steady(whole) or _are_years(whole)
    if len(whole) < 3:
        return named is not first and counted
    return (_is_steady(whole) and not any(map(_is_steady, others))) or (
        _are_years(whole) and not any(map(_are_years, others))
    )


def _is_steady(values: Sequence[float]) -> bool:
    """Whether each value is as far above the last one as all others are."""
    steps = np.diff(values)
    return len(steps) > 1 and bool(steps[0] > 0) and bool(np.allclose(steps, steps[0], rtol=1e-6))


def _are_years(values: Sequence[float]) -> bool:
    low, high = CENTURIES
    return all(low <= value <= high and float(value).is_integer() for value in values) and sorted(values) == list(
        values
    )


def _further(names: Row, rows: Sequence[Row], body: Sequence[Row]) -> int:
    """How many lines below the first go on with names or units: words over all columns of numbers, two at least."""
    same = [row for row in body if len(row) == len(names)]
    numeric = [place for place in range(len(names)) if _share(same, place) > 0.5]
    more = 0
    for row in rows:
        over = [row[place] for place in numeric] if len(row) == len(names) else []
        if len(over) < 2 or any(_is_value(cell) and cell for cell in over) or 2 * sum(map(bool, over)) < len(over):
            break
        more += 1
    return more
