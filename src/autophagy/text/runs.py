"""Runs of words: texts as numbered words, every run of n words as one number, and where a word stands in its text."""

import hashlib
import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np

from ..core.ragged import Ragged
from ..core.samples import Array
from .chunks import WIDE
from .normalised import ARTICLES, normalised

WORD = re.compile(rf"[{WIDE}]|[^\W{WIDE}]+")
FACTOR = 0x9E3779B97F4A7C15  # an odd multiplier: 2^64 over the golden ratio
COMMON = 24  # characters of a piece between blanks that is likely to come again
MOST = 1 << 18  # pieces that a process remembers, some 40 MB
PUNCTUATION = frozenset(string.punctuation)

Words = tuple[str, ...]


def words(text: str) -> Words:
    """The words in lower case, without ASCII punctuation and articles; curly quotes are straight.

    In scripts that are written without blanks each character is a word.
    """
    return tuple(WORD.findall(normalised(text.replace("’", "'"))))


def places(text: str) -> Array:
    """Where each of the text's words stands (words, 2), from its first character to behind its last."""
    index, lower = [], []  # the characters that words are made of, and the place of each
    for place, character in enumerate(text.replace("’", "'")):
        for small in character.lower():
            if small not in PUNCTUATION:
                index.append(place)
                lower.append(small)
    bare = ARTICLES.sub(lambda found: " " * len(found[0]), "".join(lower))
    ends = [(index[found.start()], index[found.end() - 1] + 1) for found in WORD.finditer(bare)]
    return np.array(ends, np.int64).reshape(-1, 2)


@dataclass(frozen=True)
class Numbered(Ragged):
    """Texts as numbers: `hashes` (w,) uint64 of all their words, of which text i has `bounds[i]` to `bounds[i + 1]`."""

    hashes: Array
    bounds: Array

    def runs(self, size: int, factor: int = FACTOR) -> tuple[Array, Array]:
        """The number of each run of `size` words within one text, and the place (among all words) where it begins.

        Another odd `factor` gives other numbers, which agree by chance where these do as rarely as any two.
        """
        total, done = self.hashes, 1  # the numbers of runs of `done` words
        for bit in f"{size:b}"[1:]:
            total, done = total[:-done] * np.uint64(pow(factor, done, 1 << 64)) + total[done:], 2 * done
            if bit == "1":
                total, done = total[:-1] * np.uint64(factor) + self.hashes[done:], done + 1
        whole = len(total)
        room = np.repeat(self.bounds[1:], self.lengths)[:whole]  # where the text of each word ends
        starts = np.flatnonzero(np.arange(whole) + size <= room)
        return _mixed(total[starts]), starts

    def owners(self, places: Array) -> Array:
        """The text to which each word belongs."""
        return np.searchsorted(self.bounds, places, side="right") - 1


def numbered(texts: Iterable[str], seed: int = 0) -> Numbered:
    """The words of the texts as numbers: equal words have equal ones, and the seed chooses which."""
    memory = _memory(seed)
    # blanks part words for sure, and what stands between two of them comes again and again
    pieces = [[memory[piece] for piece in text.split()] for text in texts]
    flat = [list(chain.from_iterable(piece)) for piece in pieces]
    bounds = np.concatenate([[0], np.cumsum(np.fromiter(map(len, flat), np.int64, len(flat)))])
    return Numbered(np.fromiter(chain.from_iterable(flat), np.uint64, int(bounds[-1])), bounds)


class _Memory(dict[str, tuple[int, ...]]):
    """The numbers of the words of each piece of a text, remembered where it is short."""

    def __init__(self, seed: int) -> None:
        self.key = seed.to_bytes(8, "little", signed=True)

    def __missing__(self, piece: str) -> tuple[int, ...]:
        digests = (
            hashlib.blake2b(word.encode(errors="surrogatepass"), digest_size=8, key=self.key) for word in words(piece)
        )
        found = tuple(int.from_bytes(digest.digest(), "little") for digest in digests)
        if len(piece) <= COMMON and len(self) < MOST:
            self[piece] = found
        return found


@lru_cache(maxsize=2)
def _memory(seed: int) -> _Memory:
    return _Memory(seed)


def _mixed(numbers: Array) -> Array:
    """The numbers with all bits spread over all others (the finalizer of MurmurHash3), one for one."""
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(33))


def common(first: Sequence[object], second: Sequence[object]) -> int:
    """The length of the longest common subsequence of two sequences.

    Ref: Hyyrö (2004), bit-parallel LCS-length computation revisited.
    """
    where: dict[object, int] = {}
    for place, item in enumerate(first):
        where[item] = where.get(item, 0) | 1 << place
    full = row = (1 << len(first)) - 1
    for item in second:
        hit = row & where.get(item, 0)
        row = (row + hit | row - hit) & full
    return len(first) - row.bit_count()
