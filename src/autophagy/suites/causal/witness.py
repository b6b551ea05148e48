"""Witness: graphs that prove the gold answer of a causal question."""

import re
from typing import NamedTuple

import numpy as np

from ...core.errors import UsageError
from .equivalence import members
from .graphs import Graphs, decode
from .relations import RELATIONS, related

# the id of a causal item, which holds what its graph is made again from
ID = re.compile(r"causal/(\d)/(\w+)/([0-9a-f]+)-(\d)(\d)-([A-Z]+)(?:/[\w]+(?:-miss-([0-9a-f]+))?)?")


class Witness(NamedTuple):
    """A graph that fits what is observed and in which the hypothesis holds, and one in which it fails; "" for none.

    Arrows are told as "A -> B, C -> B", by the letters of the original. `graphs` counts those that fit, `holding` those
    in which it holds.
    """

    holds: str
    fails: str
    graphs: int
    holding: int


def witness(question: str) -> Witness:
    """The proof of a question's gold answer, by its id: of an undetermined hypothesis two graphs that disagree.

    Names, wordings and variables without arrows change nothing: the proof of a twin is in the original's letters.
    """
    found = ID.fullmatch(question)
    if not found or found[2] not in RELATIONS:
        raise UsageError(f"{question!r} is no id of a question of the suite causal: take it from a question's id.")
    n, relation, a, b, names = int(found[1]), found[2], int(found[4]), int(found[5]), found[6]
    graphs = members(decode(int(found[7] or found[3], 16), n))
    holds = related(graphs)[:, RELATIONS.index(relation), a, b]
    told = [_arrows(graphs[np.flatnonzero(holds == truth)[:1]], names) for truth in (True, False)]
    return Witness(told[0], told[1], len(graphs), int(holds.sum()))


def _arrows(graphs: Graphs, names: str) -> str:
    """The arrows of the first of these graphs; "no arrow" where it has none, "" without a graph."""
    if not len(graphs):
        return ""
    arrows = sorted(f"{names[i]} -> {names[j]}" for i, j in zip(*np.nonzero(graphs[0]), strict=True))
    return ", ".join(arrows) or "no arrow"
