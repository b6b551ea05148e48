"""Formulas of a workbook that no program has worked out yet, so that their cells are empty to a reader."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import iterparse

from ...core.errors import need
from ...text.plural import plural

FORMULA = b"<f"  # what opens one in a sheet
SHEETS = "xl/worksheets/"
WORKBOOK = "xl/workbook.xml"
NAMES = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def without_values(data: bytes, title: str, rows: Sequence[Sequence[Any]]) -> list[str]:
    """A sentence on the formulas of a sheet whose values were never saved, as those that libraries write; or none.

    `rows` are the values of the sheet.
    """
    width = max(map(len, rows), default=0)
    if not any(None in row or len(row) < width for row in rows):  # rows end at their last cell
        return []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(FORMULA in archive.read(name) for name in archive.namelist() if name.startswith(SHEETS)):
            return []
        part = _part(archive, title)
        if not part:
            return []
        with archive.open(part) as sheet:
            empty = list(_empty(sheet))
    if not empty:
        return []
    return [
        f"{plural(len(empty), 'formula has', 'formulas have')} no value that was saved, the first in {empty[0]}: "
        "open the workbook in a spreadsheet program and save it."
    ]


def _part(archive: zipfile.ZipFile, title: str) -> str:
    """The file of the archive that holds a sheet; "" in one that openpyxl cannot read."""
    need("openpyxl", "reading .xlsx files")
    from openpyxl.reader.workbook import WorkbookParser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts in the words of another standard
        parser = WorkbookParser(archive, WORKBOOK)
        try:
            parser.parse()
        except (KeyError, TypeError, ValueError):
            return ""
        return next((str(relation.target) for sheet, relation in parser.find_sheets() if sheet.name == title), "")


def _empty(sheet: Any) -> Iterator[str]:
    """The places of the formulas without a value; the sheet is read once, since openpyxl takes four times as long."""
    for _, element in iterparse(sheet):
        if element.tag == f"{NAMES}c":
            value = element.find(f"{NAMES}v")
            if element.find(f"{NAMES}f") is not None and (value is None or not value.text):
                yield element.get("r", "a cell")
        elif element.tag == f"{NAMES}row":
            element.clear()
