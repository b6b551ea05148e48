"""The reader of a file or a folder, chosen by what it holds and not by what it is called."""

from pathlib import Path

from ...core.errors import DataError
from .arrays import is_idx, read_idx, read_npy, read_npz
from .folders import read_folder
from .images import read_pages
from .pictures import is_image
from .pixels import PixelScale
from .rows import FileRows, finish
from .tables import read_csv, read_jsonl, read_parquet
from .text import read_text
from .unpack import content

BINARY = (".npz", ".npy", ".parquet", "-ubyte", ".idx")
TEXTS = (".txt", ".md", ".text")
TABLES = (".csv", ".tsv", ".data")


def read(path: Path, scale: PixelScale | None = None) -> FileRows:
    """The rows of a file or a folder; raises DataError in one sentence where they cannot be read.

    Pixels are brought to [0, 1] on the `scale`, where one is given.
    """
    rows = read_folder(path) if path.is_dir() else _read_file(path, content(path))
    return finish(rows, str(path), scale)


def _read_file(path: Path, data: bytes) -> FileRows:
    name, where = path.name.lower().removesuffix(".gz"), str(path)
    if data.startswith(b"PK\x03\x04"):
        return read_npz(data, where)
    if data.startswith(b"\x93NUMPY"):
        return read_npy(data, where)
    if data.startswith(b"PAR1"):
        return read_parquet(data, where)
    if is_idx(data):
        return read_idx(data, where, path)
    if is_image(data):
        return read_pages(path)
    if name.endswith(BINARY):
        raise DataError(f"{where} does not hold what its name says: it may be damaged, so fetch or save it again.")
    if b"\0" in data[:4096]:
        raise DataError(f"{where} is of no known format: give npz, npy, idx, parquet, jsonl, csv or txt.")
    if name.endswith(TABLES):
        return read_csv(data, where)
    if name.endswith((".jsonl", ".ndjson", ".json")) or (data.lstrip().startswith(b"{") and not name.endswith(TEXTS)):
        return read_jsonl(data, where)
    return read_text(data)
