"""Texts of users and models as a page may show them: every character that nobody sees stands there by its code."""

from collections.abc import Sequence

from ..text.unseen import stretches
from .table import Code, Inline, Sign


def visible(text: str) -> list[Inline]:
    """The text in parts: a Sign for each run of one hidden character, such as U+200B, and all else as it is."""
    return [Sign(code) if code else plain for plain, code in stretches(text)]


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, which says how many more there were."""
    return text if len(text) <= most else f"{text[:most]} … ({len(text) - most:,} more characters)"


def words(sentence: str) -> list[Inline]:
    """A sentence in parts, in which what stands between backticks is code."""
    parts: list[Inline] = []
    for place, part in enumerate(sentence.split("`")):
        shown = visible(part)
        parts += [Code(shown)] if place % 2 else shown
    return parts


def name(text: str, most: int = 90) -> Sequence[Inline]:
    """A name such as that of a file, in one line and with dots in its middle where it is long."""
    if len(text) > most:
        half = most // 2
        text = f"{text[:half]}…{text[-half:]}"
    return visible(text)
