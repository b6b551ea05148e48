"""Texts of users and models as a page may show them: every character that nobody sees stands there by its code."""

import re
import unicodedata
from collections.abc import Sequence

from .table import Code, Inline, Sign

# format characters that have a shape of their own, such as the sign before an Arabic number
SHAPED = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
# invisible ones that Unicode counts as letters, marks or symbols
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, format, half a character, private, unassigned, breaks
PLAIN = "\n\t"


def visible(text: str) -> list[Inline]:
    """The text in parts: a Sign for each run of one hidden character, such as U+200B, and all else as it is."""
    parts: list[Inline] = []
    for match in re.finditer(r"(?s)(.)\1*", text):
        sign = match[1]
        if not _hidden(sign):
            if parts and isinstance(parts[-1], str):
                parts[-1] += match[0]
            else:
                parts.append(match[0])
            continue
        times = len(match[0])
        parts.append(Sign(f"U+{ord(sign):04X}{f' × {times}' if times > 1 else ''}"))
    return parts


def _hidden(sign: str) -> bool:
    if sign in PLAIN or SHAPED.match(sign):
        return False
    return unicodedata.category(sign) in HIDDEN or bool(BLANK.match(sign))


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


def plain(text: str) -> str:
    """The text with hidden characters by their codes, where a page can show no more than letters."""
    return "".join(part if isinstance(part, str) else f"[{part.text}]" for part in visible(text))
