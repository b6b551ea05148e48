"""The same hashes and signatures by compiled code, where Numba is installed: three times as fast, and equal."""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from ...core.encoded import Encoded
from ...core.samples import Array
from ...text.hashing import MIX1, MIX2, ODD, S29, S31, S32, mixed, pieces
from .hashes import FOLD, OTHER, Hashed, N, with_wordless
from .signature import BANDS, FACTORS, HIGH, ROWS, TERMS
from .words import TABLE, word_bytes

NONE, ONE, S7, S61 = np.uint64(0), np.uint64(1), np.uint64(7), np.uint64(61)
LOW, TOP = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)  # the lowest and the highest bit of each byte
PLACES = np.uint64(
    sum(place << 61 - 8 * place for place in range(8))
)  # times 2 ** (8 * place): place in the first bits
LEAST = 30_000  # texts: for fewer, loading the compiled code takes longer than it saves


def worthwhile(texts: int) -> bool:
    """Whether the compiled code is there and saves time on so many texts."""
    return texts >= LEAST and find_spec("numba") is not None


def hashed(texts: Encoded) -> Hashed:
    """The hashes of texts."""
    data, starts = word_bytes(texts, _looked_up)
    words = np.empty(len(data) // 2 + 1, np.uint64)
    counts = np.empty(len(texts), np.int64)
    digests = np.empty((len(texts), 2), np.uint64)
    total = _compiled(_words)(data, pieces(data), starts, words, counts, digests)
    first = np.cumsum(counts) - counts
    shingles = np.empty(total, np.uint64)
    _compiled(_shingles)(words, first, counts, shingles)
    return with_wordless(texts, shingles, first, counts, mixed(digests))


def _looked_up(texts: Encoded, starts: Array) -> Array:
    """What `translated` gives, in a quarter of its time, and other threads may work meanwhile."""
    found = np.empty(starts[-1] + 8, np.uint8)
    _compiled(_look_up)(_fixed(texts.data), _fixed(texts.ends), starts, np.frombuffer(TABLE, np.uint8), found)
    return found


def _fixed(array: Array) -> Array:
    """An array that nobody writes to by this name: for one that somebody may, Numba compiles the code once more."""
    array = array.view()
    array.flags.writeable = False
    return array


def signatures(texts: Hashed) -> Array:
    """The signatures (110, n) of texts."""
    found = np.empty((len(texts.starts), BANDS * ROWS), np.uint32)
    values = (texts.shingles >> HIGH).astype(np.uint32)
    _compiled(_smallest)(values, texts.starts, texts.counts, FACTORS, TERMS, found)
    return found.T


def shared(shingles: Array, sizes: Array) -> Array:
    """How many shingles both sets of each pair have (see verify.shared): sorted sets are merged."""
    starts = (np.cumsum(sizes) - sizes.reshape(-1)).reshape(2, -1)
    found = np.zeros(sizes.shape[1], np.int64)
    _compiled(_merge)(shingles, starts, np.ascontiguousarray(sizes), found)
    return found


@cache
def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    try:
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder that the compiled code could be kept in
        return numba.njit(nogil=True)(function)


def _look_up(data: Array, ends: Array, starts: Array, table: Array, found: Array) -> None:
    """Write what each byte is in the table, and a zero before and behind every text, eight more behind the last."""
    found[0] = 0
    for text in range(ends.size - 1):
        some = data[ends[text] : ends[text + 1]]
        becomes = found[starts[text] :]
        for at in range(some.size):
            becomes[at] = table[some[at]]
        becomes[some.size] = 0
    found[starts[-1] :] = 0


def _words(data: Array, pieces: Array, starts: Array, words: Array, counts: Array, digests: Array) -> int:
    """Write the hash of every word and the digest of every text; the number of words.

    `pieces` are the eight bytes from each place on. The lowest zero among them is found in a few steps (Warren, 2012,
    Hacker's Delight, section 6-1): `under` has one bit, the lowest one of that byte.
    """
    total = 0
    for text in range(starts.size - 1):
        before, one, two, place, other = total, NONE, NONE, ONE, ONE
        at, end = starts[text], starts[text + 1]
        while at < end:
            if data[at] == 0:
                at += 1
                continue
            x, power = NONE, ONE
            while True:
                piece = pieces[at]
                zero = (piece - LOW) & ~piece & TOP
                if zero:
                    break
                x += piece * power
                power *= ODD
                at += 8
            under = (zero & (NONE - zero)) >> S7
            x += (piece & (under - ONE)) * power
            at += np.int64((under * PLACES) >> S61) + 1
            x = (x ^ (x >> S32)) * MIX1
            x = (x ^ (x >> S29)) * MIX2
            x = x ^ (x >> S31)
            words[total] = x
            total += 1
            one += x * place
            place *= FOLD
            two += (x ^ (x >> S32)) * other
            other *= OTHER
        counts[text] = total - before
        digests[text, 0], digests[text, 1] = one, two
    return total


def _shingles(words: Array, first: Array, counts: Array, shingles: Array) -> None:
    """Write the 5-gram that begins at each word."""
    for text in range(first.size):
        size = min(N, counts[text])
        for at in range(first[text], first[text] + counts[text] - size + (size > 0)):
            x = words[at]
            for k in range(1, size):
                x = x * FOLD ^ words[at + k]
            x = (x ^ (x >> S32)) * MIX1
            x = (x ^ (x >> S29)) * MIX2
            shingles[at] = x ^ (x >> S31)


def _smallest(values: Array, starts: Array, counts: Array, factors: Array, terms: Array, found: Array) -> None:
    """Write the signature (n, 110) of every text."""
    for text in range(starts.size):
        for row in range(factors.size):
            found[text, row] = np.uint32(0xFFFFFFFF)
        for at in range(starts[text], starts[text] + counts[text]):
            for row in range(factors.size):
                found[text, row] = min(found[text, row], np.uint32(values[at] * factors[row] + terms[row]))


def _merge(shingles: Array, starts: Array, sizes: Array, found: Array) -> None:
    """Count what both sorted sets of each pair have."""
    for pair in range(found.size):
        first = shingles[starts[0, pair] : starts[0, pair] + sizes[0, pair]]
        second = shingles[starts[1, pair] : starts[1, pair] + sizes[1, pair]]
        one = other = both = 0
        while one < first.size and other < second.size:
            a, b = first[one], second[other]
            both += a == b
            one += a <= b
            other += b <= a
        found[pair] = both
