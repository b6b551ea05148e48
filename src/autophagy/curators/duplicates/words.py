"""Words: texts as the bytes of their lower-case words, each word followed by at least one zero."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ...core.samples import Array

ASCII = bytes(code if chr(code).isalnum() or code == ord("_") else 0 for code in range(128))
TABLE = ASCII.lower() + bytes(range(128, 256))  # byte -> the byte of a word, or 0 between words


def word_bytes(texts: Sequence[str]) -> tuple[Array, Array]:
    r"""The bytes of the words of all texts, and where each text begins (n + 1,).

    Words are those of `re.findall(r"\w+", text.lower())`. A zero stands before the first text and after each one, and
    eight more at the end, so that eight bytes can be read wherever a word begins.
    """
    encoded = [(text if text.isascii() else _plain(text)).encode("utf-8", "surrogatepass") for text in texts]
    starts = np.ones(len(texts) + 1, np.int64)
    starts[1:] += np.cumsum([len(each) + 1 for each in encoded], dtype=np.int64)
    data = b"\0".join([b"", *encoded, bytes(9)]).translate(TABLE)
    return np.frombuffer(data, np.uint8), starts


def _plain(text: str) -> str:
    """A text in lower case in which every character that is not ASCII is one of a word."""
    text = text.lower()
    for character in set(text):
        if not _in_words(character):
            text = text.replace(character, " ")
    return text


@lru_cache(maxsize=1 << 16)
def _in_words(character: str) -> bool:
    return character.isascii() or character.isalnum()
