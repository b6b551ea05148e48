"""Exact: the share of things that have a property, with the exact interval of a count."""

import math

from .intervals import CONFIDENCE, Score


def exact_share(count: int, n: int, *, confidence: float = CONFIDENCE) -> Score:
    """The share `count` / `n` with its exact binomial interval; NaN with n = 0 where there is nothing to count.

    Ref: Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the binomial".
    """
    from scipy.special import betaincinv

    if not n:
        return Score(math.nan, math.nan, math.nan, 0)
    tail = (1 - confidence) / 2
    low = float(betaincinv(count, n - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, n - count, 1 - tail)) if count < n else 1.0
    return Score(count / n, low, high, n)
