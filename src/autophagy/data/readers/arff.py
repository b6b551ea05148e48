"""ARFF, the format of Weka: a head that names the columns above delimited text -> delimited text with a line of names.

scipy.io.arff reads no texts and has no missing words, so that the lines are handed to the reader of delimited text.
"""

import csv
import re
from io import SEEK_END, StringIO

from ...core.errors import DataError
from .encodings import decode

HEAD = re.compile(r"\A(?:[ \t]*(?:%.*)?\r?\n)*[ \t]*@relation\b", re.IGNORECASE)
ATTRIBUTE = re.compile(r"[ \t]*@attribute[ \t]+(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^\s{]+)", re.IGNORECASE)
DATA = re.compile(r"^[ \t]*@data[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
ESCAPED = re.compile(r"\\(.)")


def delimited(data: bytes, where: str) -> tuple[bytes, list[str]]:
    """The rows as delimited text below the names of the attributes, and what was guessed of the encoding."""
    text, notes = decode(data)
    found = DATA.search(text)
    names = [
        ESCAPED.sub(r"\1", name.strip("\"'")) for name in ATTRIBUTE.findall(text[: found.start()] if found else text)
    ]
    if not HEAD.match(text) or not found or not names:
        raise DataError(f"{where} is no ARFF file with attributes and @data: save its table as CSV or .parquet.")
    lines = [line.strip() for line in text[found.end() :].split("\n")[1:]]
    rows = ["" if line.startswith("%") else line for line in lines]
    if next(filter(None, rows), "").startswith("{"):
        raise DataError(
            f"{where} holds the sparse rows of ARFF, which are not read: save its table as CSV or .parquet."
        )
    written = StringIO("\n" * text.count("\n", 0, found.start()), newline="")  # so that each row stays in its line
    written.seek(0, SEEK_END)
    csv.writer(written, lineterminator="\n").writerows([names, *(_cells(row) for row in rows)])
    return written.getvalue().encode(), notes


def _cells(line: str) -> list[str]:
    """The cells of a line, parted by commas or tabs, in single or double quotes where they hold such marks."""
    quote = "'" if line.count("'") > line.count('"') else '"'
    mark = "," if "," in line else "\t"
    return next(csv.reader([line], delimiter=mark, quotechar=quote, escapechar="\\", skipinitialspace=True), [])
