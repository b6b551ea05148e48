"""Rank fusion: several orders of the same points become one, in which equal ones stay equal.

The engine can fuse, too, but it gives the equals of an order places by chance, so that the same index built twice had
another order.
"""

from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from .store import WEIGHTS, K

Key = TypeVar("Key", bound=Hashable)


class Order(NamedTuple, Generic[Key]):
    """Points, the best first, and their scores."""

    points: Sequence[Key]
    scores: Sequence[float]

    def worths(self, weight: float) -> Sequence[float]:
        """What the place of each is worth, from 1; equal ones share the mean of their places."""
        scores, untied = self.scores, _untied(len(self.scores), weight)
        if len(set(scores)) == len(scores):
            return untied
        worths = list(untied)
        begins = [at for at in range(len(scores)) if not at or scores[at] != scores[at - 1]]
        for begin, end in pairwise([*begins, len(scores)]):
            if end - begin > 1:
                worths[begin:end] = [_worth((begin + 1 + end) / 2, weight)] * (end - begin)
        return worths


def fused(orders: Iterable[Order[Key]], k: int) -> dict[Key, float]:
    """The scores of the k best points, and of those that equal the last: the sum of 1 / (place / weight + K - 1).

    Ref: Cormack, Clarke and Büttcher (2009); `WEIGHTS` and `K` are of this project.
    """
    total: dict[Key, float] = {}
    for order, weight in zip(orders, WEIGHTS, strict=True):
        for point, worth in zip(order.points, order.worths(weight), strict=True):
            total[point] = total.get(point, 0.0) + worth
    least = sorted(total.values())[-k:][:1]
    return {point: score for point, score in total.items() if score >= least[0]}


@cache
def _untied(count: int, weight: float) -> Sequence[float]:
    """What the first places are worth where no two are equal."""
    return tuple(_worth(place, weight) for place in range(1, count + 1))


def _worth(place: float, weight: float) -> float:
    return 1 / (place / weight + K - 1)
