"""The table on a web page, as programs export one under the name of a workbook."""

import csv
import io
from dataclasses import replace
from typing import Any

from ...core.errors import DataError, need
from .encodings import decode
from .rows import FileRows
from .tables import read_csv

SPAN = 1_000  # rows or columns of one cell at most, as browsers have it


def read_page(data: bytes, where: str) -> FileRows:
    """The rows of the longest table of a page; a cell that spans several rows or columns stands in each of them."""
    parser = need("selectolax.lexbor", "reading tables of web pages").LexborHTMLParser
    text, notes = decode(data)
    tables = [_rows(table) for table in parser(text).css("table")]
    rows = max(tables, key=len, default=[])
    if not rows:
        raise DataError(f"{where} is a web page without a table: save it as .xlsx or as CSV.")
    written = io.StringIO()
    csv.writer(written).writerows(row for row in rows if row)
    found = read_csv(written.getvalue().encode(), where)
    return replace(found, notes=["It is a web page, of which the longest table was read.", *notes, *found.notes])


def _rows(table: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    down: dict[int, tuple[int, str]] = {}  # column -> how many rows below have this cell, and what it says
    for row in table.css("tr"):
        cells: list[str] = []
        for cell in row.css("th, td"):
            _fill(cells, down)
            said = cell.text(strip=True)
            for _ in range(_span(cell, "colspan")):
                if (below := _span(cell, "rowspan") - 1) > 0:
                    down[len(cells)] = (below, said)
                cells.append(said)
        _fill(cells, down)
        rows.append(cells)
    return rows


def _fill(cells: list[str], down: dict[int, tuple[int, str]]) -> None:
    """Put in the cells of the rows above that reach down to here."""
    while (place := len(cells)) in down:
        left, said = down.pop(place)
        if left > 1:
            down[place] = (left - 1, said)
        cells.append(said)


def _span(cell: Any, name: str) -> int:
    written = (cell.attributes.get(name) or "").strip()
    return min(int(written), SPAN) if written.isdecimal() and int(written) else 1
