"""The table on a web page, as programs export one under the name of a workbook."""

import csv
import io
from dataclasses import replace

from ...core.errors import DataError, need
from .encodings import decode
from .rows import FileRows
from .tables import read_csv


def read_page(data: bytes, where: str) -> FileRows:
    """The rows of the longest table of a page."""
    parser = need("selectolax.lexbor", "reading tables of web pages").LexborHTMLParser
    text, notes = decode(data)
    tables = [
        [[cell.text(strip=True) for cell in row.css("th, td")] for row in table.css("tr")]
        for table in parser(text).css("table")
    ]
    rows = max(tables, key=len, default=[])
    if not rows:
        raise DataError(f"{where} is a web page without a table: save it as .xlsx or as CSV.")
    written = io.StringIO()
    csv.writer(written).writerows(row for row in rows if row)
    found = read_csv(written.getvalue().encode(), where)
    return replace(found, notes=["It is a web page, of which the longest table was read.", *notes, *found.notes])
