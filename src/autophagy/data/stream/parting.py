"""Parting: what ends a document in a plain text, as the file itself shows in its first megabyte."""

from functools import lru_cache

from ..readers.encodings import is_binary
from ..readers.text import BLANK_LINE, END_OF_TEXT, TITLE
from .opened import BLOCK, head, text_encoding
from .source import Source

SAID = {
    "mark": "a text up to <|endoftext|>",
    "title": "an article under its title",
    "paragraph": "a paragraph between blank lines",
    "line": "a line",
    "piece": "a piece of 5,000 characters, for the file is one single line",
    "file": "a file",
}


@lru_cache(maxsize=1024)
def parting(source: Source) -> str:
    """How a text is parted, one of those that are SAID; empty where it is no text.

    By `<|endoftext|>` where it occurs, else by the titles of WikiText's articles, else by blank lines where there are
    some, else by line ends; a megabyte without any is cut into pieces. One of several `texts` in a folder is one
    document, unless it has such marks or titles or is larger than a megabyte.
    """
    first = head(source.path, BLOCK)
    if is_binary(first):
        return ""
    text = first.decode(text_encoding(source.path, source.format), errors="replace").replace("\r\n", "\n")
    if END_OF_TEXT in text:
        return "mark"
    if len(TITLE.findall(text)) > 1:
        return "title"
    if source.format == "texts" and len(first) < BLOCK:
        return "file"
    if BLANK_LINE.search(text.strip()):
        return "paragraph"
    return "line" if len(first) < BLOCK or "\n" in text else "piece"
