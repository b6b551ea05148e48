"""Texts as sequences of numbers: the hash of each word and where it stands, by NumPy, for any script.

A token is a run of letters and digits, a run of two or more other marks, or one letter of a script without blanks.
Upper and lower case of ASCII are one, and so are all digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.samples import Array
from ...text.hashing import mixed, word_hashes
from ..duplicates.hashes import FOLD

BLANK, LETTER, MARK, ALONE = range(4)  # the classes of bytes; ALONE begins a letter of Han or Kana in UTF-8
LOW = np.uint64((1 << 56) - 1)
SIEVE = 1 << 18  # bits
SKETCH = 32


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
        """The hash of the n tokens that begin at each token (m,); those that run into the next text mean nothing.

        It has 56 bits, so that the number of one of 256 texts fits in beside it.
        """
        hashes = self.hashes.copy()
        for step in range(1, n):
            hashes[:-step] = hashes[:-step] * FOLD ^ self.hashes[step:]
        return mixed(hashes + np.uint64(n)) & LOW

    def grams_at(self, at: Array, n: int) -> Array:
        """The same of the tokens `at` alone, whose n tokens all lie in one text."""
        hashes = self.hashes[at]
        for step in range(1, n):
            hashes = hashes * FOLD ^ self.hashes[at + step]
        return mixed(hashes + np.uint64(n)) & LOW

    def whole(self, n: int) -> Array:
        """Whether the n tokens that begin at each token (m,) lie in its text."""
        return self.whole_at(np.arange(len(self.hashes)), n)

    def whole_at(self, at: Array, n: int) -> Array:
        """The same of the tokens `at` alone."""
        return at + n <= self.first[self.text[at] + 1]


def once(hashes: Array, text: Array) -> Array:
    """The hashes of 56 bits, each once for each of up to 256 texts."""
    both = np.sort(hashes << np.uint64(8) | text.astype(np.uint64))
    fresh = np.ones(len(both), bool)
    fresh[1:] = both[1:] != both[:-1]
    return both[fresh] >> np.uint64(8)


def tokens(texts: Sequence[str]) -> Cut:
    """The tokens of texts, in their order."""
    encoded = [text.encode() + b"\n" for text in texts]
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    joined = b"".join([*encoded, bytes(8)])
    kinds = np.frombuffer(joined.translate(CLASSES), np.uint8)[:-8]
    before = np.append(np.uint8(255), kinds[:-1])  # so that the first byte begins something
    new = (kinds != before) & ((kinds != LETTER) | (before != ALONE)) | (kinds == ALONE)
    begin = np.flatnonzero(new)  # where a token or a blank begins
    end = np.append(begin[1:], len(kinds))[: len(begin)]
    first_kinds = kinds[begin]
    kept = (first_kinds != BLANK) & ((first_kinds != MARK) | (end - begin > 1))
    begin, end = begin[kept], end[kept]
    first = np.searchsorted(begin, np.append(0, ends))
    text = np.repeat(np.arange(len(encoded)), np.diff(first))
    starts = (ends - np.fromiter(map(len, encoded), np.int64, len(encoded)))[text]
    hashes = word_hashes(np.frombuffer(joined.translate(SAME), np.uint8), begin, end - begin)
    return Cut(hashes, begin - starts, end - starts, text, first)


def sieved(candidates: Array) -> Array:
    """Bits that a candidate has for sure, and few others, which are looked up more quickly than it is."""
    sieve = np.zeros(SIEVE, bool)
    sieve[candidates & np.uint64(SIEVE - 1)] = True
    return sieve


def first_places(cut: Cut, n: int, candidates: Array, sieve: Array) -> tuple[Array, Array]:
    """Of each text the first place of each candidate of n words, and which candidate it is."""
    hashes = cut.grams(n)
    at = np.flatnonzero(sieve[hashes & np.uint64(SIEVE - 1)])
    number = np.searchsorted(candidates, hashes[at])
    number[number == len(candidates)] = 0
    same = (candidates[number] == hashes[at]) & cut.whole_at(at, n)
    at, number = at[same], number[same]
    order = np.sort((cut.text[at] * len(candidates) + number) << 32 | at)  # of at most 2 ** 20 pairs
    fresh = np.ones(len(order), bool)
    fresh[1:] = order[1:] >> 32 != order[:-1] >> 32
    pair, at = order[fresh] >> 32, order[fresh] & 0xFFFFFFFF
    return at, pair % max(1, len(candidates))


def sketched(hashes: Array) -> Array:
    """The smallest of a text's hashes under each of SKETCH permutations, which tell how alike two texts are."""
    seeds = np.arange(1, SKETCH + 1, dtype=np.uint64)[:, None] * np.uint64(0x9E3779B97F4A7C15)
    return ((hashes[None] ^ seeds) * np.uint64(0xD6E8FEB86659FD93) >> np.uint64(32)).min(axis=1)


def alike(sketches: Array) -> float:
    """The mean Jaccard similarity of any two texts (n, SKETCH), as far as their sketches tell."""
    n = len(sketches)
    same = [np.unique(column, return_counts=True)[1] for column in sketches.T]
    return float(np.mean([(counts * (counts - 1)).sum() / (n * (n - 1)) for counts in same]))


def _classes() -> bytes:
    marks = [not chr(byte).isalnum() for byte in range(127)]
    kinds = [BLANK if byte < 33 else MARK if byte < 127 and marks[byte] else LETTER for byte in range(256)]
    kinds[0xE3:0xEA] = [ALONE] * 7
    return bytes(kinds)


CLASSES = _classes()
SAME = bytes(ord("0") if byte < 128 and chr(byte).isdigit() else byte for byte in range(256)).lower()
