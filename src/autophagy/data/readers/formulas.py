"""Formulas of a workbook that no program has worked out yet, so that their cells are empty to a reader."""

import io
import warnings
import zipfile

from ...core.errors import need
from ...text.plural import plural

FORMULA = b"<f"  # what opens one in a sheet
SHEETS = "xl/worksheets/"


def without_values(data: bytes, title: str) -> list[str]:
    """A sentence on the formulas of a sheet whose values were never saved, as those that libraries write; or none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(FORMULA in archive.read(name) for name in archive.namelist() if name.startswith(SHEETS)):
            return []
    openpyxl = need("openpyxl", "reading .xlsx files")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        written, valued = (
            openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=known)[title] for known in (False, True)
        )
        empty = [
            cell.coordinate
            for formulas, values in zip(written.iter_rows(), valued.iter_rows(values_only=True), strict=False)
            for cell, value in zip(formulas, values, strict=False)
            if value is None and cell.data_type == "f"
        ]
    if not empty:
        return []
    return [
        f"{plural(len(empty), 'formula has', 'formulas have')} no value that was saved, the first in {empty[0]}: "
        "open the workbook in a spreadsheet program and save it."
    ]
