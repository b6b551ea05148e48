"""Records: the rows of a table file as mappings from column to cell, for documents and questions."""

from pathlib import Path

from ...core.errors import DataError, Unreadable
from .above import told_short
from .columns import Table
from .encodings import is_binary
from .objects import Record, Records, json_records, unbroken
from .spreadsheet import WORKBOOKS
from .statistics import STATISTICS, statistics_table
from .tables import parquet_table, part
from .unpack import bytes_of, without_packing
from .workbook import is_workbook, workbook_table

__all__ = ["Record", "Records", "read_records", "records_of", "told_of"]

PARTED = (".csv", ".tsv", ".tab", ".psv")


def read_records(data: bytes, name: str) -> Records:
    """The rows of parquet, a workbook, a statistics program, delimited text or JSON, by their columns.

    None stands for a row that cannot be read, whose reason the records know. Raises DataError where the file cannot.
    """
    if data.startswith(b"PAR1"):
        return _parquet(data, name)
    if is_workbook(data):
        return _workbook(data, name)
    if without_packing(name).endswith(STATISTICS):
        return _rows(statistics_table(data, name))
    if without_packing(name).endswith(WORKBOOKS):
        raise Unreadable(name, "is no workbook, or damaged", "save it again")
    if is_binary(data):
        raise Unreadable(name, "is not text", "save it as UTF-8")
    if without_packing(name).endswith(PARTED):
        return _parted(data, name)
    return unbroken(json_records(data, nested=True), name)


def records_of(path: str | Path) -> Records:
    """The rows of a file, or of a table or a list that was given in memory."""
    return read_records(bytes_of(path), f"{path}")


def told_of(path: str | Path) -> list[str]:
    """What is to be told of how the rows of a file are read: what was guessed, passed over and set aside."""
    return [f"{path}: {note}" for note in records_of(path).told]


def _parquet(data: bytes, name: str) -> Records:
    try:
        rows = parquet_table(data, name).to_pylist()
    except (DataError, UnicodeDecodeError) as error:
        raise Unreadable(name, "cannot be read as parquet", "it may be damaged, so save it again") from error
    found = Records()
    for place, row in enumerate(rows, 1):
        found.put(place, row)
    return found


def _workbook(data: bytes, name: str) -> Records:
    """The rows of the first sheet that holds a table."""
    try:
        table = workbook_table(data, name)
    except Unreadable:
        raise
    except DataError as error:
        raise Unreadable(name, "holds no table that can be read", "save it again, or its table as CSV") from error
    return _rows(table)


def _rows(table: Table) -> Records:
    found = Records()
    for number, cells in enumerate(zip(*table.columns.values(), strict=True)):
        found.put(table.place(number), dict(zip(table.columns, cells, strict=True)))
    found.notes = list(table.notes)
    return found


def _parted(data: bytes, name: str) -> Records:
    """Delimited text whose first line holds the names."""
    try:
        parted = part(data, name, named=True)
    except Unreadable:
        raise
    except DataError as error:
        raise Unreadable(name, "has no readable first line with the names of its columns", "write one") from error
    first = parted.rows[0] if parted.rows else None
    if first and first[1] is None and first[0] == 1:
        raise Unreadable(name, "has no readable first line with the names of its columns", "write one")
    found = Records()
    for place, row in parted.rows:
        found.put(place, None if row is None else dict(zip(parted.names, row, strict=True)))
    found.aside, found.notes = parted.aside, [*parted.notes, *told_short(parted.short)]
    return found
