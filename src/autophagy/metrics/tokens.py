"""Passages as numbers: their words numbered in one vocabulary, cut into n-grams, and compared as whole arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np

from ..core.samples import Array


def vocabulary(passages: Iterable[Iterable[str]], known: Mapping[str, int] | None = None) -> dict[str, int]:
    """A number for every word: the known ones keep theirs, and the others count on from there."""
    numbers = dict(known or {})
    new = dict.fromkeys(word for word in chain.from_iterable(passages) if word not in numbers)
    numbers.update(zip(new, count(len(numbers)), strict=False))
    return numbers


@dataclass(frozen=True, eq=False)
class Tokens:
    """Passages as numbers: the ids (w,) of all their tokens, and where each passage starts (p + 1,), with the end."""

    ids: Array
    starts: Array

    @classmethod
    def of(cls, passages: Sequence[Sequence[str]], numbers: Mapping[str, int]) -> "Tokens":
        """The passages, one list of words each, by the numbers of their words."""
        starts = np.concatenate([[0], np.cumsum([len(passage) for passage in passages], dtype=np.int64)])
        ids = np.fromiter(map(numbers.__getitem__, chain.from_iterable(passages)), np.int64, starts[-1])
        return cls(ids, starts)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def passage(self) -> Array:
        """The number (w,) of the passage that each token is in."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @property
    def left(self) -> Array:
        """How many tokens (w,) its passage has from each token on, itself counted."""
        return np.repeat(self.starts[1:], np.diff(self.starts)) - np.arange(len(self))

    def then(self, other: "Tokens") -> "Tokens":
        """These passages and after them the others."""
        starts = np.concatenate([self.starts, len(self) + other.starts[1:]])
        return Tokens(np.concatenate([self.ids, other.ids]), starts)

    def grams(self, n: int) -> tuple[Array, Array]:
        """The n tokens from each token on, numbered (m,) so that equals have one number; and their passages (m,).

        Only runs of n tokens that lie within a passage are there.
        """
        numbers = self.ids
        for size in range(1, n):
            numbers = paired(numbers[: len(self) - size], self.ids[size:])
        whole = np.flatnonzero(self.left >= n)  # (m,) where n tokens of the passage are left
        return numbers[whole], self.passage[whole]


def paired(left: Array, right: Array) -> Array:
    """A number for each pair (left, right) of numbers from 0 up, from 0 up in the order of the pairs; exact."""
    if not len(left):
        return np.zeros(0, np.int64)
    _, numbers = np.unique(left.astype(np.int64) * (int(right.max()) + 1) + right, return_inverse=True)
    return numbers
