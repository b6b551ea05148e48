"""The quotient of two sums over the same draws, such as rows over tokens of calls, with its interval."""

import math
from collections.abc import Sequence

import numpy as np

from .intervals import CONFIDENCE, Score
from .paired import UNKNOWN


def quotient(over: Sequence[float], under: Sequence[float]) -> Score:
    """The sum of `over`, 0 or more each, over that of `under`, with Student's interval; n counts the draws.

    The variance is that of `over` around its share of `under`, draw by draw. Unknown where a number is, or where
    `under` comes to nothing; one draw has no interval.

    Ref: Cochran (1977), "Sampling techniques", section 2.11.
    """
    from scipy.special import stdtrit

    x, y = np.asarray(over, float), np.asarray(under, float)
    n, total = len(x), float(y.sum())
    if not n or not np.isfinite([*x, *y]).all() or total <= 0:
        return UNKNOWN
    value = float(x.sum()) / total
    if n == 1:
        return Score(value, math.nan, math.nan, 1)
    rest = x - value * y
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * math.sqrt(n / (n - 1) * float(rest @ rest)) / total
    return Score(value, max(0.0, value - half), value + half, n)
