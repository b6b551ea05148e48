"""Near: the class of graphs that is most like another and gives a hypothesis another gold answer."""

from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from .equivalence import members, v_structures
from .graphs import Codes, Graphs, decode, encode, is_acyclic, skeleton
from .relations import RELATIONS, golds
from .separation import independences


def nearest_other(code: int, n: int, relation: str, a: int, b: int) -> int | None:
    """The graph nearest to this one by whose observations the hypothesis has another gold; None where there is none.

    Nearest is the class that the fewest changes of one arrow (added, taken away or turned) lead to from any graph of
    the class; of several, the one whose observed independences differ least, and then the one of the lowest bitmask.
    """
    place = (RELATIONS.index(relation), a, b)
    gold = _golds(code, n)[place]
    seen, edge = {_first(code, n)}, [_first(code, n)]
    while edge:
        edge = sorted({each for known in edge for each in _neighbours(known, n)} - seen)
        seen |= set(edge)
        other = [each for each in edge if _golds(each, n)[place] != gold]
        if other:
            own = set(independences(code, n))
            return min(other, key=lambda each: (len(own ^ set(independences(each, n))), each))
    return None


@lru_cache(maxsize=4096)
def _golds(code: int, n: int) -> NDArray[np.int8]:
    return golds(members(decode(code, n)))


@lru_cache(maxsize=4096)
def _first(code: int, n: int) -> int:
    """The lowest bitmask among the graphs of a class."""
    return int(encode(members(decode(code, n))[0]))


@lru_cache(maxsize=4096)
def _neighbours(code: int, n: int) -> tuple[int, ...]:
    """The first graph of every class that has a graph one arrow away from one of this class."""
    graphs = _changed(members(decode(code, n)))
    keys = np.concatenate([skeleton(graphs).reshape(len(graphs), -1), v_structures(graphs)], axis=1)
    places = np.unique(np.packbits(keys, axis=1), axis=0, return_index=True)[1]
    return tuple(_first(int(each), n) for each in encode(graphs[places]))


def _changed(graphs: Graphs) -> Graphs:
    """All graphs without circles that one arrow turns these into: added, taken away or turned."""
    made: list[Codes] = []
    for i, j in combinations(range(graphs.shape[-1]), 2):
        for forth, back in ((False, False), (True, False), (False, True)):
            changed = graphs.copy()
            changed[:, i, j], changed[:, j, i] = forth, back
            made.append(encode(changed[is_acyclic(changed)]))
    return decode(np.unique(np.concatenate(made)), graphs.shape[-1])
