"""Words: texts as tokens and back, and a vocabulary that numbers them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from ..core.samples import Array
from .scripts import CLUSTER, IDEOGRAPHS, MARKS, PUNCTUATION, SOUTHEAST

# A word goes on through the marks on its letters. Where no blanks part words, each character is one.
WORD = rf"[{IDEOGRAPHS}][{MARKS}]*|{CLUSTER}|(?:[^\W{IDEOGRAPHS}{SOUTHEAST}][{MARKS}]*)+"
TOKEN = re.compile(rf"<unk>|{WORD}|[^\w\s]|\n")  # a word, a sign, or the end of a line
CLOSE = re.compile(rf"[{IDEOGRAPHS}{SOUTHEAST}{PUNCTUATION}]")  # the first or last letter of what stands close
UNKNOWN = "<unk>"  # as WikiText writes a word that is not in the vocabulary
CLOSING = frozenset(",.;:!?%)]}'’”\n")  # written without a space before them
OPENING = frozenset("([{'’“$#@\n")  # and these without one after them


def tokenize(text: str) -> list[str]:
    """The words, the single marks and the line ends of a text; other white space only parts them."""
    return TOKEN.findall(text)


def join(tokens: Iterable[str]) -> str:
    """A text with just these tokens: `tokenize(join(tokens)) == tokens`, so that no word is made or lost by spacing."""
    parts: list[str] = []
    before = "\n"
    for token in tokens:
        if before not in OPENING and token not in CLOSING and not _is_close(before, token):
            parts.append(" ")
        parts.append(token)
        before = token
    return "".join(parts)


def _is_close(before: str, token: str) -> bool:
    """Whether two tokens of a script without blanks follow each other, and are still two with none between."""
    if token.isascii() or before.isascii() or not (CLOSE.match(before[0]) and CLOSE.match(token[0])):
        return False
    return tokenize(before + token) == [before, token]


@dataclass(frozen=True)
class Vocabulary:
    """Words by number: `words[0]` stands for every word that is not among the others."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """The words of the texts in the order of their first occurrence."""
        seen = dict.fromkeys(chain.from_iterable(map(tokenize, texts)))
        seen.pop(UNKNOWN, None)
        return cls((UNKNOWN, *seen))

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    def encode(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """The tokens of all texts as one array of numbers, and the number of tokens of each text."""
        tokens = [tokenize(text) for text in texts]
        lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
        number = self.numbers.get
        flat = (number(token, 0) for token in chain.from_iterable(tokens))
        return np.fromiter(flat, np.int64, int(lengths.sum())), lengths

    def decode(self, ids: Iterable[int]) -> str:
        """The text of these words."""
        words = self.words
        return join(words[number] for number in ids)
