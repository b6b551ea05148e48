"""Graphs of causes: directed graphs without circles, many at a time, as arrays and as bitmasks."""

from functools import cache
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

Graphs = NDArray[np.bool_]  # (..., n, n), true at [i, j] where an arrow leads from i to j
Codes = NDArray[np.int64]  # a graph as one number: bit n * i + j is the arrow from i to j


def encode(graphs: Graphs) -> Codes:
    """The bitmask of each graph (..., n, n), of at most 7 variables."""
    n = graphs.shape[-1]
    return np.asarray(graphs.reshape(*graphs.shape[:-2], n * n) @ (1 << np.arange(n * n, dtype=np.int64)))


def decode(codes: Codes | int, n: int) -> Graphs:
    """The graphs (..., n, n) of these bitmasks."""
    bits = np.asarray(codes, np.int64)[..., None] >> np.arange(n * n) & 1
    return np.asarray(bits.reshape(*bits.shape[:-1], n, n), bool)


@cache
def ascending(n: int) -> Graphs:
    """Every graph whose arrows all lead from a lower variable to a higher one, (2^(n(n-1)/2), n, n).

    Every graph without circles is one of them once its variables are renamed.
    """
    pairs = list(combinations(range(n), 2))
    graphs = np.zeros((1 << len(pairs), n, n), bool)
    for bit, (i, j) in enumerate(pairs):
        graphs[:, i, j] = np.arange(len(graphs)) >> bit & 1
    return graphs


@cache
def orders(n: int) -> Graphs:
    """Every order of the variables, (n!, n, n): true at [i, j] where i comes before j."""
    ranks = np.argsort(list(permutations(range(n))), axis=1)
    return np.asarray(ranks[:, :, None] < ranks[:, None, :])


def skeleton(graphs: Graphs) -> Graphs:
    """The pairs that an arrow joins, whichever way, (..., n, n)."""
    return graphs | turned(graphs)


def turned(graphs: Graphs) -> Graphs:
    """Every arrow the other way round, (..., n, n)."""
    return np.asarray(graphs.swapaxes(-1, -2))


def closure(graphs: Graphs) -> Graphs:
    """True at [i, j] where a chain of arrows leads from i to j, (..., n, n)."""
    reach = graphs.copy()
    for k in range(graphs.shape[-1]):
        reach |= reach[..., :, k, None] & reach[..., None, k, :]
    return reach


def is_acyclic(graphs: Graphs) -> NDArray[np.bool_]:
    """Whether no chain of arrows leads back to where it began, (...)."""
    return np.asarray(~np.diagonal(closure(graphs), axis1=-2, axis2=-1).any(axis=-1))
