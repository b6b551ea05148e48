"""Which rows of the pool a recipe works on next."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ..core.errors import UsageError
from ..core.recipe import PoolRow


def passages_of(pool: Sequence[PoolRow], recipe: str) -> list[PoolRow]:
    """The passages of documents; raises UsageError where there is none."""
    passages = [row for row in pool if row.source and not row.made]
    if not passages:
        raise UsageError(f"{recipe} works on passages and there are none: give --documents.")
    return passages


def in_turn(rows: Sequence[PoolRow], pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[PoolRow]:
    """n of the rows in random order, each before any comes again; those of which less was made come sooner.

    Of a row of which c rows of the pool were made the weight is 1 / (1 + c), so that no passage is covered many times
    while others wait, and one that never brings a row does not keep the others waiting either.
    """
    made = Counter(row.parent for row in pool if row.made)
    weights = np.array([1 / (1 + made[row.id]) for row in rows])
    if not n:
        return []
    order = rng.choice(len(rows), min(n, len(rows)), replace=False, p=weights / weights.sum())
    return [rows[int(order[place % len(order)])] for place in range(n)]
