"""Signatures: the smallest of a text's shingles under each of 110 permutations, and the keys of their 22 bands."""

import numpy as np

from ...core.samples import Array
from ...text.hashing import mixed
from .hashes import Hashed

BANDS, ROWS = 22, 5  # texts of similarity J share a band with 1 - (1 - J^5)^22: .997 at .75, .50 at .5
SEEDS = mixed(np.arange(1, 2 * BANDS * ROWS + 1, dtype=np.uint64))
FACTORS = (SEEDS[::2] >> np.uint64(32)).astype(np.uint32) | np.uint32(1)
TERMS = (SEEDS[1::2] >> np.uint64(32)).astype(np.uint32)
SIDE, ROOM = 128, 1 << 15  # texts side by side, and the numbers of a table that stays in the cache
HIGH = np.uint64(32)


def signatures(texts: Hashed) -> Array:
    """The signatures (110, n) of texts, uint32: min over shingles h of factor * h + term, modulo 2 ** 32.

    Ref: Broder (1997); the affine maps are those of Carter and Wegman (1979), on 32 bits of a mixed hash.
    """
    values = (texts.shingles >> HIGH).astype(np.uint32)
    order = np.argsort(texts.counts, kind="stable")
    sizes = texts.counts[order]
    found = np.empty((BANDS * ROWS, len(order)), np.uint32)
    at = 0
    while at < len(order):  # texts of about the same size side by side
        end = min(at + SIDE, int(np.searchsorted(sizes, sizes[at] * 1.2 + 4, side="right")))
        rows = order[at:end]
        found[:, rows] = _smallest(values, texts.starts[rows], texts.counts[rows])
        at = end
    return found


def _smallest(values: Array, starts: Array, counts: Array) -> Array:
    """The signatures (110, k) of k texts."""
    smallest = np.full((BANDS * ROWS, len(starts)), 2**32 - 1, np.uint32)
    height = max(1, ROOM // len(starts))
    for begin in range(0, int(counts.max()), height):
        places = np.minimum(np.arange(begin, min(begin + height, int(counts.max())))[:, None], counts - 1)
        table = values[starts + places]  # (height, k): a text that has no more repeats its last one
        image = np.empty_like(table)
        for row, (factor, term) in enumerate(zip(FACTORS, TERMS, strict=True)):
            np.multiply(table, factor, out=image)
            np.add(image, term, out=image)
            np.minimum(smallest[row], image.min(axis=0), out=smallest[row])
    return smallest


def keys(found: Array) -> Array:
    """The keys (22, n) of the bands of signatures (110, n): uint64, equal where five smallest shingles are."""
    x = np.arange(1, BANDS + 1, dtype=np.uint64)[:, None]
    for row in range(ROWS):
        x = mixed(x ^ found[row::ROWS].astype(np.uint64))
    return x
