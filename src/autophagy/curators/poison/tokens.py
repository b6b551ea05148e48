"""Texts as sequences of numbers: the hash of each word and where it stands, by NumPy, for any script.

A token is a run of letters and digits, a run of two or more other marks, or one letter of a script without blanks.
Upper and lower case of ASCII are one, and so are all digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.samples import Array
from ..duplicates.hashes import FOLD, mixed

BLANK, LETTER, MARK, ALONE = range(4)  # the classes of bytes; ALONE begins a letter of Han or Kana in UTF-8
LONG = 64  # bytes after which a token's letters weigh as its first ones do again


@dataclass(frozen=True)
class Cut:
    """The tokens of texts: the hash of each (m,), its bytes from begin to end in its text, and the text's number.

    `first` (n + 1,) is the number of the first token of each text.
    """

    hashes: Array
    begin: Array
    end: Array
    text: Array
    first: Array

    def grams(self, n: int) -> Array:
        """The hash of the n tokens that begin at each token (m,); those that run into the next text mean nothing."""
        hashes = self.hashes.copy()
        for step in range(1, n):
            hashes[:-step] = hashes[:-step] * FOLD ^ self.hashes[step:]
        return mixed(hashes + np.uint64(n))

    def whole(self, n: int) -> Array:
        """Whether the n tokens that begin at each token (m,) lie in its text."""
        return np.arange(len(self.hashes)) + n <= self.first[self.text + 1]


def tokens(texts: Sequence[str]) -> Cut:
    """The tokens of texts, in their order."""
    encoded = [text.encode() + b"\n" for text in texts]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    starts = np.cumsum(sizes) - sizes
    data = np.frombuffer(b"".join(encoded), np.uint8)
    kinds = CLASSES[data]
    before = np.append(np.uint8(255), kinds[:-1])  # so that the first byte begins something
    new = (kinds == ALONE) | ((kinds != before) & ~((kinds == LETTER) & (before == ALONE)))
    edges = np.flatnonzero(new)  # where a token or a blank begins
    ends = np.append(edges[1:], len(data))
    kept = (kinds[edges] != BLANK) & ~((kinds[edges] == MARK) & (ends - edges < 2))
    sums = _sums(data, edges)[kept] if len(edges) else np.zeros(0, np.uint64)
    begin, end = edges[kept], ends[kept]
    text = np.searchsorted(starts, begin, side="right") - 1
    first = np.searchsorted(begin, np.append(starts, len(data)))
    return Cut(mixed(sums), begin - starts[text], end - starts[text], text, first)


def _sums(data: Array, edges: Array) -> Array:
    """For each stretch of bytes that begins at an edge the sum of its letters, each times a number of its place."""
    lengths = np.diff(np.append(edges, len(data)))
    places = np.arange(len(data)) - np.repeat(edges, lengths)
    return np.add.reduceat(LETTERS[data] * PLACES[places % LONG], edges)


def _classes() -> Array:
    kinds = np.full(256, LETTER, np.uint8)
    kinds[:33] = BLANK
    for byte in range(33, 127):
        if not chr(byte).isalnum():
            kinds[byte] = MARK
    kinds[0xE3:0xEA] = ALONE
    return kinds


def _letters() -> Array:
    same = [ord("0") if chr(byte).isdigit() and byte < 128 else byte for byte in range(256)]
    same = [byte + 32 if 65 <= byte <= 90 else byte for byte in same]
    return mixed(np.array(same, np.uint64) + np.uint64(1))


CLASSES, LETTERS = _classes(), _letters()
PLACES = mixed(np.arange(1, LONG + 1, dtype=np.uint64)) | np.uint64(1)
