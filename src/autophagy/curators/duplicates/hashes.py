"""Hashes: the word 5-grams of texts as numbers of 64 bits, and the sequence of all words as one of 128.

A 5-gram is the hashes of its words (see text.hashing) folded together and mixed. Two 5-grams of a million documents
share a hash by chance with a probability of about 1 in 10 ** 13 a pair of documents.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from ...core.encoded import Encoded
from ...core.samples import Array
from ...text.hashing import S32, mixed, powers, word_hashes
from .words import word_bytes

N = 5  # words of a shingle
FOLD, OTHER = (np.uint64(odd) for odd in (0xD6E8FEB86659FD93, 0xC2B2AE3D27D4EB4F))


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


def hashed(texts: Encoded) -> Hashed:
    """The hashes of texts, by NumPy."""
    data, starts = word_bytes(texts)
    inside = data != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1  # where words begin and end, in turn
    begin, end = edges[::2], edges[1::2]
    words = word_hashes(data, begin, end - begin)
    first = np.searchsorted(begin, starts)  # (n + 1,) the first word of each text
    counts = np.diff(first)
    return with_wordless(
        texts, _shingles(words, first[:-1], counts), first[:-1], counts, _digests(words, first, counts)
    )


def with_wordless(texts: Encoded, shingles: Array, starts: Array, words: Array, digests: Array) -> Hashed:
    """All that is known of the texts, once those without a word have a shingle of their own behind the others."""
    bare = np.flatnonzero(words == 0)
    if not len(bare):
        return Hashed(shingles, starts, np.maximum(words - N + 1, 1), digests, words)
    raw = [blake2b(texts.raw(row), digest_size=16).digest() for row in bare.tolist()]
    own = np.frombuffer(b"".join(raw), np.uint64).reshape(-1, 2)
    digests[bare] = own
    starts = starts.copy()
    starts[bare] = len(shingles) + np.arange(len(bare))
    return Hashed(np.concatenate([shingles, own[:, 0]]), starts, np.maximum(words - N + 1, 1), digests, words)


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
