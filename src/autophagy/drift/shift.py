"""A change: a figure before and after over the same prompts, with its interval, its p, and the flips both ways."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.known import or_nan, or_null
from ..statistics import intervals
from ..statistics.contrasts import by_seed
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN, difference, mean
from ..statistics.significance import detectable, mcnemar

Floats = NDArray[np.float64]
HALF = 0.5  # of the answers to a prompt; above it the prompt counts as right
DRAWS = 500  # of the bootstrap of a quantile
BLOCK = 2**18  # numbers that are drawn at a time, 2 MiB of them


@dataclass(frozen=True)
class Shift:
    """A figure before and after, and the difference with the two-sided p that it is 0 in truth.

    `up` and `down` count the prompts that were right in no more than half of their answers before and in more than half
    after, and the other way round. `adjusted` is p after Holm's correction for all tests of a comparison.
    """

    before: Score
    after: Score
    difference: Score
    p: float
    up: int = 0
    down: int = 0
    adjusted: float = math.nan

    def seen(self, tolerance: float = 0.0, level: float = 0.05) -> bool:
        """Whether there is a change beyond chance, of more than the tolerance."""
        beyond = self.difference.low > tolerance or self.difference.high < -tolerance
        return beyond and (self.p if math.isnan(self.adjusted) else self.adjusted) < level

    @property
    def detectable(self) -> float:
        """The smallest true difference that this many prompts show in 80 % of such comparisons."""
        return detectable(self.difference)

    def json(self) -> dict[str, Any]:
        """The change as JSON has it."""
        return {
            **{name: getattr(self, name).json() for name in ("before", "after", "difference")},
            **{name: or_null(getattr(self, name)) for name in ("p", "adjusted", "detectable")},
            "up": self.up,
            "down": self.down,
        }

    @classmethod
    def read(cls, recorded: dict[str, Any]) -> "Shift":
        """The change that `json` wrote."""
        before, after, moved = (Score.read(recorded[name]) for name in ("before", "after", "difference"))
        p, adjusted = (or_nan(recorded[name]) for name in ("p", "adjusted"))
        return cls(before, after, moved, p, recorded["up"], recorded["down"], adjusted)

    def holm(self, adjusted: float) -> "Shift":
        """The same with its p corrected for the other tests."""
        return replace(self, adjusted=adjusted)


def of_marks(before: Floats, after: Floats, clusters: NDArray[np.str_], rng: np.random.Generator) -> Shift:
    """The change of marks in [0, 1] (prompts,); p is McNemar's where each prompt has one mark of 0 or 1 a side.

    Prompts are clustered by their source; clustered or repeated answers have the p of the paired difference.
    """
    score, p = difference(after, before, clusters, rng)
    known = np.isfinite(before + after)
    binary = np.isin(np.concatenate([before[known], after[known]]), (0.0, 1.0)).all()
    if binary and len(np.unique(clusters[known])) == known.sum():
        p = mcnemar(after, before)[2]
    up = int(np.sum((before <= HALF) & (after > HALF)))
    down = int(np.sum((before > HALF) & (after <= HALF)))
    return Shift(_mean(before, known, clusters), _mean(after, known, clusters), score, p, up, down)


def _mean(marks: Floats, known: NDArray[np.bool_], clusters: NDArray[np.str_]) -> Score:
    return mean(marks[known], clusters[known]) if known.any() else UNKNOWN


def of_numbers(before: Floats, after: Floats) -> Shift:
    """The change of numbers of any size (prompts,), such as characters: paired, with Student's interval."""
    known = np.isfinite(before + after)
    b, a = before[known], after[known]
    contrast = by_seed(dict(enumerate(b.tolist())), dict(enumerate(a.tolist())))
    return Shift(intervals.interval(b), intervals.interval(a), contrast.score, contrast.p)


def of_quantile(before: Floats, after: Floats, share: float, rng: np.random.Generator) -> Shift:
    """The change of a quantile of numbers that are not paired, such as seconds, with a bootstrap's intervals."""
    b, a = before[np.isfinite(before)], after[np.isfinite(after)]
    if not (len(b) and len(a)):
        return Shift(UNKNOWN, UNKNOWN, UNKNOWN, math.nan)

    def quantile(x: Floats) -> Floats:
        return np.quantile(x, share, axis=-1)

    mine, yours = _redrawn(b, quantile, rng), _redrawn(a, quantile, rng)
    value = float(quantile(a) - quantile(b))
    return Shift(
        _ends(float(quantile(b)), mine, len(b)),
        _ends(float(quantile(a)), yours, len(a)),
        _ends(value, yours - mine, min(len(b), len(a))),
        math.nan,
    )


def _redrawn(x: Floats, figure: Callable[[Floats], Floats], rng: np.random.Generator) -> Floats:
    each = max(1, BLOCK // len(x))
    sizes = [min(each, DRAWS - done) for done in range(0, DRAWS, each)]
    return np.concatenate([figure(x[rng.integers(0, len(x), (size, len(x)))]) for size in sizes])


def _ends(value: float, drawn: Floats, n: int) -> Score:
    if n < 2:
        return Score(value, math.nan, math.nan, n)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Score(value, float(low), float(high), n)
