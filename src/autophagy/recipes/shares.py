"""Shares: how much each recipe of a mix asks, by what it has brought."""

from collections.abc import Sequence

import numpy as np

from ..core.recipe import Brought
from ..core.samples import Array

KNOWN = 10  # average calls that each recipe is taken to have had, so that a few lucky ones decide nothing


def matched(brought: Sequence[Brought], floor: float) -> Array:
    """The share of each recipe: an equal part of `floor`, and of the rest in proportion to its rows over its cost.

    A recipe's rows over its cost are drawn towards those of all: it counts as if it had ten average calls more. Shares
    in proportion give a recipe that brings half as much half as many calls. A rule that looks for the best one alone,
    such as Thompson sampling, would leave the others the floor, and a mix is there for their variety. Where nothing was
    kept all shares are equal.

    Ref: probability matching with a least probability, as in Thierens (2005), "An adaptive pursuit strategy for
    allocating operator probabilities", section 2; the ten calls are the prior of a Poisson rate.
    """
    kept, cost = (np.array([getattr(each, name) for each in brought], float) for name in ("kept", "cost"))
    calls = sum(each.calls for each in brought)
    rates = np.ones(len(brought))
    if kept.sum() and cost.sum():
        rates = (kept + KNOWN * kept.sum() / calls) / (cost + KNOWN * cost.sum() / calls)
    return floor / len(brought) + (1 - floor) * rates / rates.sum()
