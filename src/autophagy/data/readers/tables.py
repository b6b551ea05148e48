"""Tables: CSV, parquet and JSON lines."""

import csv
import io
import json
import re
from typing import Any

import numpy as np

from ...core.errors import DataError
from ...core.samples import Array
from .arrays import LABEL_NAMES
from .columns import Column, number, of_columns
from .rows import FileRows

MISSING = ["", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None"]
DELIMITERS = ",;\t| "
MARK = b"\xef\xbb\xbf"  # the byte-order mark that spreadsheets write first


def read_csv(data: bytes, where: str) -> FileRows:
    """A CSV with or without a header line; the delimiter (comma, semicolon, tab, bar, blank) is found by itself."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    # Cells that are not UTF-8 become words that no number is, so that their rows can be counted.
    data = data.removeprefix(MARK).lstrip(b"\r\n").decode("utf-8", errors="replace").encode()
    delimiter, first = _layout(data, where)
    header = all(np.isnan(number(cell)) for cell in first) or any(cell.lower() in LABEL_NAMES for cell in first)
    ragged = 0

    def set_aside(_row: Any) -> str:
        nonlocal ragged
        ragged += 1
        return "skip"

    try:
        table = arrow.read_csv(
            io.BytesIO(data),
            arrow.ReadOptions(
                column_names=[str(i) for i in range(len(first))], skip_rows=int(header), use_threads=False
            ),
            arrow.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=set_aside),
            arrow.ConvertOptions(null_values=MISSING, strings_can_be_null=True),
        )
    except pa.ArrowException as error:
        raise DataError(f"{where} cannot be read as CSV ({_reason(error)}): check its lines.") from error
    names = first if header else [f"column {i + 1}" for i in range(len(first))]
    notes = [f"{ragged} rows were set aside because they have too few or too many cells."] if ragged else []
    return of_columns(_columns(names, table.columns), where, ragged, notes)


def read_parquet(data: bytes, where: str) -> FileRows:
    """A parquet file, such as those that Samples.to_parquet writes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return of_arrow(pq.read_table(io.BytesIO(data)), where)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise DataError(f"{where} cannot be read as parquet ({_reason(error)}): it may be damaged.") from error


def of_arrow(table: Any, where: str) -> FileRows:
    """The rows of a pyarrow table; its metadata `row_shape` gives lists their rank, as Samples.to_parquet writes it."""
    rows = of_columns(_columns(table.column_names, table.columns), where)
    shape = (table.schema.metadata or {}).get(b"row_shape", b"").decode(errors="replace")
    if re.fullmatch(r"\d+(,\d+)+", shape) and rows.x.ndim == 2:
        sizes = tuple(int(size) for size in shape.split(","))
        if np.prod(sizes) == rows.x.shape[1]:
            return FileRows(rows.x.reshape(-1, *sizes), rows.label, rows.unreadable, rows.notes)
    return rows


def read_jsonl(data: bytes, where: str) -> FileRows:
    """One JSON object a line; lines that are not one are set aside and counted."""
    lines = [line for line in data.removeprefix(MARK).splitlines() if line.strip()]
    records = [record for record in map(_json, lines) if isinstance(record, dict)]
    if not records:
        raise DataError(f"{where} holds no JSON object on a line of its own: write one object a line.")
    names = dict.fromkeys(name for record in records for name in record)
    columns: dict[str, Column] = {name: [record.get(name) for record in records] for name in names}
    bad = len(lines) - len(records)
    notes = [f"{bad} lines were set aside because they are not a JSON object."] if bad else []
    return of_columns(columns, where, bad, notes)


def _json(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _layout(data: bytes, where: str) -> tuple[str, list[str]]:
    """The delimiter under which the first lines have the most cells, equally many each, and the first line's cells."""
    lines = [line for line in data[:200_000].decode(errors="replace").splitlines() if line.strip()]
    if not lines:
        raise DataError(f"{where} holds no rows: give a data set of at least 2.")
    try:
        tables = {mark: list(csv.reader(lines[:20], delimiter=mark)) for mark in DELIMITERS}
    except csv.Error as error:
        raise DataError(f"{where} cannot be read as CSV ({_reason(error)}): check its first lines.") from error

    def fit(mark: str) -> tuple[float, int]:
        width = len(tables[mark][0])
        alike = sum(len(row) == width for row in tables[mark]) / len(tables[mark]) if width > 1 else 0.0
        return alike, -DELIMITERS.index(mark)

    best = max(DELIMITERS, key=fit)
    return best, [cell.strip() for cell in tables[best][0]]


def _columns(names: list[str], columns: list[Any]) -> dict[str, Column]:
    """Arrow columns by name; a name that comes again gets a number."""
    found: dict[str, Column] = {}
    for i, (name, column) in enumerate(zip(names, columns, strict=True)):
        found[name if name not in found else f"{name} {i + 1}"] = _cells(column)
    return found


def _cells(column: Any) -> Column:
    """Numbers as an array with NaN where there is none, lists of one length as an array, the rest as a list."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_boolean(kind):
        column, kind = column.cast(pa.int8()), pa.int8()
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        array: Array = column.to_numpy()
        return array
    if pa.types.is_fixed_size_list(kind) and not column.null_count and len(column):
        flat = column.combine_chunks().flatten().to_numpy(zero_copy_only=False)
        return np.asarray(flat).reshape(len(column), -1)
    return [cell.strip() if isinstance(cell, str) else cell for cell in column.to_pylist()]


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:120].rstrip(".")
