"""Twins: whether an answer that is right stays right when the question is told otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .intervals import Score
from .paired import UNKNOWN, mean
from .significance import mcnemar


@dataclass(frozen=True, slots=True)
class Survival:
    """How twins fare beside their originals.

    `share` is that of the originals answered rightly whose twin is too. `lost` pairs have only the original right,
    `gained` only the twin; `p` is the exact two-sided sign test that both are as likely. `pairs` counts all of them.
    """

    share: Score
    pairs: int
    lost: int
    gained: int
    p: float


def survival(original: ArrayLike, twin: ArrayLike, clusters: ArrayLike | None = None) -> Survival:
    """Whether what is right of originals is right of their twins, both (pairs,): 1 right, 0 wrong, NaN unknown.

    `clusters` (pairs,) names the question of each pair, where several answers were given to one; the sign test takes
    each pair as independent. Pairs with an unknown mark are left out.

    Ref: Jin et al. (2023), section 5, for the perturbations; Arbuthnot (1710) for the sign test.
    """
    x, y = np.asarray(original, np.float64), np.asarray(twin, np.float64)
    known = np.isfinite(x + y)
    right = known & (x == 1)
    share = mean(y[right], None if clusters is None else np.asarray(clusters)[right]) if right.any() else UNKNOWN
    lost, gained, p = mcnemar(x[known], y[known])
    return Survival(share, int(known.sum()), lost, gained, p)


def survivals(
    documents: Sequence[str], variants: Sequence[str], right: ArrayLike, samples: Sequence[int] | None = None
) -> dict[str, Survival]:
    """The survival of each kind of twin, from rows (rows,): the original's id, the kind ("" of an original), the mark.

    Sample k of a twin is held against sample k of its original; a twin without one is left out.
    """
    marks = np.asarray(right, np.float64)
    numbers = [0] * len(documents) if samples is None else samples
    keys = list(zip(documents, numbers, strict=True))
    originals = {key: mark for key, variant, mark in zip(keys, variants, marks, strict=True) if not variant}
    found = {}
    for kind in dict.fromkeys(filter(None, variants)):
        rows = [at for at, variant in enumerate(variants) if variant == kind and keys[at] in originals]
        pairs = [originals[keys[at]] for at in rows]
        found[kind] = survival(pairs, marks[rows], [documents[at] for at in rows])
    return found
