"""The reader of a file, a folder or several files, chosen by what they hold and not by what they are called."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...core.errors import DataError, UsageError
from .above import COMMENT, RULER
from .arff import delimited
from .arrays import is_idx, read_idx, read_npy, read_npz
from .columns import of_table
from .delimited import grid, standard
from .drawn import undrawn
from .encodings import RICH, decode, is_binary
from .fixed import fixed_cells
from .folders import read_folder
from .heading import HEADINGS
from .html import is_page
from .html_table import read_page
from .images import read_images, read_pages
from .latex import latex_cells
from .names import KNOWN
from .numbers import is_missing, number
from .pairs import pairs_table
from .pictures import SUFFIXES, is_image
from .pixels import PixelScale
from .rows import FileRows, finish
from .shards import read_shards
from .spreadsheet import OLE, WORKBOOKS
from .statistics import STATISTICS, read_statistics
from .tables import read_arrow, read_csv, read_json, read_parquet
from .text import read_text
from .unpack import content, refuse_archive, without_packing
from .workbook import is_workbook, read_workbook

BINARY = (".npz", ".npy", ".parquet", "-ubyte", ".idx", ".arrow", ".feather", ".xlsx", ".xlsm", ".xlsb", ".ods")
TEXTS = (".txt", ".md", ".text")
TABLES = (".csv", ".tsv", ".tab", ".data", ".dat", ".psv", ".ssv")
JSON = (".jsonl", ".ndjson", ".json")
PICKLE = (".pkl", ".pickle", ".joblib", ".pt", ".pth", ".dill")
ELSEWHERE = {  # formats that other programs read, by name: what to do about them
    (".numbers",): "save it as .xlsx or as CSV",
    (".rds", ".rdata"): "export it as CSV or .parquet from R",
    (".h5", ".hdf5", ".hdf", ".nc", ".mat"): "save its table as .parquet or its array as .npz",
    (".svm", ".libsvm", ".svmlight"): "save its table as CSV or .parquet",
    (".sql", ".dbf", ".mdb", ".accdb"): "export the table that you mean as CSV or .parquet",
    (".tar", ".tgz", ".7z", ".rar"): "unpack it and give its folder",
    (
        ".tfrecord",
        ".fits",
        ".dcm",
        ".nii",
        ".wav",
        ".mp3",
        ".flac",
        ".mp4",
    ): "save its arrays as .npz or its images as PNG",
    (".yaml", ".yml", ".xml", ".rtf", ".ini"): "save its rows as JSON lines or CSV, or its words as .txt",
    (".zarr", ".orc", ".avro"): "save its table as .parquet",
    (".db", ".sqlite", ".sqlite3", ".duckdb"): "export the table that you mean as CSV or .parquet",
    (".safetensors", ".gguf", ".bin", ".ckpt", ".onnx"): "give the data that a model learns from, not a model",
    (
        ".pdf",
        ".doc",
        ".docx",
        ".odt",
        ".ppt",
        ".pptx",
        ".odp",
        ".html",
        ".htm",
        ".epub",
    ): "loops read plain text, so save it as .txt",
}
# a line of JSON, such as {"a": 1}; the first mark of any JSON; a tag
OBJECT = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"[^\"\n]*\"\s*:")
VALUE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|\0|\s)*(?:[\[{\"/#]|-?\d|true|false|null|NaN|\Z)")
PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<")
CELL = re.compile(rb'"[^"]*"|[^\s,;|]+')  # a cell, quoted or not, whatever parts it from the next
REMARK = re.compile(rb"\s*#|" + COMMENT.pattern.encode())
DRAWN = re.compile(RULER.pattern.encode() + rb"|\(\d+ rows?(?: affected)?\)")  # around what a database prints
SPARSE = re.compile(
    rb"(?:[-+]?[\d.]+(?:[ \t]+\d+:[-+]?[\d.eE+-]+){2,}[ \t]*(?:\r?\n|\Z)){2}"
)  # "1 1:0.5 3:2", two lines
CLEAR = (",", ";", "\t", "|")  # marks that part cells and hardly ever stand in each line of a prose equally often
TAB = "\t"
BLANK, FEWEST = " ", 3  # which do stand in prose, so that as many columns of numbers below names have to be there
NEARLY_ALL = 0.9  # of the lines
FEW_BROKEN = 0.95  # of the lines are whole, where a few are damaged
LOOKED_AT = 100_000  # bytes of a text that tell whether it holds numbers alone
# a number as programs write it, "nan" and "inf" too
NUMERAL = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf)", re.IGNORECASE)


def read(path: Path, scale: PixelScale | None = None) -> FileRows:
    """The rows of a file or a folder; raises DataError in one sentence where they cannot be read.

    Pixels are brought to [0, 1] on the `scale`, where one is given.
    """
    rows = read_folder(path) if path.is_dir() else read_file(path, content(path))
    return finish(rows, str(path), scale)


def read_all(paths: Sequence[Path], where: str, scale: PixelScale | None = None) -> FileRows:
    """The rows of several files of one kind, such as a pattern names."""
    return read(paths[0], scale) if len(paths) == 1 else finish(_several(paths, where), where, scale)


def _several(paths: Sequence[Path], where: str) -> FileRows:
    if all(path.suffix.lower() in SUFFIXES for path in paths):
        return read_images(paths, Path(os.path.commonpath([path.parent for path in paths])))
    return read_shards(paths, where)


def read_file(path: Path, data: bytes, where: str | None = None) -> FileRows:
    """The rows of the bytes of one file, which sentences call `where`, or by its path."""
    name, where = without_packing(path.name), where or str(path)
    _refuse(name, where, data)
    if name.endswith(STATISTICS):
        return read_statistics(data, where)
    if is_workbook(data) or (name.endswith(WORKBOOKS) and data.startswith((b"PK", OLE))):  # a damaged one says so
        return read_workbook(data, where)
    if data.startswith(b"PK\x03\x04"):
        refuse_archive(data, where)
        return read_npz(data, where)
    if data.startswith(b"\x93NUMPY"):
        return read_npy(data, where)
    if data.startswith(b"PAR1"):
        return read_parquet(data, where)
    if data.startswith((b"ARROW1", b"FEA1")) or (name.endswith(".arrow") and data.startswith(b"\xff\xff\xff\xff")):
        return read_arrow(data, where)
    if is_idx(data):
        return read_idx(data, where, path)
    if is_image(data) or name.endswith(tuple(SUFFIXES)):  # several formats have no first bytes of their own
        return read_pages(path)
    if name.endswith(BINARY):
        raise DataError(f"{where} does not hold what its name says: it may be damaged, so fetch or save it again.")
    if is_binary(data):
        raise DataError(f"{where} is of no known format: give npz, npy, idx, parquet, jsonl, csv, xlsx or txt.")
    given, data = data, undrawn(data)
    if name.endswith((*TABLES, ".xls")) and PAGE.match(data):
        return read_page(data, where)
    if (name.endswith(TABLES) and OBJECT.match(data)) or (name.endswith(JSON) and not VALUE.match(data)):
        return _as_it_is(data, where, objects=name.endswith(TABLES))
    if name.endswith(".arff"):
        data, notes = delimited(data, where)
        rows = read_csv(data, where)
        return replace(rows, notes=[*notes, *rows.notes])
    if name.endswith((*TABLES, ".xls")):
        return read_csv(data, where)
    if name.endswith(JSON) or (data.lstrip().startswith(b"{") and not name.endswith(TEXTS)):
        return read_json(data, where)
    return _of_text(data, where) or read_text(given)


def _of_text(data: bytes, where: str) -> FileRows | None:
    """The rows of a text that is a table, whatever it is called; None where it is a text."""
    if why := _is_table(data) or _names_columns(data[:LOOKED_AT]):
        rows = read_csv(data, where)
        return replace(rows, notes=[f"It was read as a table, since {why}.", *rows.notes])
    if rows_of_lines := _of_lines(data, where):
        return rows_of_lines
    if SPARSE.match(data):
        raise DataError(f"{where} is of LIBSVM's sparse format, which is not read: save its table as CSV or .parquet.")
    return None


def _of_lines(data: bytes, where: str) -> FileRows | None:
    """The rows of a text whose lines are those of a table of LaTeX, cells at fixed places, or pairs; or None.

    A pair is a name and its value.
    """
    if not any(mark in data[:LOOKED_AT] for mark in (b"&", b"=", b"  ", b"--")):
        return None
    text, notes = decode(data)
    text = text.replace("\r\n", "\n")
    if cells := latex_cells(text):
        rows = read_csv(cells.encode(), where)
        return replace(rows, notes=["It was read as a table of LaTeX.", *notes, *rows.notes])
    if fixed_cells(text):
        return read_csv(data, where)
    table = pairs_table(text)
    return of_table(replace(table, notes=[*table.notes, *notes]), where) if table else None


def _as_it_is(data: bytes, where: str, *, objects: bool) -> FileRows:
    """The rows of JSON under the name of a table, or of a table under the name of JSON, which is told."""
    rows = read_json(data, where) if objects else read_csv(data, where)
    kind = "JSON" if objects else "delimited text"
    return replace(rows, notes=[f"It is {kind}, whatever its name says.", *rows.notes])


def _is_table(data: bytes) -> str:
    """Why a text is a table of numbers, as NumPy's savetxt, R's write.table and many instruments write it; or ""."""
    lines = [line for line in data[:LOOKED_AT].splitlines() if line.strip() and not REMARK.match(line)]
    lines = [line for line in lines[:-1] if not DRAWN.fullmatch(line)]
    first, *rows = [CELL.findall(line.strip(b" \t,;|")) for line in lines] or [[]]
    rows = _without_a_few(rows)
    if not first or len({len(row) for row in rows}) > 1:
        return ""
    if len(first) == len(rows[0] if rows else first) and _are_numbers([first, *rows]):
        return "its lines hold numbers alone"
    short = bool(rows) and len(rows[0]) - len(first)  # 1 where R wrote the names of the rows as well
    numeric = len(rows) > 1 and len(rows[0]) > 1 and _are_numbers(rows)
    return "its lines hold numbers below a line of names" if numeric and short in (0, 1) else ""


def _without_a_few(rows: list[list[bytes]]) -> list[list[bytes]]:
    """The rows without those that are no numbers or of another width, where these are very few."""
    usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    good = [row for row in rows if len(row) == usual > 1 and _are_numbers([row])]
    return good if len(good) >= FEW_BROKEN * len(rows) else rows


def _names_columns(head: bytes) -> str:
    """Why lines are cells: as RFC 4180 has them, below a line that names columns as no text would; or ""."""
    text = decode(head)[0].strip("\ufeff\r\n")
    dialect = standard(text.replace("\r\n", "\n"), tabs=False)
    names = [name.strip().lower() for name in text.partition("\n")[0].split(dialect.delimiter)] if dialect else []
    if len(KNOWN & {*names}) > 1:
        return "its first line names columns"
    return (
        "its lines have as many cells, with numbers in a column of them"
        if _are_cells(text, len(head) == LOOKED_AT)
        else ""
    )


def _are_cells(text: str, torn: bool) -> bool:
    """Whether nearly all lines have as many cells, two at least, and a whole column of them numbers below a word.

    Where blanks part the cells, it takes three such columns, or all lines.
    """
    found = grid(text.rpartition("\n")[0] if torn else text)
    rows = [row for row in found.rows if len(row) == found.width]
    blanks = found.dialect.delimiter == BLANK
    clear = blanks or found.dialect.delimiter in CLEAR
    if not clear or len(rows) < max(4, NEARLY_ALL * len(found.rows)) or found.width < 2:
        return False
    first, top = rows[0], found.rows[0]
    if len(top) == found.width - 1 and all(number(cell) != number(cell) for cell in top):
        first = ["", *top]  # as R writes the names of a table that has row names
    body = [row for row in rows if row != first]  # names that come again are those of a file that was joined on
    for _ in range(HEADINGS):  # units, or the types of the columns, below their names
        body = body[1:] if body and not _has_number(body[0]) else body
    columns = [
        (first[place], [row[place] for row in body if not is_missing(row[place])]) for place in range(len(first))
    ]
    if found.dialect.delimiter == TAB and found.width >= FEWEST and all(_has_number(row) for row in rows):
        return True  # as databases write rows without names
    numeric = [
        name
        for name, cells in columns
        if name and number(name) != number(name) and cells and all(number(cell) == number(cell) for cell in cells)
    ]
    return len(numeric) >= (FEWEST if blanks and len(rows) < len(found.rows) else 1)


def _has_number(row: Sequence[str]) -> bool:
    return any(number(cell) == number(cell) for cell in row)


def _are_numbers(rows: Sequence[Sequence[bytes]]) -> bool:
    """Whether all cells are numbers, or words in quotes beside them."""
    bare = [[cell for cell in row if not cell.startswith(b'"')] for row in rows]
    return all(row and all(map(NUMERAL.fullmatch, row)) for row in bare)


def _refuse(name: str, where: str, data: bytes) -> None:
    """Say what to do about a file that is known and not read."""
    if name.endswith(PICKLE) or re.match(rb"\x80[\x02-\x05](?:\x95|[}\]c(K]|csklearn)", data):
        raise DataError(
            f"{where} is a pickle, and pickles are never read because they can run code: "
            "save the data as .npz, .parquet or CSV."
        )
    if data.startswith(RICH) or (name.endswith(TEXTS) and is_page(data)):
        what = "rich text (RTF)" if data.startswith(RICH) else "a web page"
        raise DataError(f"{where} is {what}, whatever its name says: loops read plain text, so save it as .txt.")
    if name.endswith(".toml"):
        raise UsageError(f"{where} is a spec and no data: give it behind --spec.")
    for endings, remedy in ELSEWHERE.items():
        if name.endswith(endings) and not data.startswith((b"\x93NUMPY", b"PAR1")):
            raise DataError(f"{where} is of a format that is not read: {remedy}.")
