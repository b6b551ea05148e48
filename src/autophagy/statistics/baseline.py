"""Baseline: how far the answers to fixed prompts lie from those recorded before, and how sure that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

PSEUDO = 2.0  # squared errors that a baseline gets on top: one answer better and one worse, if none was seen to vary
FIRST = 1.0  # and those that the answers since get: one

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PromptMoments:
    """How many answers each prompt has, their sum and the sum of their squares, each (..., prompts)."""

    counts: Floats
    sums: Floats
    squares: Floats

    @classmethod
    def of(cls, prompts: ArrayLike, values: ArrayLike, n: int) -> "PromptMoments":
        """Those of values (answers,) to the prompts with these numbers (answers,), below `n`."""
        places, x = np.asarray(prompts, dtype=np.intp), np.asarray(values, dtype=np.float64)
        return cls(*(np.bincount(places, weights, n).astype(np.float64) for weights in (np.ones_like(x), x, x**2)))

    def __add__(self, other: "PromptMoments") -> "PromptMoments":
        return PromptMoments(self.counts + other.counts, self.sums + other.sums, self.squares + other.squares)

    @property
    def means(self) -> Floats:
        """The mean of each prompt, NaN where it has no answer."""
        found: Floats = self.sums / np.where(self.counts > 0, self.counts, np.nan)
        return found

    @property
    def within(self) -> Floats:
        """The sum of squares around each prompt's own mean."""
        found: Floats = np.maximum(self.squares - np.nan_to_num(self.sums * self.means), 0.0)
        return found


def change(recorded: PromptMoments, since: PromptMoments) -> tuple[Floats, Floats]:
    """The mean of the answers since minus the recorded mean of their prompts, and its variance, each (...).

    `recorded` has one axis, and two answers of at least one prompt. The answers since vary as they do around the mean
    of all answers to their prompt, as they come (Welford 1962). The recorded means err too, and that never averages
    out. A few squared errors are added to both: answers that never varied in a few asks may vary in many.
    """
    asked = since.counts.sum(axis=-1)
    mean = np.sum(since.sums - np.nan_to_num(since.counts * recorded.means), axis=-1) / asked
    spread = np.sum((recorded + since).within - recorded.within, axis=-1)
    variance: Floats = (spread + FIRST) / asked**2 + _of_the_recorded(recorded, since.counts / asked[..., None])
    return mean, variance


def recorded_variance(recorded: PromptMoments) -> float:
    """The variance of the mean of the recorded means, which never averages out, where all prompts are asked alike."""
    return float(_of_the_recorded(recorded, np.full(len(recorded.counts), 1 / len(recorded.counts))))


def _of_the_recorded(recorded: PromptMoments, weights: Floats) -> Floats:
    """The variance of the weighted mean of the recorded means; one answer varies as those of other prompts do."""
    several = recorded.counts > 1
    each = recorded.within / np.maximum(recorded.counts - 1, 1)
    each = np.where(several, each, each[several].mean())
    errors = np.divide(each, recorded.counts, out=np.zeros_like(each), where=recorded.counts > 0)
    found: Floats = np.sum(weights**2 * errors, axis=-1) + PSEUDO / recorded.counts.sum() ** 2
    return found
