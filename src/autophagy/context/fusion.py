"""Rank fusion: several orders of the same points become one, in which equal ones stay equal.

The engine can fuse, too, but it gives the equals of an order places by chance, so that the same index built twice had
another order.
"""

from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate, groupby
from typing import Generic, NamedTuple, TypeVar

from .store import WEIGHTS, K

Key = TypeVar("Key", bound=Hashable)


class Order(NamedTuple, Generic[Key]):
    """Points, the best first, and their scores."""

    points: Sequence[Key]
    scores: Sequence[float]

    def above(self, least: float) -> "Order[Key]":
        """Those of at least this score."""
        count = sum(score >= least for score in self.scores)
        return Order(self.points[:count], self.scores[:count])

    def places(self) -> Sequence[float]:
        """The place of each, from 1; equal ones share the mean of theirs."""
        count = len(self.scores)
        if len(set(self.scores)) == count:
            return range(1, count + 1)
        sizes = [len(list(group)) for _, group in groupby(self.scores)]
        return [last - (size - 1) / 2 for last, size in zip(accumulate(sizes), sizes, strict=True) for _ in range(size)]


def fused(orders: Iterable[Order[Key]], k: int) -> dict[Key, float]:
    """The scores of the k best points, and of those that equal the last: the sum of 1 / (place / weight + K - 1).

    Ref: Cormack, Clarke and Büttcher (2009); `WEIGHTS` and `K` are of this project.
    """
    total: dict[Key, float] = {}
    for order, weight in zip(orders, WEIGHTS, strict=True):
        worth = {point: 1 / (place / weight + K - 1) for point, place in zip(order.points, order.places(), strict=True)}
        twice = {point: total[point] + worth[point] for point in total.keys() & worth.keys()}
        total |= worth | twice
    least = sorted(total.values(), reverse=True)[:k][-1:]
    return {point: score for point, score in total.items() if score >= least[0]}
