"""Verification: the exact Jaccard index of pairs of texts, over the sets of their word 5-grams."""

import numpy as np

from ...core.chunked import Facts
from ...core.samples import Array
from . import kernels
from .hashes import Hashed
from .sets import Sets, ragged

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


def jaccard(job: tuple[Array, Array], kept: Sets, compiled: bool) -> Facts:
    """The Jaccard index (k,) of k pairs, of whose sets the job has the starts (2, k) and the sizes (2, k)."""
    starts, sizes = job
    held, parts = kept.open(), [np.empty(0, np.int64)]
    for at in range(0, starts.shape[1], TOGETHER):
        size = sizes[:, at : at + TOGETHER]
        shingles = kept.take(held, starts[:, at : at + TOGETHER].reshape(-1), size.reshape(-1))
        parts.append((kernels.shared if compiled else shared)(shingles, size))
    both = np.concatenate(parts)
    return {"jaccard": both / (sizes.sum(axis=0) - both)}


def shared(shingles: Array, sizes: Array) -> Array:
    """How many shingles both sets of each pair have: all first sets, then all second ones, of the sizes (2, k)."""
    pair = np.arange(sizes.shape[1], dtype=np.uint64)
    owner = np.repeat(np.concatenate([pair, pair]), sizes.reshape(-1))
    marked = np.sort(owner << BITS | shingles)
    both = marked[1:][marked[1:] == marked[:-1]] >> BITS
    return np.bincount(both.astype(np.int64), minlength=len(pair))
