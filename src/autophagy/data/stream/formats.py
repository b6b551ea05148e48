"""Formats: what a file holds, by its name, or by its first bytes where the name does not say."""

from pathlib import Path

from ..readers.shards import SAVED
from ..readers.unpack import without_packing

FORMATS = {
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def format_of(path: Path, named: bool) -> str:
    """The format of a file, empty where files of its kind are not read.

    A file without an ending is looked into, and any that was `named` by itself.
    """
    if path.name in SAVED:
        return ""
    known = FORMATS.get(Path(without_packing(path.name)).suffix)
    if known or (Path(path.name).suffix and not named):
        return known or ""
    return _looked_into(path)


def _looked_into(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return ""
    if head.startswith(b"PAR1"):
        return "parquet"
    return "jsonl" if head.lstrip().startswith(b"{") else ""
