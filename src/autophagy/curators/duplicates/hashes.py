"""Hashes: the word 5-grams of texts as numbers of 64 bits, and the sequence of all words as one of 128.

A word is cut into pieces of 8 bytes; its hash is the sum of piece i times ODD ** i, mixed (the finaliser of MurmurHash3
in 64 bits, Appleby 2011). A 5-gram is its words folded together and mixed. Two 5-grams of a million documents share a
hash by chance with a probability of about 1 in 10 ** 13 a pair of documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from ...core.samples import Array
from .words import word_bytes

N = 5  # words of a shingle
ODD, FOLD, OTHER = (np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xC2B2AE3D27D4EB4F))
MIX1, MIX2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S29, S31, S32 = np.uint64(29), np.uint64(31), np.uint64(32)
MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)  # of the first bytes of a piece
PAGE = 1 << 16  # powers in a table


@dataclass(frozen=True)
class Hashed:
    """Texts as hashes: text i has the 5-grams `shingles[starts[i] : starts[i] + counts[i]]`, at least one.

    `digests` (n, 2) are equal where the words are the same in the same order; `words` (n,) says how many there are. A
    text of fewer than 5 words is one shingle. One without words is its own, equal to equal texts only.
    """

    shingles: Array
    starts: Array
    counts: Array
    digests: Array
    words: Array


def mixed(x: Array) -> Array:
    """64 bits, each of which depends on all bits of x."""
    x = (x ^ (x >> S32)) * MIX1
    x = (x ^ (x >> S29)) * MIX2
    return x ^ (x >> S31)


def hashed(texts: Sequence[str]) -> Hashed:
    """The hashes of texts, by NumPy."""
    data, starts = word_bytes(texts)
    inside = data != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1  # where words begin and end, in turn
    begin, end = edges[::2], edges[1::2]
    words = _word_hashes(data, begin, end - begin)
    first = np.searchsorted(begin, starts)  # (n + 1,) the first word of each text
    counts = np.diff(first)
    return with_wordless(
        texts, _shingles(words, first[:-1], counts), first[:-1], counts, _digests(words, first, counts)
    )


def with_wordless(texts: Sequence[str], shingles: Array, starts: Array, words: Array, digests: Array) -> Hashed:
    """All that is known of the texts, once those without a word have a shingle of their own behind the others."""
    bare = np.flatnonzero(words == 0)
    if not len(bare):
        return Hashed(shingles, starts, np.maximum(words - N + 1, 1), digests, words)
    raw = [blake2b(texts[row].encode("utf-8", "surrogatepass"), digest_size=16).digest() for row in bare.tolist()]
    own = np.frombuffer(b"".join(raw), np.uint64).reshape(-1, 2)
    digests[bare] = own
    starts = starts.copy()
    starts[bare] = len(shingles) + np.arange(len(bare))
    return Hashed(np.concatenate([shingles, own[:, 0]]), starts, np.maximum(words - N + 1, 1), digests, words)


def _word_hashes(data: Array, begin: Array, length: Array) -> Array:
    """The hash of each word, which begins and is so long."""
    piece = pieces(data)
    total = piece[begin] & MASKS[np.minimum(length, 8)]
    long = np.flatnonzero(length > 8)
    for at in range(8, 64, 8):
        cell = piece[begin[long] + at] & MASKS[np.minimum(length[long] - at, 8)]
        total[long] += cell * powers(int(ODD), 8)[at // 8]
        long = long[length[long] > at + 8]
    for row in long.tolist():
        spell = data[begin[row] : begin[row] + length[row]]
        cells = np.frombuffer(spell.tobytes() + bytes(-len(spell) % 8), "<u8")
        total[row] = (cells * powers(int(ODD), len(cells))).sum()
    return mixed(total)


def pieces(data: Array) -> Array:
    """The 8 bytes from each place on, as one number."""
    return np.ndarray((max(0, len(data) - 7),), "<u8", data, strides=(1,))


def _shingles(words: Array, first: Array, counts: Array) -> Array:
    """The 5-gram that begins at each word, as far as it lies in one text; a short text's only one at its first word."""
    m = max(0, len(words) - N + 1)
    x = np.zeros(len(words), np.uint64)
    x[:m] = words[:m]
    for k in range(1, N):
        x[:m] *= FOLD
        x[:m] ^= words[k : m + k]
    short = np.flatnonzero((counts > 0) & (counts < N))
    x[first[short]] = words[first[short]]
    for k in range(1, N - 1):
        short = short[counts[short] > k]
        x[first[short]] = x[first[short]] * FOLD ^ words[first[short] + k]
    return mixed(x)


def _digests(words: Array, first: Array, counts: Array) -> Array:
    """Two sums (n, 2) over the words of each text, each word times a power of its place."""
    digests = np.zeros((len(counts), 2), np.uint64)
    some = np.flatnonzero(counts)
    if len(some):
        begin = first[:-1][some]
        for column, (odd, values) in enumerate(((int(FOLD), words), (int(OTHER), words ^ (words >> S32)))):
            sums = np.add.reduceat(values * powers(odd, len(words)), begin)
            digests[some, column] = mixed(sums * powers(pow(odd, -1, 1 << 64), int(begin[-1]) + 1)[begin])
    return digests


def powers(odd: int, count: int) -> Array:
    """odd ** i, modulo 2 ** 64, for i below count."""
    table = _page(odd)
    if count <= PAGE:
        return table[:count]
    steps = np.array([pow(odd, PAGE * page, 1 << 64) for page in range(-(-count // PAGE))], np.uint64)
    return (steps[:, None] * table).reshape(-1)[:count]


@lru_cache(maxsize=8)
def _page(odd: int) -> Array:
    table = np.full(PAGE, odd, np.uint64)
    table[0] = 1
    return np.cumprod(table)
