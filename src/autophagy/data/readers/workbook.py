"""Spreadsheets: the first sheet of a workbook that holds a table."""

from statistics import mode
from typing import Any

from ...core.errors import DataError
from ...text.plural import plural
from .above import LOOK, behind_notes
from .columns import Table, of_table
from .formulas import without_values
from .heading import heading
from .names import KNOWN
from .notes import Aside, clip, listed
from .over import under
from .rows import FileRows
from .spreadsheet import XLSX, as_written, kind_of, sheets
from .tables import unique
from .typed import Column


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook: .xlsx, .xls, .xlsb or .ods."""
    return bool(kind_of(data))


def read_workbook(data: bytes, where: str) -> FileRows:
    """The table on the first sheet that holds one, with the values that formulas had when it was saved."""
    return of_table(workbook_table(data, where), where)


def workbook_table(data: bytes, where: str) -> Table:
    """The columns of that table; raises DataError where there is none."""
    found = sheets(data, where)
    full = {title: rows for title, rows in found.items() if sum(any(map(_is_filled, row)) for row in rows) > 1}
    if not full:
        raise DataError(f"{where} holds no sheet with rows: give a data set of at least 2.")
    title = _with_the_table(full)
    others = [clip(other) for other in full if other != title]
    notes = [f"The sheet {clip(title)} was read; left out: {', '.join(others)}."] if others else []
    notes += without_values(data, title, full[title]) if kind_of(data) == XLSX else []
    return _table(full[title], notes)


def _with_the_table(full: dict[str, list[tuple[Any, ...]]]) -> str:
    """The first sheet, unless it is a cover: one that says what the table is that stands on a later and longer one."""
    first, *rest = full
    cells = {
        title: [sum(map(_is_filled, row)) for row in rows if any(map(_is_filled, row))] for title, rows in full.items()
    }
    numbers = {
        title: sum(isinstance(cell, int | float) for row in rows for cell in row) for title, rows in full.items()
    }
    if numbers[first] >= len(cells[first]):
        return first
    tables = [title for title in rest if len(cells[title]) > max(2 * len(cells[first]), 2) and max(cells[title]) > 1]
    return tables[0] if tables else first


def _table(rows: list[tuple[Any, ...]], notes: list[str]) -> Table:
    """The rows from the first that is as wide as most, without the columns in which nothing stands."""
    filled = [
        (place, [as_written(cell) for cell in row]) for place, row in enumerate(rows, 1) if any(map(_is_filled, row))
    ]
    kept = [
        column for column in range(max(len(row) for _, row in filled)) if any(_at(row, column) for _, row in filled)
    ]
    grid = [(place, [_at(row, column) for column in kept]) for place, row in filled]
    widths = [sum(map(_is_filled, row)) for _, row in grid]
    usual = mode(widths)
    start = _start(grid, widths, usual)
    words = [["" if cell is None else str(cell) for cell in row] for _, row in grid]
    names, lines, told = heading(words[start:], KNOWN)
    names, over = under(words[start - _close(grid, start) : start], names) if lines else (names, 0)
    if over:
        told = [f"The first {over + lines} lines were read as the names of the columns: {listed(names, 6)}."]
    above = Aside("", "row")
    for place, row in grid[: start - over]:
        above.add(place, " ".join(str(cell) for cell in row if _is_filled(cell)))
    if above.count:
        notes = [
            *notes,
            f"{plural(above.count, 'row was', 'rows were')} passed over as a title, "
            f"the first is row {above.place}: {clip(above.example)}.",
        ]
    body = grid[start + lines :]
    columns: dict[str, Column] = {name: [row[i] for _, row in body] for i, name in enumerate(unique(names))}
    return Table(columns, [place for place, _ in body], [], [*notes, *told], footed=True)


def _close(grid: list[tuple[int, list[Any]]], start: int) -> int:
    """How many rows stand right above the row `start`, without an empty one between."""
    return next((k for k in range(start) if grid[start - k - 1][0] != grid[start][0] - k - 1), start)


def _start(grid: list[tuple[int, list[Any]]], widths: list[int], usual: int) -> int:
    """The row of the names: the first that is nearly as wide as most, or words below an empty row and above numbers."""
    for i in range(1, min(len(grid) - 1, LOOK)):
        if not _are_words(grid[i - 1][1]):
            break
        apart = grid[i][0] > grid[i - 1][0] + 1
        if apart and widths[i] >= usual and _are_words(grid[i][1]) and not _are_words(grid[i + 1][1]):
            return i
    start = next(i for i, width in enumerate(widths) if 2 * width > usual)
    words = [_are_words(row) for _, row in grid[:LOOK]]
    return behind_notes(widths, words, usual, start)


def _are_words(row: list[Any]) -> bool:
    return all(isinstance(cell, str) for cell in row if _is_filled(cell))


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _at(row: list[Any], column: int) -> Any:
    return row[column] if column < len(row) else None
