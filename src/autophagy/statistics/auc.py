"""AUC: how often a good thing scores higher than a bad one, with its interval."""

import math

import numpy as np
from numpy.typing import ArrayLike

from .intervals import Score
from .paired import NORMAL


def auc(scores: ArrayLike, good: ArrayLike) -> Score:
    """The area under the ROC curve of `scores` (n,) for the truth `good` (n,) bool; n counts the rows.

    It is the chance that a good row scores higher than a bad one, where a tie counts half. The interval comes from
    solving |AUC - t| = z sd(t) for t, which stays within 0 and 1 and is not empty at 1 either. NaN with n = 0 where
    one of the two kinds is missing.

    Ref: Hanley and McNeil (1982), the variance; Newcombe (2006), "Confidence intervals for an effect size measure based
    on the Mann-Whitney statistic", part 2, method 5.
    """
    from scipy.stats import rankdata

    x, y = np.asarray(scores, dtype=np.float64), np.asarray(good, dtype=bool)
    m, n = int(y.sum()), int((~y).sum())
    if not m or not n:
        return Score(math.nan, math.nan, math.nan, 0)
    value = float((rankdata(x)[y].sum() - m * (m + 1) / 2) / (m * n))
    return Score(value, _end(value, 0.0, m, n), _end(value, 1.0, m, n), m + n)


def _end(value: float, bound: float, m: int, n: int) -> float:
    """The t between the value and a bound that lies just z deviations from the value."""
    from scipy.optimize import brentq

    def gap(t: float) -> float:
        spread = t * (1 - t) * (1 + ((m + n) / 2 - 1) * ((1 - t) / (2 - t) + t / (1 + t))) / (m * n)
        return abs(value - t) - NORMAL * math.sqrt(spread)

    if value == bound:
        return bound
    # at the value the gap is below 0 (or 0 at the other bound), and at the bound above
    inner = value if 0 < value < 1 else abs(value - 1e-12)
    return float(brentq(gap, inner, bound))
