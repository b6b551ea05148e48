"""Separation: which variables a graph of causes makes independent of each other, given which others."""

from functools import lru_cache
from itertools import combinations

from .graphs import decode

Independence = tuple[int, int, tuple[int, ...]]  # two variables, and those that are given


@lru_cache(maxsize=4096)
def independences(code: int, n: int) -> tuple[Independence, ...]:
    """All the independences that the graph of this bitmask implies: by pair, those of fewer given variables first."""
    parents, children = _neighbours(code, n)
    found = []
    for a, b in combinations(range(n), 2):
        others = [node for node in range(n) if node not in (a, b)]
        for size in range(len(others) + 1):
            for given in combinations(others, size):
                if not connected(a, sum(1 << node for node in given), parents, children) >> b & 1:
                    found.append((a, b, given))
    return tuple(found)


def connected(a: int, given: int, parents: tuple[int, ...], children: tuple[int, ...]) -> int:
    """The variables, as bits, that `a` is d-connected with when those of the bits `given` are known.

    `parents` and `children` hold the bits of each variable's neighbours.

    Ref: Shachter (1998), "Bayes-ball"; Koller and Friedman (2009), algorithm 3.1.
    """
    known = _ancestors(given, parents)  # a collider lets through where it, or what it causes, is given
    up = down = 0  # the variables that were come to from a child, and from a parent
    rising, falling = 1 << a, 0
    while rising or falling:
        up, down = up | rising, down | falling
        above = below = 0
        for node in _bits((rising & ~given) | (falling & known)):
            above |= parents[node]
        for node in _bits((rising | falling) & ~given):
            below |= children[node]
        rising, falling = above & ~up, below & ~down
    return (up | down) & ~given


def _neighbours(code: int, n: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    graph = decode(code, n)
    weights = [1 << node for node in range(n)]
    return tuple(int(x) for x in graph.T @ weights), tuple(int(x) for x in graph @ weights)


def _ancestors(nodes: int, parents: tuple[int, ...]) -> int:
    """The variables of these bits and whatever causes them."""
    while True:
        more = nodes
        for node in _bits(nodes):
            more |= parents[node]
        if more == nodes:
            return nodes
        nodes = more


def _bits(mask: int) -> list[int]:
    return [node for node in range(mask.bit_length()) if mask >> node & 1]
