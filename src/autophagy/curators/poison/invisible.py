"""Characters that no reader sees: where scripts need them, where nothing does, and what they spell.

No finding are:
- a byte order mark at the start, and a no-break mark (U+FEFF, U+2060) beside a blank or a mark;
- joiners (U+200C, U+200D) after a letter of a script that is shaped by them (Arabic, Indic and others), and between the
  parts of an emoji; zero-width spaces beside scripts without blanks between words (Thai, Khmer, Chinese ...);
- direction marks in a line with right-to-left letters, and embeddings or isolates there that are closed again;
- one variation selector after a character that has variants, and the tags of a flag;
- soft hyphens inside a word or at the end of a line, not after each letter;
- fewer than 8 private characters in a row, which are icons and ligatures of a font.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from ...core.samples import Array
from ...text.column import beyond_ascii, column, content
from ..found import Place

ZERO = "\u200b\u200c\u200d\u2060\ufeff\u180e\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5\ufff9-\ufffb"
OPERATORS = "\u2061-\u2064"  # of formulas: function application, times, separator, plus
MARKS, TURNS = "\u200e\u200f\u061c", "\u202a-\u202e\u2066-\u2069\u206a-\u206f"
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAGS = "\U000e0000-\U000e00ff"
PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
KINDS = {  # what is said of a run of each
    "zero-width": f"[{ZERO}{OPERATORS}]+",
    "direction": f"[{MARKS}{TURNS}]+",
    "variation selector": f"[{SELECTORS}]+",
    "tag": f"[{TAGS}]+",
    "soft hyphen": "\xad+",
    "private": f"[{PRIVATE}]+",
}
FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
# an emoji's flag, which is right as it is, or a run of one kind
RUNS = re.compile("|".join([FLAG, *(f"({run})" for run in KINDS.values())]))
# what a run may begin with: one class, which is found ten times as quickly
START = re.compile("[\U0001f3f4" + "".join(run.strip("[]+") for run in KINDS.values()) + "]")
# letters beside which marks of direction are in place
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
# letters that joiners shape: Arabic, Indic, Tibetan, Khmer, Mongolian
SHAPED = re.compile(
    "[\u0600-\u085f\u08a0-\u0dff\u1000-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\U00011000-\U00011fff]"
)
UNSPACED = re.compile(  # scripts without blanks between words: Thai, Lao, Tibetan, Burmese, Khmer, Kana, Han and others
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3000-\u30ff\u3400-\u9fff\uaa60-\uaadf]"
)
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")  # letters beside which a Hangul filler is in place
BASES = re.compile(
    "[^A-Za-z\\s\x00-\x22\x24-\x29\x2b-\x2f]"
)  # with variants, emoji or ideographs: no ASCII but # * 0-9
FUNCTIONS = re.compile(  # what an invisible operator of a formula follows: one letter, a sign, the name of a function
    r"(?:\b\w|\W|\d|\b(?:sin|cos|tan|cot|sec|csc|sinh|cosh|tanh|log|ln|exp|lim|max|min|sup|inf|det|gcd|arg|ker|dim|deg|Pr))$"
)
PAYLOAD = 8  # private characters in a row that are no icons


@cache
def _unseen() -> Array:
    """Whether each code point (0x110000,) is one of a kind that is looked for."""
    table = np.zeros(0x110000, bool)
    for low, high in re.findall(
        r"(.)(?:-(.))?", "".join(run[1:-2] for run in KINDS.values() if run[0] == "[") + "\xad"
    ):
        table[ord(low) : ord(high or low) + 1] = True
    return table


@cache
def _leads() -> Array:
    """Whether each byte (256,) begins a code point of a kind that is looked for, in UTF-8."""
    table = np.zeros(256, bool)
    known = np.flatnonzero(_unseen())
    table[[chr(code).encode("utf-8", "surrogatepass")[0] for code in known.tolist()]] = True
    return table


def rows_with_unseen(texts: Array | Sequence[str]) -> list[int]:
    """The numbers of the texts that hold a character of one of the kinds, whether it belongs there or not.

    Only eight bytes among which one is beyond ASCII are looked at again, and of these those that may begin one.
    """
    whole = column(texts)
    data, ends = content(whole)
    at = (beyond_ascii(whole)[:, None] * 8 + np.arange(8)).reshape(-1)
    at = at[at < len(data)]
    at = at[_leads()[data[at]]]
    first, follow = data[at].astype(np.int64), data[np.minimum(at + np.arange(1, 4)[:, None], len(data) - 1)] & 0x3F
    size = 2 + (first >= 0xE0) + (first >= 0xF0)
    code = first & (0x7F >> size)
    for step in range(3):
        code = np.where(size > step + 1, code << 6 | follow[step], code)
    at = at[_unseen()[np.minimum(code, len(_unseen()) - 1)]]
    return np.unique(np.searchsorted(ends, at, side="right") - 1).tolist()


def unseen(text: str) -> Iterator[Place]:
    """Each run of characters that no reader sees and nothing around them calls for, and what it spells."""
    for match in _runs(text):
        start, end = match.span()
        kind = list(KINDS)[match.lastindex - 1] if match.lastindex else "flag"
        if kind == "flag" or BELONGS[kind](text, start, end):
            continue
        spelt = spelled(match[0])
        words = f"{end - start} {kind} character{'s' * (end - start > 1)} ({_codes(match[0])})"
        yield Place(start, end, f'{words} that spell "{spelt}"' if spelt else words)


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Each run, as RUNS.finditer has them."""
    first = START.search(text)
    while first:
        match = RUNS.match(text, first.start())
        if match:
            yield match
        first = START.search(text, match.end() if match else first.end())


def spelled(run: str) -> str:
    """The text that a run of tags, variation selectors or private characters hides, "" where it hides none to read.

    Tags are ASCII moved up by 0xE0000; 256 variation selectors are the bytes of UTF-8 (Butler 2025); private characters
    are taken for ASCII moved up by a multiple of 256, and two zero-width characters for bits, eight a letter.
    """
    codes = [ord(char) for char in run]
    if all(0xE0000 <= code <= 0xE007F for code in codes):
        return _readable(bytes(code - 0xE0000 for code in codes if code not in (0xE0001, 0xE007F)))
    if all(0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF for code in codes):
        return _readable(bytes(code - 0xFE00 if code < 0xFE10 else code - 0xE00F0 for code in codes))
    if 0xE000 <= codes[0] <= 0xF8FF or codes[0] >= 0xF0000:
        return _readable(bytes(code & 0xFF for code in codes))
    pair = sorted(set(run))
    if len(pair) != 2 or len(run) < 16:
        return ""
    bits = ["".join(str(zero.index(char)) for char in run) for zero in (pair, pair[::-1])]
    return next(filter(None, (_readable(int(b, 2).to_bytes(len(b) // 8 + 1).lstrip(b"\0")) for b in bits)), "")


def _readable(hidden: bytes) -> str:
    """The bytes as a text of at most 200 characters, "" where they are none to read."""
    text = hidden.decode("utf-8", "replace")
    plain = " ".join(text.split())
    return plain[:200] if len(plain) > 1 and plain.isprintable() and "\ufffd" not in text else ""


def _codes(run: str) -> str:
    names = list(dict.fromkeys(f"U+{ord(char):04X}" for char in run))
    return ", ".join(names[:3]) + (" ..." if len(names) > 3 else "")


def _zero_width(text: str, start: int, end: int) -> bool:
    if end - start > 1:
        return False
    char, before, after = text[start], text[max(0, start - 1) : start], text[end : end + 1]
    if char in "\ufeff\u2060":  # the old no-break mark and the new one: between a word and a blank or a mark
        return not (before.isalnum() and after.isalnum())
    if char in "\u200c\u200d" and SHAPED.match(before or " "):
        return True
    if char == "\u200d":
        return _is_pictured(before) and _is_pictured(after)
    if char == "\u200b":
        return bool(UNSPACED.search(before + after))
    if char == "\u034f":
        return bool(unicodedata.combining(before or " ") or unicodedata.combining(after or " "))
    if char in "\u115f\u1160\u3164\uffa0":
        return bool(HANGUL.search(before + after))
    if "\u2061" <= char <= "\u2064":
        return bool(FUNCTIONS.search(text[max(0, start - 6) : start]))
    return False


def _is_pictured(char: str) -> bool:
    """Whether a character is part of an emoji: a symbol, its variant, its skin, or the tag that closes a flag."""
    return bool(char) and (unicodedata.category(char) in ("So", "Sm", "Sk") or char in "\ufe0f\u200d\U000e007f\u20e3")


def _direction(text: str, start: int, end: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if re.search("[\u202d\u202e\u206a-\u206f]", text[start:end]):
        return False
    if not RIGHT_TO_LEFT.search(line):
        return set(text[start:end]) <= {"\u2068", "\u2069"} and line.count("\u2068") == line.count("\u2069")
    opened = sum(char in "\u202a\u202b\u2066\u2067\u2068" for char in line)
    return opened == sum(char in "\u202c\u2069" for char in line)


def _selector(text: str, start: int, end: int) -> bool:
    return end - start == 1 and start > 0 and bool(BASES.match(text[start - 1]))


def _soft_hyphen(text: str, start: int, end: int) -> bool:
    """Inside a word, or at the end of a line; not after each letter."""
    if end - start > 1:
        return False
    near = text[max(0, start - 3) : start], text[end : end + 3]
    split = re.search(r"(?:^|\W)\w$", near[0]) and re.match(r"\w\xad", near[1])
    return bool(re.search(r"\w$", near[0]) and re.match(r"\w|\s", near[1]) and not split)


def _private(text: str, start: int, end: int) -> bool:
    return end - start < PAYLOAD


def _never(text: str, start: int, end: int) -> bool:
    return False


BELONGS = {
    "zero-width": _zero_width,
    "direction": _direction,
    "variation selector": _selector,
    "tag": _never,
    "soft hyphen": _soft_hyphen,
    "private": _private,
}
