"""Relations: what two variables of a graph of causes can be to each other, and in how many graphs of a class they are.

A chain of arrows passes through no variable twice, and the two chains of a collider or a confounder share its variable
alone: neither passes through the other's beginning.

Ref: Jin et al. (2023), "Can large language models infer causation from correlation?", section 3, for the six relations.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .equivalence import classes, members
from .graphs import Codes, Graphs, closure, turned

RELATIONS = ("parent", "child", "ancestor", "descendant", "collider", "confounder")
MIRRORED = {"parent": "child", "child": "parent", "ancestor": "descendant", "descendant": "ancestor"}
GOLDS = ("contradicted", "undetermined", "entailed")


class Tables(NamedTuple):
    """The classes of n variables, and the gold of every hypothesis: its place in GOLDS, (classes, relations, n, n)."""

    graphs: Graphs
    golds: NDArray[np.int8]


def related(graphs: Graphs) -> Graphs:
    """Which relation each two variables i, j have, (..., relations, n, n): "j is a child of i" is at [child, j, i].

    parent: an arrow leads from i to j. ancestor: a chain of two arrows or more does, whether or not one arrow does too.
    collider: chains of arrows lead from i and from j to a third variable. confounder: they lead from it to i and to j.
    """
    n = graphs.shape[-1]
    reach = closure(graphs)
    ancestor = np.asarray((graphs[..., :, :, None] & reach[..., None, :, :]).any(axis=-2))
    # (..., v, i, j): chains from i to j that avoid v
    around = np.stack([closure(_without(graphs, v)) for v in range(n)], axis=-3)
    # from i around j, and from j around i, to c; the first variable that both chains have is the collider
    to = np.einsum("...jic,...ijc->...ij", around, around)
    of = np.einsum("...jci,...icj->...ij", around, around)
    apart = ~np.eye(n, dtype=bool)
    return np.stack([graphs, turned(graphs), ancestor, turned(ancestor), to & apart, of & apart], axis=-3)


def golds(graphs: Graphs) -> NDArray[np.int8]:
    """The gold of every hypothesis on the graphs of a class (members, n, n): its place in GOLDS, (relations, n, n)."""
    held = related(graphs)
    return np.asarray(held.any(axis=0).astype(np.int8) + held.all(axis=0))


@cache
def tables(n: int) -> Tables:
    """The classes of n variables with all their gold answers."""
    graphs = classes(n).graphs
    return Tables(graphs, np.stack([golds(members(graph)) for graph in graphs]))


def counts(n: int) -> Codes:
    """How many hypotheses have each gold, by relation, (relations, golds): those of each class on i < j."""
    above = tables(n).golds[:, :, *np.triu_indices(n, 1)]
    return np.stack([(above == gold).sum(axis=(0, 2)) for gold in range(len(GOLDS))], axis=1)


def _without(graphs: Graphs, variable: int) -> Graphs:
    others = np.arange(graphs.shape[-1]) != variable
    return graphs & others & others[:, None]
