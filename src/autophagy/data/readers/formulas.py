"""Formulas of a workbook that no program has worked out yet, so that their cells are empty to a reader."""

import io
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any

from ...core.errors import need
from ...text.plural import plural

FORMULA = b"<f"  # what opens one in a sheet
SHEETS = "xl/worksheets/"


def without_values(data: bytes, title: str, rows: Sequence[Sequence[Any]]) -> list[str]:
    """A sentence on the formulas of a sheet whose values were never saved, as those that libraries write; or none.

    `rows` are the values of the sheet.
    """
    if not any(None in row for row in rows):
        return []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(FORMULA in archive.read(name) for name in archive.namelist() if name.startswith(SHEETS)):
            return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = need("openpyxl", "reading .xlsx files").load_workbook(io.BytesIO(data), read_only=True)[title]
        empty = [
            cell.coordinate
            for cells, values in zip(sheet.iter_rows(), rows, strict=False)
            for cell, value in zip(cells, values, strict=False)
            if value is None and cell.data_type == "f"
        ]
    if not empty:
        return []
    return [
        f"{plural(len(empty), 'formula has', 'formulas have')} no value that was saved, the first in {empty[0]}: "
        "open the workbook in a spreadsheet program and save it."
    ]
