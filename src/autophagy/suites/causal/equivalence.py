"""Equivalence: graphs that the same observations fit, and their classes up to the names of the variables.

Two graphs imply the same independences exactly where they join the same pairs and have the same v-structures: arrows
from two variables, which no arrow joins, into a third.

Ref: Verma and Pearl (1990), "Equivalence and synthesis of causal models".
"""

import math
from collections.abc import Sequence
from functools import cache
from itertools import combinations, permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .graphs import Codes, Graphs, ascending, decode, encode, orders, skeleton


class Kinds(NamedTuple):
    """Things of n variables up to renaming: one graph of each (kinds, n, n), and how many names each has (kinds,)."""

    graphs: Graphs
    labelled: Codes


@cache
def classes(n: int) -> Kinds:
    """The Markov equivalence classes of n variables, each once whatever the names."""
    return _kinds(n, v_structures(ascending(n)), _triples(n))


@cache
def dags(n: int) -> Kinds:
    """The graphs of n variables without circles, each once whatever the names."""
    arrows = list(permutations(range(n), 2))
    start, end = np.array(arrows).T
    return _kinds(n, ascending(n)[:, start, end], arrows)


def members(graph: Graphs) -> Graphs:
    """All graphs that the observations of this one (n, n) fit, itself among them, (members, n, n).

    Each of them points the joined pairs along some order of the variables: those with the same v-structures stay.
    """
    along = orders(len(graph)) & skeleton(graph)
    same = (v_structures(along) == v_structures(graph)).all(axis=-1)
    return decode(np.unique(encode(along[same])), len(graph))


def v_structures(graphs: Graphs) -> NDArray[np.bool_]:
    """Which triples a, b, c (a before b) have arrows from a and b into c and none between a and b, (..., triples)."""
    a, b, c = np.array(_triples(graphs.shape[-1]), int).reshape(-1, 3).T
    return np.asarray(graphs[..., a, c] & graphs[..., b, c] & ~skeleton(graphs)[..., a, b])


@cache
def _triples(n: int) -> Sequence[tuple[int, ...]]:
    return [(a, b, c) for a, b in combinations(range(n), 2) for c in range(n) if c not in (a, b)]


def _kinds(n: int, details: NDArray[np.bool_], tuples: Sequence[tuple[int, ...]]) -> Kinds:
    """The ascending graphs up to renaming, the same where the joined pairs and the details of `tuples` are.

    Of all names a kind gets those whose joined pairs are the least as a bitmask, the pair (0, 1) the lowest bit, and
    then whose details come first. The choice is arbitrary: no gold answer depends on it, but counts by relation do.
    """
    graphs = ascending(n)  # the place of each is the bitmask of its joined pairs
    weights = {each: 1 << bit for bit, each in enumerate(reversed(tuples))}
    weights |= {(b, a, c): weights[a, b, c] for a, b, *more in tuples for c in more}  # of a triple, which is the same
    least = np.minimum.reduce([_renamed_pairs(p) for p in permutations(range(n))])
    best, symmetries, named = np.full(len(graphs), -1), np.zeros(len(graphs), int), graphs.copy()
    for p in permutations(range(n)):
        rows = np.flatnonzero(_renamed_pairs(p) == least)
        keys = details[rows] @ np.array([weights[tuple(p[node] for node in each)] for each in tuples], np.int64)
        wins, ties = keys > best[rows], keys == best[rows]
        symmetries[rows] = np.where(wins, 1, symmetries[rows] + ties)
        won, old = rows[wins], np.argsort(p)  # the variable that has each name
        best[won], named[won] = keys[wins], graphs[won][:, old][:, :, old]
    first = np.unique(np.stack([least, best]), axis=1, return_index=True)[1]
    return Kinds(named[first], math.factorial(n) // symmetries[first])


def _renamed_pairs(names: tuple[int, ...]) -> Codes:
    """What each bitmask of joined pairs becomes when the variables get these names."""
    pairs = list(combinations(range(len(names)), 2))
    codes = np.zeros(1, np.int64)
    for a, b in pairs:
        bit = pairs.index((min(names[a], names[b]), max(names[a], names[b])))
        codes = np.concatenate([codes, codes | 1 << bit])
    return codes
