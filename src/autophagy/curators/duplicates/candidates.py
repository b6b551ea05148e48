"""Candidates: rows that have the same words, and pairs of rows that agree in a band."""

import numpy as np

from ...core.chunked import Facts
from ...core.samples import Array
from .kept import Kept
from .runs import distinct, runs
from .shards import Shard

WIDE, LEADERS = 32, 8  # a bucket of more rows is compared with its first ones, not all with all


def same(shard: Shard) -> Facts:
    """The rows of a shard that share both halves of their digest with another, and the last row of each such group."""
    key, row, other = few(*shard.records())
    order = np.lexsort((row, other, key))
    key, row, other = key[order], row[order], other[order]
    number = runs((key[1:] == key[:-1]) & (other[1:] == other[:-1]), len(key))
    sizes = np.bincount(number)
    last = (np.cumsum(sizes) - 1)[number]
    many = sizes[number] > 1
    return {"row": row[many].astype(np.int64), "head": row[last[many]].astype(np.int64)}


def alike(shard: Shard, own: int, total: int, copies: Kept) -> Facts:
    """The pairs of rows of a shard, no copies, that agree in a band, each as better * total + worse.

    A row is better than another where its rank is less; the rows from number `own` on are the reference, which are
    better than all others and make no pairs among themselves. All rows of a bucket are compared, or, where there are
    more than 32, each of them with the eight best of either kind, so that the pairs grow as the rows do.
    """
    key, rows, rank = few(*shard.records(copies))
    order = np.lexsort((rows, rank, key))
    key, rows, at = key[order], rows[order], np.arange(len(order))
    number = runs(key[1:] == key[:-1], len(key))
    sizes = np.bincount(number)
    size, begin = sizes[number], (np.cumsum(sizes) - sizes)[number]
    known = np.bincount(number, rows >= own).astype(np.int64)[number]  # reference rows of the bucket, which come first
    batch = np.uint64(own)
    packed = [np.empty(0, np.uint64)]

    def compare(better: Array, worse: Array) -> None:
        new = rows[worse] < batch
        packed.append(rows[better[new]] * np.uint64(total) + rows[worse[new]])

    for step in range(1, min(WIDE, int(size.max(initial=1)))):
        later = np.flatnonzero((size <= WIDE) & (at - begin >= step))
        compare(later - step, later)
    for place in range(LEADERS if (size > WIDE).any() else 0):
        for lead in (np.where(place < known, begin + place, at), begin + known + place):
            later = np.flatnonzero((size > WIDE) & (at > lead))
            compare(lead[later], later)
    return {"pair": distinct(np.concatenate(packed))}


def few(key: Array, row: Array, other: Array) -> tuple[Array, Array, Array]:
    """The records whose key may occur more than once: all that do, and hardly another."""
    # the first bits of the key before the place of the record, sorted as one number: quicker than an argsort
    bits = np.uint64(max(1, len(key).bit_length()))
    packed = np.sort((key >> bits << bits) | np.arange(len(key), dtype=np.uint64))
    equal = packed[1:] >> bits == packed[:-1] >> bits
    mask = np.zeros(len(key), bool)
    places = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    mask[places[1:][equal]] = True
    mask[places[:-1][equal]] = True
    return key[mask], row[mask], other[mask]
