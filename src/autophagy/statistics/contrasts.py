"""The difference of a figure between two runs, with its interval and the p that it is 0 in truth."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scipy.special import ndtr, ndtri, stdtr, stdtrit

from .intervals import CONFIDENCE, SAME, Score, difference, finite

UPPER = (1 + CONFIDENCE) / 2
UNKNOWN = Score(math.nan, math.nan, math.nan, 0)


@dataclass(frozen=True, slots=True)
class Contrast:
    """b - a with its 95 % interval, and the two-sided p that it is 0; p is NaN where nothing can be said."""

    score: Score
    p: float


def by_seed(a: Mapping[int, float], b: Mapping[int, float]) -> Contrast:
    """Two runs that share their random numbers, seed by seed: the paired t test over the seeds that both have.

    Where all seeds differ by the same amount, the t test would be sure of two seeds: p is then the sign test's.

    Ref: Student (1908).
    """
    score = difference(b, a)
    if score.n < 2:
        return Contrast(score, math.nan)
    half = (score.high - score.low) / 2
    size = max(abs(value) for run in (a, b) for value in run.values() if math.isfinite(value))
    if half <= SAME * size:
        return Contrast(score, 1.0 if abs(score.value) <= SAME * size else 2.0 ** (1 - score.n))
    error = half / float(stdtrit(score.n - 1, UPPER))
    return Contrast(score, 2 * float(stdtr(score.n - 1, -abs(score.value) / error)))


def across_splits(a: Iterable[float | None], b: Iterable[float | None], shift: float) -> Contrast:
    """Two runs whose real rows were split otherwise, or are others: the seeds share a split, and do not show its luck.

    The split of each run counts as one more draw, as variable as a seed; `shift`, by how much real rows score
    differently in the two runs, is added to it. Without spread between the seeds nothing can be said, nor where the
    shift is unknown. Welch's test with these variances: a rule that bench/two_runs.py measures, and no theorem.

    Ref: Welch (1947), with Satterthwaite's degrees of freedom.
    """
    x, y = finite(a), finite(b)
    n = min(len(x), len(y))
    if n == 0:
        return Contrast(UNKNOWN, math.nan)
    value = float(y.mean() - x.mean())
    if n == 1:
        return Contrast(Score(value, math.nan, math.nan, 1), math.nan)
    parts = [float(each.var(ddof=1)) * (1 + 1 / len(each)) for each in (x, y)]
    if not math.isfinite(shift) or math.sqrt(sum(parts)) <= SAME * max(abs(x).max(), abs(y).max()):
        return Contrast(Score(value, math.nan, math.nan, n), math.nan)
    degrees = sum(parts) ** 2 / sum(part**2 / (len(each) - 1) for part, each in zip(parts, (x, y), strict=True))
    error = math.sqrt(sum(parts) + shift**2)
    half = float(stdtrit(degrees, UPPER)) * error
    return Contrast(Score(value, value - half, value + half, n), 2 * float(stdtr(degrees, -abs(value) / error)))


def of_figures(a: Score, b: Score) -> Contrast:
    """Two independent figures of which only the intervals are known; those of no width are exact.

    The interval of the difference is made of the distances of the ends, and so need not be symmetric.

    Ref: Zou and Donner (2008), "Construction of confidence limits about effect measures"; Newcombe (1998), method 10.
    """
    if not (a.n and b.n):
        return Contrast(UNKNOWN, math.nan)
    n, value = min((score.n for score in (a, b) if score.high > score.low), default=1), b.value - a.value
    down = math.hypot(b.value - b.low, a.high - a.value)
    up = math.hypot(b.high - b.value, a.value - a.low)
    if not math.isfinite(down + up):
        return Contrast(Score(value, math.nan, math.nan, n), math.nan)
    score = Score(value, value - down, value + up, n)
    toward = down if value > 0 else up  # the side that 0 lies on
    if toward <= SAME * max(abs(a.value), abs(b.value)):
        return Contrast(score, 1.0 if abs(value) <= SAME * max(abs(a.value), abs(b.value)) else 0.0)
    return Contrast(score, 2 * float(ndtr(-abs(value) / toward * ndtri(UPPER))))
