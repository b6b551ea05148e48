"""Subsampled: the interval of a figure that is no mean, from drawing some of the rows without replacement."""

import math
from collections.abc import Iterable

import numpy as np

from .intervals import CONFIDENCE, UNBOUNDED, Score, finite
from .paired import UNKNOWN, wilson


def subsampled(
    values: Iterable[float],
    draws: Iterable[float],
    taken: float,
    groups: int,
    n: int,
    bounds: tuple[float, float] = UNBOUNDED,
) -> Score:
    """The mean of `values` with the 95 % interval that `draws` tell of: figures of a share `taken` of the rows.

    Figures are 0 or more. Such draws vary (1 - taken) / taken times as much, in variance, as figures of all rows do
    from one set of rows to another, in proportion to their size for a figure that grows with the number of rows; the
    variance of the mean of `values` comes on top. With replacement a row would come twice, which for a figure of
    variety is a copy. Groups of rows are drawn whole; Student's quantile has one degree of freedom fewer than there are
    groups.

    Ref: Politis and Romano (1994), "Large sample confidence regions based on subsamples under minimal assumptions".
    """
    from scipy.special import stdtrit

    known, spread = finite(values), finite(draws)
    if not len(known):
        return UNKNOWN
    value = float(known.mean())
    if len(spread) < 2 or groups < 2 or not 0 < taken < 1:
        return Score(value, math.nan, math.nan, n)
    scale = value / float(spread.mean()) if spread.mean() else 1.0
    variance = scale**2 * float(spread.var(ddof=1)) * taken / (1 - taken) + float(known.var()) / len(known)
    half = float(stdtrit(groups - 1, (1 + CONFIDENCE) / 2)) * math.sqrt(variance)
    return Score(value, max(bounds[0], value - half), min(bounds[1], value + half), n)


def as_share(score: Score) -> Score:
    """A share of rows with an interval that is no narrower than Wilson's: few rows have a share in few draws alone."""
    if not score.n:
        return score
    low, high = wilson(score.value, score.n)
    return Score(score.value, float(np.fmin(low, score.low)), float(np.fmax(high, score.high)), score.n)
