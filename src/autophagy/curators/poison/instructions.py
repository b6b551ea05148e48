"""Sentences that give orders to a model, and the tokens of chat templates: where they stand in texts.

A whole chunk is searched for the gates in linear time (see text.gate); the patterns themselves, which have gaps, are
searched by `re` in the few rows that pass. Whatever a pattern matches, the gate of its kind matches too.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from ...core.samples import Array
from ...text.column import column, rows_with_bytes
from ...text.gate import at_once, by_re2
from ..found import Place, quoted
from .abroad import LEADING, OTHERS_GATE
from .orders import GATE, GATES, INSTRUCTIONS

BLANKS = "\xa0\u2007\u202f\u3000"
STYLED = "\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a3"  # wide letters, and those of mathematics
PLAIN = dict.fromkeys(map(ord, BLANKS), " ") | {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFF21, 0xFF5B), *range(0x1D400, 0x1D6A4))
    if chr(code).isalpha()
}
ABROAD = ("override of instructions in another script", "chat-template token")  # kinds with letters beyond Latin
CHANGED = re.compile(f"[{BLANKS}{STYLED}]")
FOREIGN = LEADING.copy()  # bytes of which letters abroad and those that are put into plain ones have one
FOREIGN[[0xF0, *(blank.encode()[-1] for blank in BLANKS[:-1])]] = True


@cache
def _kinds() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Of each kind its patterns with gaps of any length, for RE2, and as they are, for `re`."""
    every = {kind: "|".join(f"(?:{pattern})" for pattern in patterns) for kind, patterns in INSTRUCTIONS.items()}
    return {
        kind: ("(?i)" + re.sub(r"\{\d+,\d+\}", "*", either), re.compile(either, re.IGNORECASE))
        for kind, either in every.items()
    }


def instructions(texts: Array | Sequence[str]) -> dict[int, list[Place]]:
    """The places of each text that give an order to a model, with what stands around them, by the text's number."""
    found: dict[int, list[Place]] = {}
    for kind, rows in _passed(texts).items():
        left = {row: _plain(str(texts[row])) for row in sorted(rows)}
        numbers, few = list(left), column(list(left.values()))
        loose, pattern = _kinds()[kind]
        for row in (numbers[number] for number in by_re2(few, loose)):
            found.setdefault(row, []).extend(
                Place(*match.span(), f'{kind}: "{quoted(left[row], *match.span())}"')
                for match in pattern.finditer(left[row])
            )
    return {row: sorted(places) for row, places in sorted(found.items()) if places}


def _passed(texts: Array | Sequence[str]) -> dict[str, set[int]]:
    """By kind the numbers of the texts that may hold one of its patterns."""
    whole = column(texts)
    rest = rows_with_bytes(whole, FOREIGN).tolist()
    some = whole.take(rest) if rest else column([])
    abroad = [rest[number] for number in by_re2(some, OTHERS_GATE)]
    styled = [rest[number] for number in by_re2(some, CHANGED.pattern)]
    held, plain = _gated(whole), _gated(column([_plain(str(texts[row])) for row in styled]))
    passed = {kind: {*held[kind], *(styled[number] for number in plain[kind])} for kind in GATES}
    return {kind: passed.get(kind, set()) | {*(abroad if kind in ABROAD else ())} for kind in INSTRUCTIONS}


def _gated(known: Any) -> dict[str, list[int]]:
    """By kind the texts of a column that pass its gate, or any where RE2 is asked, which takes them all at once."""
    held = at_once(known, tuple(GATES.values()))
    either = [] if held else by_re2(known, GATE)
    return {kind: held.get(gate, either) for kind, gate in GATES.items()}


def _plain(text: str) -> str:
    """The text with plain letters for wide ones and those of mathematics, and blanks that break; as long as it was."""
    return text if text.isascii() else CHANGED.sub(lambda letter: PLAIN.get(ord(letter[0]), letter[0]), text)
