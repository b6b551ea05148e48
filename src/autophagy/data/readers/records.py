"""Records: the rows of a CSV or of a parquet file as mappings from column to cell, for texts with their ids."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from ...core.errors import Unreadable

DELIMITERS = ",;\t|"
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LONGEST = 10_000  # characters of a line of names
LOST = "\N{REPLACEMENT CHARACTER}"  # what stands for bytes that are no text
OPEN = "unexpected end of data"  # what the csv module says where the file ends within quotes

Record = Mapping[str, Any]


def csv_records(data: bytes, name: str) -> list[Record | None]:
    """The rows by the names in the first line; None where a row has too many cells, broken quotes or is no UTF-8.

    A .tsv is parted by tabs; elsewhere the comma, semicolon, tab or bar that is most often in the first line is taken.
    Raises DataError where a quote is opened and never closed, for it would swallow every row behind it.
    """
    text = data.decode(encoding(data), errors="replace")
    first = "".join(text.lstrip()[:LONGEST].splitlines()[:1])
    tabs = name.lower().removesuffix(".gz").endswith(".tsv")
    delimiter = "\t" if tabs else max(DELIMITERS, key=first.count)
    usual = csv.field_size_limit(max(len(text), csv.field_size_limit()))  # a cell may hold a book
    try:
        rows = list(_cells(text, delimiter, name))
    finally:
        csv.field_size_limit(usual)
    if not rows or rows[0] is None:
        raise Unreadable(name, "has no readable first line with the names of its columns", "write one")
    names = [cell.strip() for cell in rows[0]]
    return [_record(names, row) for row in rows[1:]]


def parquet_records(data: bytes, name: str) -> list[Record]:
    """The rows of a parquet file; raises DataError where it is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: list[Record] = pq.read_table(io.BytesIO(data)).to_pylist()
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise Unreadable(name, "cannot be read as parquet", "it may be damaged, so save it again") from error
    return rows


def encoding(data: bytes) -> str:
    """UTF-16 where the bytes begin with its mark, else UTF-8 with or without one."""
    return "utf-16" if data.startswith(WIDE) else "utf-8-sig"


def _cells(text: str, delimiter: str, name: str) -> Iterator[list[str] | None]:
    """The cells of each line that is not blank, the names first; None for a row that cannot be read."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if OPEN in str(error):
                raise Unreadable(name, "cannot be read as CSV (a quote is never closed)", "check its quotes") from error
            yield None
        else:
            if row:
                yield row


def _record(names: list[str], row: list[str] | None) -> Record | None:
    """The row by name, without the cells that it lacks."""
    if row is None or any(row[len(names) :]) or any(LOST in cell for cell in row):
        return None
    return dict(zip(names, row, strict=False))
