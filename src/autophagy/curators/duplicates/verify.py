"""Verification: the exact Jaccard index of pairs of texts, over the sets of their word 5-grams."""

from typing import Any

import numpy as np

from ...core.chunked import Facts
from ...core.samples import Array
from .hashes import Hashed
from .kept import Kept

BITS = np.uint64(56)  # of a shingle's hash; the other 8 say which of 256 texts or pairs it belongs to
TOGETHER = 256  # texts or pairs at a time: what 8 bits can number


def sets(texts: Hashed, rows: Array) -> tuple[Array, Array]:
    """The sets of shingles of some of the texts, one after the other, each sorted, and the size of each."""
    found, sizes = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        owner = np.repeat(np.arange(len(some), dtype=np.uint64), texts.counts[some])
        values = texts.shingles[ragged(texts.starts[some], texts.counts[some])]
        marked = np.sort(owner << BITS | values >> np.uint64(8))
        first = np.ones(len(marked), bool)
        first[1:] = marked[1:] != marked[:-1]
        marked = marked[first]
        sizes.append(np.bincount((marked >> BITS).astype(np.int64), minlength=len(some)))
        found.append(marked & ((np.uint64(1) << BITS) - np.uint64(1)))
    return np.concatenate(found), np.concatenate(sizes)


def jaccard(job: tuple[Any, ...]) -> Facts:
    """The Jaccard index (k,) of k pairs: the job is where the sets are, and starts (2, k) and sizes (2, k) in it."""
    kept, starts, sizes = job
    held = kept.open() if isinstance(kept, Kept) else kept
    found = np.zeros(starts.shape[1])
    for at in range(0, len(found), TOGETHER):
        start, size = starts[:, at : at + TOGETHER], sizes[:, at : at + TOGETHER]
        pair = np.arange(start.shape[1], dtype=np.uint64)
        owner = np.repeat(np.concatenate([pair, pair]), size.reshape(-1))
        marked = np.sort(owner << BITS | held[ragged(start.reshape(-1), size.reshape(-1))])
        both = marked[1:][marked[1:] == marked[:-1]] >> BITS  # the pair of each shingle that is in both sets
        shared = np.bincount(both.astype(np.int64), minlength=len(pair))
        found[at : at + len(pair)] = shared / (size.sum(axis=0) - shared)
    return {"jaccard": found}


def ragged(starts: Array, sizes: Array) -> Array:
    """The places start, start + 1, ... start + size - 1 of every pair of a start and a size, one after the other."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)
