"""Texts from a plain file: one document a paragraph, a line where no line is blank, or what a mark or title parts."""

import re
from itertools import pairwise

from .rows import FileRows, texts

END_OF_TEXT = b"<|endoftext|>"
TITLE = re.compile(rb"^ = [^=\n][^\n]* = *\n", re.MULTILINE)  # as WikiText writes the title of an article
PIECE = 5_000  # characters of the pieces that stand for documents where a file is one single line
BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")


def read_text(data: bytes) -> FileRows:
    """Documents in the order of the file.

    They are parted by `<|endoftext|>` where it occurs, else by the titles of WikiText's articles, else by blank lines
    where there are some, else by line ends. One single line is cut into pieces that stand for documents. A document
    that is not UTF-8 is set aside and counted.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n\t")
    if END_OF_TEXT in data:
        parts, what = data.split(END_OF_TEXT), "a text up to <|endoftext|>"
    elif len(TITLE.findall(data)) > 1:
        starts = [found.start() for found in TITLE.finditer(data)]
        parts = [data[: starts[0]], *(data[a:b] for a, b in pairwise([*starts, len(data)]))]
        what = "an article under its title"
    elif BLANK_LINE.search(data):
        parts, what = BLANK_LINE.split(data), "a paragraph between blank lines"
    else:
        parts, what = data.splitlines(), "a line"
    documents, bad = decoded([part.strip() for part in parts if part.strip()])
    if len(documents) == 1 and len(documents[0]) > PIECE:
        line = documents[0]
        documents = [line[i : i + PIECE] for i in range(0, len(line), PIECE)]
        what = f"a piece of {PIECE:,} characters, for the file is one single line"
    notes = [f"{bad} documents were set aside because they are not UTF-8 text."] if bad else []
    return texts(documents, unreadable=bad, notes=[f"One document is {what}.", *notes])


def decoded(parts: list[bytes]) -> tuple[list[str], int]:
    """The parts that are UTF-8, and how many are not."""
    documents, bad = [], 0
    for part in parts:
        try:
            documents.append(part.decode())
        except UnicodeDecodeError:
            bad += 1
    return documents, bad
