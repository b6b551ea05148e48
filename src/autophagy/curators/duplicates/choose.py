"""Choice: which rows stay, so that each one that goes is itself like a row that stays."""

from collections.abc import Sequence

import numpy as np

from ...core.samples import Array

STEP = 1 << 20  # pairs that are gone through at a time


def anchored(better: Array, worse: Array, similarity: Array, order: Array) -> tuple[Array, Array, Array]:
    """The rows that go, the row that stays for each, and how similar it is.

    The pairs (k,) number rows; `order` (n,) is the place of each row in the order in which they are taken. A row stays
    unless it makes a pair with a better row that stays: what is like a row that went, but like none that stayed, stays.
    """
    stays = np.ones(len(order), bool)
    flat = bytearray(stays.tobytes())
    by_worse = np.argsort(order[worse], kind="stable")
    for start in range(0, len(by_worse), STEP):
        some = by_worse[start : start + STEP]
        for first, second in zip(better[some].tolist(), worse[some].tolist(), strict=True):
            if flat[first]:  # settled: all pairs in which it is the worse one came before
                flat[second] = 0
    stays = np.frombuffer(flat, bool)
    pairs = np.flatnonzero(stays[better] & ~stays[worse])
    pairs = pairs[np.lexsort((order[better[pairs]], -similarity[pairs], worse[pairs]))]
    rows, first_of_row = np.unique(worse[pairs], return_index=True)
    best = pairs[first_of_row]
    return rows, better[best], similarity[best]


def representatives(heads: Array, places: Sequence[Array]) -> Array:
    """The place in `heads` of the row that stands for each group, for every member.

    `heads` (m,) says which group a member is in; `places` are the columns (m,) by which the first of a group is told,
    the most telling one first.
    """
    order = np.lexsort((*reversed(places), heads))
    sorted_heads = heads[order]
    begin = np.flatnonzero(np.r_[True, sorted_heads[1:] != sorted_heads[:-1]][: len(heads)])
    sizes = np.diff(np.append(begin, len(heads)))
    found = np.empty(len(heads), np.int64)
    found[order] = np.repeat(order[begin], sizes)
    return found
