"""Formats: what a file holds, by its name, or by its first bytes where the name does not say."""

import json
from pathlib import Path

from ..readers.encodings import is_binary
from ..readers.pages import MARKUP, PAGES
from ..readers.shards import SAVED
from ..readers.spreadsheet import OLE, WORKBOOKS
from ..readers.statistics import STATISTICS
from ..readers.unpack import ending_of, without_packing
from .opened import BROKEN, some, unpacked

FORMATS = {
    ".parquet": "parquet",
    **dict.fromkeys((".arrow", ".feather"), "arrow"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    **dict.fromkeys((".csv", ".tsv", ".tab", ".psv"), "delimited"),
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys(MARKUP, "document"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "xml"),
    **dict.fromkeys((".srt", ".vtt"), "subtitles"),
    **dict.fromkeys((".eml", ".mbox"), "letters"),
    ".ipynb": "notebook",
    **{ending: ending.removeprefix(".") for ending in PAGES},
    **dict.fromkeys((*WORKBOOKS, *STATISTICS), "workbook"),
}
LOOKED_AT = 2**16  # bytes


def format_of(path: Path, named: bool) -> str:
    """The format of a file, empty where files of its kind are not read.

    A file without an ending is looked into for a table, one that was `named` by itself for a text as well, and JSON
    for whether it is an object a line.
    """
    if path.name in SAVED:
        return ""
    bare = without_packing(path.name)
    known = FORMATS.get(ending_of(path.name), "")
    if bare.endswith(".xls") and not _first(path).startswith(OLE):
        return ""  # a page or delimited text under the name of a workbook
    if known == "delimited" and is_binary(_first(path)):
        return ""  # such as the notes of macOS beside each file of an archive, under the name of that file
    if known and known != "json":
        return known
    if not known and ending_of(path.name) and not named:
        return ""
    first = _first(path)
    if first.startswith(b"PAR1"):
        return "parquet"
    if first.startswith(b"ARROW1"):
        return "arrow"
    if _is_object_a_line(first, 2 if known else 1):
        return "jsonl"
    return known or ("text" if named and first and not is_binary(first) else "")


def _first(path: Path) -> bytes:
    try:
        with unpacked(path) as file:
            return some(file, LOOKED_AT)
    except BROKEN:
        return b""


def _is_object_a_line(first: bytes, least: int) -> bool:
    """Whether the first of at least so many lines is an object; a bracket may open the list, and a comma end a line."""
    lines = [line.strip().removesuffix(b",") for line in first.split(b"\n") if line.strip() not in (b"", b"[")]
    if len(lines) < least or not all(line.startswith((b"{", b"]")) for line in lines[:2]):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False
