"""How a judge errs beside people: what it misses, what it lets pass, what it favours, and whether it repeats itself.

Marks are arrays (rows,) in [0, 1], NaN where one is unknown; people's are 0 or 1.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .exact import exact_share
from .intervals import SHARE, Score, contrast, interval
from .paired import UNKNOWN, UPPER

Floats = NDArray[np.float64]


def sensitivity(judge: ArrayLike, people: ArrayLike) -> Score:
    """The share of what people call right that the judge calls right, with its exact interval; half marks miss."""
    f, y = _both(judge, people)
    return exact_share(int((f[y == 1] == 1).sum()), int((y == 1).sum()))


def specificity(judge: ArrayLike, people: ArrayLike) -> Score:
    """The share of what people call wrong that the judge calls wrong, with its exact interval; half marks miss."""
    f, y = _both(judge, people)
    return exact_share(int((f[y == 0] == 0).sum()), int((y == 0).sum()))


def repeatability(repeats: ArrayLike) -> Score:
    """How often two verdicts of a judge on one answer are the same, from marks (repeats, rows): the mean over rows.

    Every pair of repeats counts; a row with fewer than two known marks says nothing.
    """
    marks = np.asarray(repeats, np.float64)
    return interval([alike(row) for row in marks.T], bounds=SHARE)


def alike(marks: ArrayLike) -> float:
    """The share of pairs of known marks that are the same; NaN of fewer than two."""
    x = np.asarray(marks, np.float64)
    counts = np.unique(x[np.isfinite(x)], return_counts=True)[1]
    n = int(counts.sum())
    return float((counts * (counts - 1)).sum() / (n * (n - 1))) if n > 1 else math.nan


def excess(judge: ArrayLike, people: ArrayLike) -> Score:
    """How much higher the judge marks than people do, on the rows that both marked, with Student's interval."""
    f, y = _both(judge, people)
    return interval((f - y).tolist(), bounds=(-1.0, 1.0))


def self_preference(judge: ArrayLike, people: ArrayLike, own: ArrayLike) -> Score:
    """How much higher than people the judge marks its own family's answers than others', with Welch's interval.

    `own` (rows,) says which answers are of a model of the judge's family. NaN with n = 0 where there is but one kind.

    Ref: Panickssery, Bowman and Feng (2024), "LLM evaluators recognize and favor their own generations".
    """
    gap = np.asarray(judge, np.float64) - np.asarray(people, np.float64)
    mine = np.asarray(own, bool)
    return contrast(gap[mine].tolist(), gap[~mine].tolist())


def length_slope(judge: ArrayLike, people: ArrayLike, lengths: ArrayLike) -> Score:
    """How much more than people a judge gives an answer twice as long: the slope of the gap on log2 of its length.

    Least squares, with an interval that holds where the spread differs by length. `lengths` (rows,) are counts of
    words; empty answers have none. NaN with n = 0 below four rows or where all are of one length.

    Ref: MacKinnon and White (1985), HC3; Dubois, Galambosi, Liang and Hashimoto (2024) for judges that favour length.
    """
    from scipy.special import stdtrit

    gap, size = np.asarray(judge, np.float64) - np.asarray(people, np.float64), np.asarray(lengths, np.float64)
    known = np.isfinite(gap) & (size > 0)
    y, x = gap[known], np.log2(size[known])
    n = len(y)
    x = x - x.mean() if n else x
    spread = float(x @ x)
    if n < 4 or spread < 1e-12:
        return UNKNOWN
    slope = float(x @ y) / spread
    residuals, pull = y - y.mean() - slope * x, 1 / n + x**2 / spread
    if (pull > 1 - 1e-9).any():  # one row alone makes the slope
        return Score(slope, math.nan, math.nan, n)
    error = math.sqrt(float(x**2 @ (residuals / (1 - pull)) ** 2)) / spread
    half = float(stdtrit(n - 2, UPPER)) * error
    return Score(slope, slope - half, slope + half, n) if error > 0 else Score(slope, math.nan, math.nan, n)


def _both(judge: ArrayLike, people: ArrayLike) -> Sequence[Floats]:
    """The marks of the rows that both marked."""
    f, y = np.asarray(judge, np.float64), np.asarray(people, np.float64)
    known = np.isfinite(f) & np.isfinite(y)
    return f[known], y[known]
