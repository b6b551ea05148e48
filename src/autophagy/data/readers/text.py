"""Texts from a plain file: one document a paragraph, a line where no line is blank, or what a mark or title parts."""

import re
from itertools import pairwise

from .encodings import composed, decode, is_broken
from .notes import Aside
from .rows import FileRows, texts

END_OF_TEXT = "<|endoftext|>"
TITLE = re.compile(r"^ = [^=\n][^\n]* = *\n", re.MULTILINE)  # as WikiText writes the title of an article
PIECE = 5_000  # characters of the pieces that stand for documents where a file is one single line
BLANK_LINE = re.compile(r"\n[ \t]*\n")


def read_text(data: bytes) -> FileRows:
    """Documents in the order of the file.

    They are parted by `<|endoftext|>` where it occurs, else by the titles of WikiText's articles, else by blank lines
    where there are some, else by line ends. One single line is cut into pieces that stand for documents. A document
    that holds bytes which are no text is set aside and counted.
    """
    text, notes = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n\t")
    if END_OF_TEXT in text:
        parts, what = text.split(END_OF_TEXT), "a text up to <|endoftext|>"
    elif len(TITLE.findall(text)) > 1:
        starts = [found.start() for found in TITLE.finditer(text)]
        parts = [text[: starts[0]], *(text[a:b] for a, b in pairwise([*starts, len(text)]))]
        what = "an article under its title"
    elif BLANK_LINE.search(text):
        parts, what = BLANK_LINE.split(text), "a paragraph between blank lines"
    else:
        parts, what = text.split("\n"), "a line"
    stripped = [part.strip() for part in parts if part.strip()]
    documents, aside = usable(stripped, [f"{place}" for place in range(1, len(stripped) + 1)], "document")
    if len(documents) == 1 and len(documents[0]) > PIECE:
        line = documents[0]
        documents = [line[i : i + PIECE] for i in range(0, len(line), PIECE)]
        what = f"a piece of {PIECE:,} characters, for the file is one single line"
    told = [aside.note(len(stripped), "documents")] if aside.count else []
    return texts(documents, unreadable=aside.count, notes=[f"One document is {what}.", *notes, *told])


def usable(documents: list[str], places: list[str], unit: str) -> tuple[list[str], Aside]:
    """The documents without those that hold bytes which are no text, in Unicode's composed form."""
    aside = Aside("bytes that are no text", unit)
    good = []
    for place, document in zip(places, documents, strict=True):
        if is_broken(document):
            aside.add(place, document.encode(errors="backslashreplace").decode())
        else:
            good.append(composed(document))
    return good, aside
