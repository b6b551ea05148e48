"""Characters of a text that nobody sees, by their codes, so that a page or a table can show them."""

import re
import unicodedata
from collections.abc import Iterator

# format characters that have a shape of their own, such as the sign before an Arabic number
SHAPED = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
# invisible ones that Unicode counts as letters, marks or symbols
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, format, half a character, private, unassigned, breaks
PLAIN = "\n\t"
ZERO_WIDTH = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))  # none of them parts a word
RUN = re.compile(r"(.)\1*", re.DOTALL)  # the same sign again and again


def stretches(text: str) -> Iterator[tuple[str, str]]:
    """The text in stretches (text, ""), and between them ("", code) for each run of one hidden character.

    The code of a run is such as U+200B, or U+200B × 3.
    """
    start = 0
    for match in RUN.finditer(text):
        if not is_hidden(match[1]):
            continue
        if match.start() > start:
            yield text[start : match.start()], ""
        times = len(match[0])
        yield "", f"U+{ord(match[1]):04X}{f' × {times}' if times > 1 else ''}"
        start = match.end()
    if start < len(text):
        yield text[start:], ""


def is_hidden(sign: str) -> bool:
    """Whether a character is one that nobody sees; blanks, line ends and tabs are none."""
    if sign in PLAIN or SHAPED.match(sign):
        return False
    return unicodedata.category(sign) in HIDDEN or bool(BLANK.match(sign))


def visible(text: str) -> str:
    """The text without characters of no width, so that a word with one in it is that word."""
    return text if text.isascii() else text.translate(ZERO_WIDTH)


def coded(text: str) -> str:
    """The text with hidden characters by their codes in brackets."""
    return "".join(plain or f"[{code}]" for plain, code in stretches(text))
