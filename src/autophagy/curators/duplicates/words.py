r"""Words: texts as the bytes of their lower-case words, with zeros between them.

They are those of `re.findall(r"\w+", text.lower())`, but that each Chinese or Japanese character is a word of its own.
They are found in the bytes of UTF-8 without a look at each text: a table does it for ASCII, and what lies beyond is
looked up character by character, each different one once.
"""

import re
from collections.abc import Callable
from functools import cache

import numpy as np

from ...core.encoded import Encoded, encoded
from ...core.samples import Array
from ...text.scripts import IDEOGRAPHS
from .runs import distinct

ASCII = bytes(code if chr(code).isalnum() or code == ord("_") else 0 for code in range(128))
TABLE = ASCII.lower() + bytes(range(128, 256))  # byte -> the byte of a word, or 0 between words
AWAY, RESHAPED, UNSEEN = 0, -1, -2  # a character of no word; one that takes other bytes; one not looked up
APART = 1 << 24  # added to a character that is a word of its own
ALONE = re.compile(f"[{IDEOGRAPHS}]")


def translated(texts: Encoded, starts: Array) -> Array:
    """What each byte of the texts is in TABLE, where text i begins at `starts[i]`, and zeros between them."""
    return np.frombuffer(b"\0".join([b"", *texts.each(), bytes(9)]).translate(TABLE), np.uint8)


def word_bytes(texts: Encoded, looked_up: Callable[[Encoded, Array], Array] = translated) -> tuple[Array, Array]:
    """The bytes of the words of all texts, and where each text begins (n + 1,).

    A zero stands before the first text and after each one, and eight more at the end, so that eight bytes can be read
    wherever a word begins. `looked_up` does what `translated` does.
    """
    starts = texts.ends - texts.ends[0] + np.arange(1, len(texts) + 2)
    data = looked_up(texts, starts)
    lead = np.flatnonzero(data >= 0xC0)  # the first byte of every character beyond ASCII
    if not len(lead):
        return data, starts
    beyond = _beyond(data, lead, starts)
    if beyond is None:
        read = map(texts.text, range(len(texts)))
        return word_bytes(encoded([text if text.isascii() else text.lower() for text in read]), looked_up)
    return beyond


def _beyond(data: Array, lead: Array, starts: Array) -> tuple[Array, Array] | None:
    """The bytes once the characters that begin at `lead` are lower case, apart, or zeros where they are of no word.

    None where one of them has a lower case that takes other bytes in number, or hangs on what follows (a Greek sigma).
    """
    first = data[lead].astype(np.int32)
    size = 2 + (first >= 0xE0) + (first >= 0xF0)
    code = first & (0x7F >> size)
    for at in range(1, 4):
        code = np.where(size > at, code << 6 | data[lead + at] & 0x3F, code)
    table = _table()
    for each in distinct(code[table[code] == UNSEEN]).tolist():
        table[each] = _lower(chr(each))
    becomes = table[code]
    if (becomes == RESHAPED).any():
        return None
    apart = becomes >= APART
    becomes = becomes & (APART - 1)
    places = distinct(np.concatenate([lead[apart], (lead + size)[apart]]))
    change = np.flatnonzero(becomes != code)
    lead, size, code = lead[change], size[change], becomes[change]
    data = data.copy()
    for at in range(4):  # from the last byte of each character to its first
        some = size > at
        last = at == size - 1
        byte = np.where(last, code | (0xF00 >> size) & 0xFF, code & 0x3F | 0x80)
        data[(lead + size - 1 - at)[some]] = np.where(code == AWAY, 0, byte)[some]
        code = code >> 6
    if not len(places):
        return data, starts
    return np.insert(data, places, 0), starts + np.searchsorted(places, starts)


@cache
def _table() -> Array:
    """What each character becomes, as far as one has been seen."""
    return np.full(0x110000, UNSEEN, np.int32)


def _lower(character: str) -> int:
    """What a character beyond ASCII becomes: its lower case, with APART where it is a word; AWAY; or RESHAPED."""
    lower = character.lower()
    if not any(map(str.isalnum, character + lower)):
        return AWAY
    if len(lower) != 1 or character == "Σ" or len(lower.encode()) != len(character.encode()):
        return RESHAPED
    return ord(lower) + APART * bool(ALONE.match(character))
