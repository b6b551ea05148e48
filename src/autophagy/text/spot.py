"""A spot of a text in its surroundings, for whoever has to see what was found."""

from itertools import takewhile
from operator import eq

KNOWN = 40  # characters by which a passage is known again


def around(text: str, start: int, end: int, length: int) -> tuple[str, str, str]:
    """What stands before the characters from `start` to `end`, these, and what follows: some `length` characters.

    Where start is -1 the whole text is meant, and its beginning is shown. What was cut off is shown as an ellipsis.
    """
    if start < 0:
        return "", text if len(text) <= length else f"{text[: length - 1]}…", ""
    end = min(max(end, start), len(text))
    inside = text[start:end]
    if len(inside) > length:
        return _cut_left(text, start, length // 6), f"{inside[: length - 1]}…", ""
    side = (length - len(inside)) // 2
    after = text[end : end + side]
    return _cut_left(text, start, side), inside, after + ("…" if end + side < len(text) else "")


def shared(text: str, marked: str, length: int) -> str:
    """A text around what it has in common with what is marked in another, or its beginning where nothing is."""
    start = text.find(marked[:KNOWN]) if marked else -1
    same = sum(takewhile(bool, map(eq, marked, text[max(start, 0) :])))
    return "".join(around(text, start, start + same, length))


def _cut_left(text: str, start: int, side: int) -> str:
    before = text[max(0, start - side) : start]
    return f"…{before}" if start > side else before
