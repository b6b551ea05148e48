"""Subsampled: the interval of a figure that is no mean, from drawing some of the rows without replacement."""

import math
from collections.abc import Iterable

from .intervals import CONFIDENCE, UNBOUNDED, Score, finite
from .paired import UNKNOWN


def subsampled(
    values: Iterable[float],
    draws: Iterable[float],
    taken: float,
    groups: int,
    n: int,
    bounds: tuple[float, float] = UNBOUNDED,
) -> Score:
    """The mean of `values` with the 95 % interval that `draws` tell of: figures of a share `taken` of the rows each.

    Such draws vary (1 - taken) / taken times as much, in variance, as figures of all rows do from one set of rows to
    another; the variance of the mean of `values` comes on top. With replacement a row would come twice, which for a
    figure of variety is a copy. Groups of rows are drawn whole; Student's quantile has one degree of freedom fewer than
    there are groups.

    Ref: Politis and Romano (1994), "Large sample confidence regions based on subsamples under minimal assumptions".
    """
    from scipy.special import stdtrit

    known, spread = finite(values), finite(draws)
    if not len(known):
        return UNKNOWN
    value = float(known.mean())
    if len(spread) < 2 or groups < 2 or not 0 < taken < 1:
        return Score(value, math.nan, math.nan, n)
    variance = float(spread.var(ddof=1)) * taken / (1 - taken) + float(known.var()) / len(known)
    half = float(stdtrit(groups - 1, (1 + CONFIDENCE) / 2)) * math.sqrt(variance)
    return Score(value, max(bounds[0], value - half), min(bounds[1], value + half), n)
