"""Texts from a plain file: one document a paragraph, or a line where no line is blank."""

import re

from .rows import Rows, texts

END_OF_TEXT = b"<|endoftext|>"
BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")


def read_text(data: bytes) -> Rows:
    """Documents in the order of the file.

    They are parted by `<|endoftext|>` where it occurs, else by blank lines where there are some, else by line
    ends. A document that is not UTF-8 is set aside and counted.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").strip()
    if END_OF_TEXT in data:
        parts, what = data.split(END_OF_TEXT), "a text up to <|endoftext|>"
    elif BLANK_LINE.search(data):
        parts, what = BLANK_LINE.split(data), "a paragraph between blank lines"
    else:
        parts, what = data.splitlines(), "a line"
    documents, bad = decoded([part.strip() for part in parts if part.strip()])
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
