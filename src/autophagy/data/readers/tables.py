"""Tables: delimited text, JSON, parquet and Arrow."""

import io
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array
from .above import without_comments
from .columns import Table, of_table
from .delimited import grid, standard
from .encodings import decode, is_broken
from .fixed import fixed_cells
from .grid import Dialect, Grid
from .heading import LOOK, heading, is_row
from .names import KNOWN
from .notes import Aside, clip, listed
from .numbers import EXACT, number
from .objects import Record, Records, flat, is_rows, json_records, unbroken
from .rows import FileRows
from .typed import Column
from .unpack import without_packing
from .unwrapped import unwrapped

UNPARTED = 0.1  # the share of rows that may look like several cells where no delimiter was found


def read_csv(data: bytes, where: str) -> FileRows:
    """Delimited text with or without a line of names; delimiter, quotes, encoding and decimal mark are found."""
    return of_table(csv_table(data, where), where)


def read_json(data: bytes, where: str) -> FileRows:
    """JSON or JSON lines: objects, lists of numbers, texts, or a table in one of pandas' layouts."""
    return of_table(json_table(json_records(data), where), where)


def read_parquet(data: bytes, where: str) -> FileRows:
    """A parquet file, such as those that Samples.to_parquet writes."""
    return of_arrow(parquet_table(data, where), where)


def read_arrow(data: bytes, where: str) -> FileRows:
    """An Arrow or feather file, or the stream that `datasets` saves."""
    return of_arrow(arrow_table(data, where), where)


def parquet_table(data: bytes, where: str) -> Any:
    """The pyarrow table of a parquet file."""
    import pyarrow.parquet as pq

    return _opened(pq.read_table, data, where, "parquet")


def arrow_table(data: bytes, where: str) -> Any:
    """The pyarrow table of an Arrow file or stream."""
    import pyarrow.feather as feather
    import pyarrow.ipc as ipc

    if data.startswith((b"ARROW1", b"FEA1")):
        return _opened(feather.read_table, data, where, "Arrow")
    return _opened(lambda file: ipc.open_stream(file).read_all(), data, where, "Arrow")


def of_arrow(table: Any, where: str) -> FileRows:
    """The rows of a pyarrow table; its metadata `row_shape` gives lists their rank, as Samples.to_parquet writes it."""
    rows = of_table(Table(arrow_columns(table)), where)
    shape = (table.schema.metadata or {}).get(b"row_shape", b"").decode(errors="replace")
    if re.fullmatch(r"\d+(,\d+)+", shape) and rows.x.ndim == 2:
        sizes = tuple(int(size) for size in shape.split(","))
        if np.prod(sizes) == rows.x.shape[1]:
            return FileRows(rows.x.reshape(-1, *sizes), rows.label, rows.unreadable, rows.notes)
    return rows


@dataclass(frozen=True)
class Parted:
    """Delimited text in rows: each with the line it begins at, None where it was set aside.

    `short` are the lines of rows that end before the last column, whose cells count as empty.
    """

    names: list[str]
    rows: list[tuple[int, list[str] | None]]
    aside: list[Aside]
    notes: list[str]
    dialect: Dialect
    short: list[int] = field(default_factory=list)


def csv_table(data: bytes, where: str) -> Table:
    """The columns of delimited text, in words."""
    parted = part(data, where)
    good = [(place, row) for place, row in parted.rows if row is not None]
    columns: dict[str, Column] = {name: [row[i] for _, row in good] for i, name in enumerate(parted.names)}
    mark = "," if parted.dialect.delimiter == ";" and _only_commas([row for _, row in good]) else None
    return Table(columns, [place for place, _ in good], parted.aside, parted.notes, mark, footed=True)


def part(data: bytes, where: str, named: bool = False) -> Parted:
    """Delimited text in rows and names; `named` where its first line is sure to hold the names.

    A row may lack cells at its end only where it is `named`, and have more only where they are empty.
    """
    text, notes = decode(data)
    text, quoted = unwrapped(text)
    notes += quoted
    if not named and (cells := fixed_cells(text.replace("\r\n", "\n"))):
        text, notes = cells, ["It was read as a table with cells at fixed places.", *notes]
    tabs = without_packing(where).endswith((".tsv", ".tab"))
    bare, commented = without_comments(text) if named else (text, [])
    dialect = standard(bare, tabs) if named else None
    if dialect:  # whose cells may go over lines that look like titles and rows
        text, notes = bare, [*notes, *commented]
    found = grid(text, tabs, dialect)
    if not found.rows:
        raise DataError(f"{where} holds no rows: give a data set of at least 2.")
    _drop_blank_ends(found)
    _refuse_unparted(found, where)
    names, lines, told = heading(found.rows, KNOWN)
    if named and not lines and is_row(found.rows[0], found.rows[1 : LOOK + 1]):
        told = [f"The first line holds no names and was read as a row: {listed(found.rows[0], 6)}."]
    elif named and not lines:
        names, lines = [cell.strip() for cell in found.rows[0]], 1
        told = [f"The first line was read as the names of the columns: {listed(names, 6)}."]
    found.rows, found.places = found.rows[lines:], found.places[lines:]
    parted = _even(found, names, named, is_broken(text))
    return replace(parted, names=unique(names), notes=[*notes, *parted.notes, *told])


def further(text: str, known: Parted) -> Parted:
    """More rows of a table of which the first part is known and `named`."""
    return _even(grid(text, dialect=known.dialect), known.names, True, is_broken(text))


def _even(found: Grid, names: list[str], named: bool, torn: bool) -> Parted:
    """The rows with as many cells as there are names; those that have not, or hold bytes that are none, set aside."""
    ragged, broken = Aside("too few or too many cells", "line"), Aside("bytes that are no text", "line")
    again = Aside("repeating the names of the columns", "line")
    words = any(number(name) != number(name) for name in names)  # numbers may well come again
    rows: list[tuple[int, list[str] | None]] = []
    short: list[int] = []
    for place, row in zip(found.places, found.rows, strict=True):
        cells = row
        if len(row) != len(names):
            filled = row + [""] * (len(names) - len(row)) if named else row
            cells = [] if any(filled[len(names) :]) else filled[: len(names)]
        if (
            words
            and len(cells) == len(names) > 1
            and cells[0].strip() == names[0]
            and [*map(str.strip, cells)] == names
        ):
            again.add(place, found.dialect.delimiter.join(row))
        elif len(cells) != len(names):
            ragged.add(place, found.dialect.delimiter.join(row))
        elif torn and any(map(is_broken, cells)):
            broken.add(place, "".join(cells).encode(errors="backslashreplace").decode())
        else:
            rows.append((place, cells))
            short += [place] * (len(row) < len(names))
    aside = [each for each in (*found.aside, ragged, broken, again) if each.count]
    rows += [(int(place), None) for each in aside for place in each.places]
    return Parted(names, sorted(rows, key=lambda row: row[0]), aside, found.notes, found.dialect, short)


def unique(names: list[str]) -> list[str]:
    """The names, with its place behind one that comes again."""
    seen: Counter[str] = Counter()
    found = []
    for place, name in enumerate(names, 1):
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} {place}")
    return found


def _only_commas(rows: list[list[str]]) -> bool:
    """Whether numbers have commas and never points, so that where semicolons part them it is the decimal mark."""
    cells = [cell for row in rows[:1000] for cell in row if re.fullmatch(r"[-+]?[\d.,]+", cell)]
    return any("," in cell for cell in cells) and not any("." in cell for cell in cells)


def _drop_blank_ends(found: Grid) -> None:
    """Take off the cells before and behind the delimiters at the ends of every row, where nothing stands in them."""
    for end, rest in ((0, slice(1, None)), (-1, slice(None, -1))):
        while (width := found.width) > 1 and not any(row[end] for row in found.rows if len(row) == width):
            found.rows = [row[rest] if len(row) == width else row for row in found.rows]


def _refuse_unparted(found: Grid, where: str) -> None:
    """Raise DataError where numbers are parted by something, and not so that each row has as many."""
    several = re.compile(r"[-+.\d]+(?:[,;|\t ]+[-+.\d]+)+")
    cells = [(place, row[0]) for place, row in zip(found.places, found.rows, strict=True) if len(row) == 1]
    odd = [(place, cell) for place, cell in cells if several.fullmatch(cell) and np.isnan(number(cell, ","))]
    if not found.dialect.delimiter and len(odd) > UNPARTED * len(found.rows):
        raise DataError(
            f"{where} cannot be parted into cells (line {odd[0][0]}: {clip(odd[0][1])}): "
            "give each row as many cells, with one mark between them."
        )


def json_table(records: Records, where: str) -> Table:
    """The columns of records, under the names of all of them."""
    placed = zip(records.places, unbroken(records, where), strict=True)
    good = [(place, record) for place, record in placed if record is not None]
    if not good:
        raise DataError(f"{where} holds no JSON object on a line of its own: write one object a line.")
    several = [name for name, cell in good[0][1].items() if is_rows(cell) and len(cell) > 1] if len(good) == 1 else []
    if len(several) > 1:
        raise DataError(
            f"{where} holds several lists of objects ({listed(several, 6)}): save one of them as JSON lines."
        )
    names = dict.fromkeys(name for _, record in good for name in record)
    columns: dict[str, Column] = {name: [record.get(name) for _, record in good] for name in names}
    return Table(columns, [place for place, _ in good], records.aside, records.notes)


def arrow_columns(table: Any) -> dict[str, Column]:
    """The columns of a pyarrow table by name; a name that comes again gets its place behind it."""
    columns: dict[str, Column] = {}
    for name, column in zip(unique(table.column_names), table.columns, strict=True):
        cells = _cells(column)
        if isinstance(cells, list) and any(_is_structured(cell) for cell in cells[:100]):
            records: list[Record] = [flat({name: cell}) for cell in cells]
            for inner in dict.fromkeys(key for record in records for key in record):
                columns[inner] = [record.get(inner) for record in records]
        else:
            columns[name] = cells
    return columns


def _is_structured(cell: Any) -> bool:
    return (isinstance(cell, dict) and "bytes" not in cell) or (
        isinstance(cell, list) and bool(cell) and isinstance(cell[0], dict)
    )


def _cells(column: Any) -> Column:
    """Numbers as an array with NaN where there is none, lists of one length as an array, the rest as a list."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        column, kind = _as_text(column)
    if pa.types.is_boolean(kind):
        column, kind = column.cast(pa.int8()), pa.int8()
    if pa.types.is_integer(kind) and column.null_count and _is_long(column):
        return list(column.to_pylist())  # which float64 would round
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        array: Array = column.to_numpy()
        return array
    if pa.types.is_fixed_size_list(kind) and not column.null_count and len(column):
        flattened = column.combine_chunks().flatten().to_numpy(zero_copy_only=False)
        return np.asarray(flattened).reshape(len(column), -1)
    if pa.types.is_temporal(kind):
        return [None if cell is None else str(cell) for cell in column.to_pylist()]
    return list(column.to_pylist())


def _is_long(column: Any) -> bool:
    """Whether a column of whole numbers goes beyond what float64 tells apart."""
    import pyarrow.compute as pc

    ends = pc.min_max(column).as_py()
    return any(end is not None and abs(end) >= EXACT for end in ends.values())


def _as_text(column: Any) -> tuple[Any, Any]:
    """A column of bytes as texts where all are UTF-8, and its type."""
    import pyarrow as pa

    try:
        texts = column.cast(pa.large_string())
    except pa.ArrowInvalid:
        return column, column.type
    return texts, texts.type


def _opened(open_file: Any, data: bytes, where: str, kind: str) -> Any:
    import pyarrow as pa

    try:
        return open_file(io.BytesIO(data))
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = " ".join(str(error).split())[:120].rstrip(".")
        raise DataError(f"{where} cannot be read as {kind} ({reason}): it may be damaged.") from error
