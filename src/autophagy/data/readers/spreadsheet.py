"""Sheets: the cells of every sheet of a workbook, whichever program wrote it."""

import datetime
import io
import re
import tempfile
import warnings
import zipfile
from typing import Any

from ...core.errors import Unreadable, need

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
XLSX, OTHER = "xlsx", "other"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what an old workbook begins with, and an encrypted one
STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
ENDINGS = {"xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsb", "content.xml": ".ods"}  # what makes it a workbook
PARTS = {part: XLSX if ending == ".xlsx" else OTHER for part, ending in ENDINGS.items()}
CODE = "_x"  # how a sign begins that XML cannot hold, such as _x000D_
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
DAMAGED = ("cannot be read as a workbook", "it may be damaged, so save it again")
BETWEEN = re.compile(rb">\s+<")  # the blanks between two tags

Rows = list[tuple[Any, ...]]


def kind_of(data: bytes) -> str:
    """Whether the bytes are an .xlsx file, another workbook (.xls, .xlsb, .ods), or none: ""."""
    if data.startswith(OLE):
        return OTHER if any(stream in data for stream in STREAMS) else ""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _part(archive)
            text = part == "content.xml" and not archive.read("mimetype").startswith(SPREADSHEET)
    except (KeyError, OSError, ValueError, zipfile.BadZipFile):
        return ""
    return "" if text else PARTS.get(part, "")


def sheets(data: bytes, where: str) -> dict[str, Rows]:
    """The cells of each sheet by its title, with the values that formulas had when it was saved.

    Raises Unreadable where it is damaged or needs a password.
    """
    found = _by_openpyxl(data) if kind_of(data) == XLSX else {}
    if any(found.values()):
        return found
    others = _by_calamine(data, where)
    if kind_of(data) == XLSX and not found and not all(others.values()):  # a sheet that is lost is an empty one to it
        raise Unreadable(where, *DAMAGED)
    return others


def as_written(cell: Any) -> Any:
    """A cell as words or a number; dates as they are written in ISO 8601."""
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time | datetime.datetime) else cell


def _by_openpyxl(data: bytes) -> dict[str, Rows]:
    """The cells of an .xlsx file; nothing of one that openpyxl cannot read.

    Instruments and old programs write such files, and Excel where it is to save "Strict Open XML". openpyxl is the
    first to be asked all the same, since calamine takes what a cell looks like for what it holds.
    """
    openpyxl = need("openpyxl", "reading .xlsx files")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules that are of no account here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return {sheet.title: _cells(sheet) for sheet in book.worksheets}
    except Exception:  # openpyxl lets through whatever a damaged part of the archive raises
        return {}


def _cells(sheet: Any) -> Rows:
    """The rows of a sheet down to the last in which something stands, each as long as its cells reach."""
    sheet.reset_dimensions()  # what it says of its size may be all that a sheet can hold, a thousand million cells
    rows = [_filled(row) if row else row for row in sheet.iter_rows(values_only=True)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _filled(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The cells of a row up to the last in which something stands; signs that XML cannot hold are no longer codes."""
    end = max((place for place, cell in enumerate(row, 1) if cell is not None), default=0)
    if any(isinstance(cell, str) and CODE in cell for cell in row):
        from openpyxl.utils.escape import unescape

        row = tuple(unescape(cell) if isinstance(cell, str) else cell for cell in row)
    return row[:end]


def _by_calamine(data: bytes, where: str) -> dict[str, Rows]:
    calamine = need("python_calamine", "reading .xls, .xlsb and .ods files")
    try:
        try:
            found = _cells_of(calamine, data)
        except calamine.PasswordError:
            raise
        except calamine.CalamineError:
            found = _cells_of(calamine, _closed_up(data))
    except calamine.PasswordError as error:
        raise Unreadable(where, "needs a password", "save it without one") from error
    except Exception as error:  # its errors, and whatever a damaged part raises
        raise Unreadable(where, *DAMAGED) from error
    return {name: [tuple(map(_plain, row)) for row in rows] for name, rows in found.items()}


def _cells_of(calamine: Any, data: bytes) -> dict[str, Any]:
    """The cells of the sheets that are no charts; of a file, since of bytes calamine does not say that it is locked."""
    with tempfile.NamedTemporaryFile(suffix=_ending(data)) as file:
        file.write(data)
        file.flush()
        with calamine.CalamineWorkbook.from_path(file.name) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
            return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}


def _ending(data: bytes) -> str:
    """The ending by which calamine knows what a file is."""
    if data.startswith(OLE):
        return ".xlsx" if STREAMS[-1] in data else ".xls"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ENDINGS[_part(archive)]


def _part(archive: zipfile.ZipFile) -> str:
    """The part that makes an archive a workbook, or ""; programs of Windows write its name in other ways."""
    names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    return next((part for part in PARTS if part in names), "")


def _closed_up(data: bytes) -> bytes:
    """An OpenDocument whose tags have no blanks between them: calamine refuses those that some programs write there."""
    closed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(closed, "w") as written:
        for part in read.namelist():
            content = read.read(part)
            written.writestr(part, BETWEEN.sub(b"><", content) if part == "content.xml" else content)
    return closed.getvalue()


def _plain(cell: Any) -> Any:
    """A cell as openpyxl has it: nothing is None, a whole number an int, and a span of time words."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime.timedelta):
        return str(cell)
    return None if cell == "" else cell
