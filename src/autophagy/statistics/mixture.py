"""Mixture: an interval around a mean that holds at all looks together, also where it is compared with a noisy baseline.

The sum S of what was seen, of variance V so far, is weighed against all drifts at once, normal of variance 1 / rho.
A mean m of variance W has S = m / W and V = 1 / W. Where W is the variance of the mean so far plus that of a baseline
which is never asked again, S is still a Brownian motion in V, stopped before the information 1 / (the baseline's
variance): the baseline's error is allowed for once, without a share of alpha of its own.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class NormalMixture:
    """The two-sided normal mixture with this rho: the smaller, the sooner it looks and the later it is sharp.

    Ref: Robbins (1970); Howard, Ramdas, McAuliffe and Sekhon (2021), "Time-uniform, nonparametric, nonasymptotic
    confidence sequences", equation 14 (confseq).
    """

    rho: float

    @classmethod
    def tightest_at(cls, v: float, alpha: float) -> "NormalMixture":
        """The mixture whose bound at this alpha is about as tight as can be at the variance v."""
        wanted = 2 * math.log(1 / alpha)
        return cls(v / (wanted + math.log1p(wanted)))

    @classmethod
    def for_change(cls, change: float, alpha: float) -> "NormalMixture":
        """The mixture that decides upon a mean change of this size soonest, in the units of information (see above)."""
        return cls.tightest_at((float(cls.tightest_at(1.0, alpha).bound(1.0, alpha)) / change) ** 2, alpha)

    def bound(self, v: ArrayLike, alpha: float) -> Floats:
        """What |S| stays below at all variances v together, with probability 1 - alpha."""
        x = np.asarray(v, dtype=np.float64)
        found: Floats = np.sqrt((x + self.rho) * (np.log1p(x / self.rho) + 2 * math.log(1 / alpha)))
        return found

    def log_evidence(self, s: ArrayLike, v: ArrayLike) -> Floats:
        """The log evidence that S, of variance v, drifts: it reaches log(1 / alpha) where |S| reaches the bound."""
        x, y = np.asarray(s, dtype=np.float64), np.asarray(v, dtype=np.float64)
        found: Floats = x**2 / (2 * (y + self.rho)) - np.log1p(y / self.rho) / 2
        return found

    def half(self, variance: ArrayLike, alpha: float) -> Floats:
        """Half the width of the interval around a mean of this variance (see above)."""
        w = np.asarray(variance, dtype=np.float64)
        found: Floats = w * self.bound(1 / w, alpha)
        return found

    def log_beyond(self, mean: ArrayLike, variance: ArrayLike, tolerance: float = 0.0) -> Floats:
        """The log evidence that the true mean lies outside -tolerance to tolerance, by a mean of this variance."""
        m, w = np.asarray(mean, dtype=np.float64), np.asarray(variance, dtype=np.float64)
        return self.log_evidence((m - np.clip(m, -tolerance, tolerance)) / w, 1 / w)
