"""Ratios of two shares that were measured apart, with their intervals."""

import math

from .intervals import Score
from .paired import UNKNOWN


def share_of_sum(a: Score, b: Score) -> Score:
    """a / (a + b) of two shares that were measured on different rows, with its interval; n is the smaller one.

    Its interval follows from that of the ratio b / a, which is put together from the intervals of both so that each end
    has the variance that the shares have there. Unknown where either is, or where both are 0.

    Ref: Donner and Zou (2012), "Closed-form confidence intervals for functions of the normal mean and standard
    deviation", section 2 (MOVER for a ratio); Feng et al. (2024), "Beyond model collapse: scaling up with synthesized
    data requires verification", for the share as the breakdown point of a verifier.
    """
    n = min(a.n, b.n)
    if not n or not a.value + b.value > 0:
        return UNKNOWN
    low, high = _ratio_ends(b, a)
    return Score(a.value / (a.value + b.value), 1 / (1 + high), 1 / (1 + low), n)


def _ratio_ends(over: Score, under: Score) -> tuple[float, float]:
    """The ends of the ratio of two shares."""
    p, low, high = over.value, over.low, over.high
    q, least, most = under.value, under.low, under.high
    top = least * (2 * q - least)  # 0 only where the divisor may be 0
    end = (p * q + _root(p * q, high * least * (2 * p - high) * (2 * q - least))) / top if top > 0 else math.inf
    bottom = most * (2 * q - most)
    start = (p * q - _root(p * q, low * most * (2 * p - low) * (2 * q - most))) / bottom if bottom > 0 else 0.0
    return max(0.0, start), end


def _root(product: float, other: float) -> float:
    return math.sqrt(max(0.0, product * product - other))
