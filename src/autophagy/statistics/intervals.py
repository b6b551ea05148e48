"""Statistics over seeds: figures with their intervals, and differences between them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..core.known import or_nan

CONFIDENCE = 0.95  # of every interval unless told
UNBOUNDED = (-math.inf, math.inf)
SHARE = (0.0, 1.0)  # the bounds of a share
ENDS = ("value", "low", "high")
SAME = 1e-12  # of a figure: an interval no wider is that of values which differ by rounding, if at all


@dataclass(frozen=True, slots=True)
class Score:
    """A figure with its 95 % interval and the number of values behind it; unknown is NaN with n = 0."""

    value: float
    low: float
    high: float
    n: int

    def json(self) -> dict[str, float | int | None]:
        """The figure as JSON has it, with null for what is not known."""
        numbers = {"value": self.value, "low": self.low, "high": self.high}
        return {**{name: number if math.isfinite(number) else None for name, number in numbers.items()}, "n": self.n}

    @classmethod
    def read(cls, recorded: Mapping[str, float | int | None]) -> "Score":
        """The figure that `json` wrote."""
        value, low, high = (or_nan(recorded[name]) for name in ENDS)
        return cls(value, low, high, int(recorded["n"] or 0))

    def __str__(self) -> str:
        value, low, high = self.rounded()
        if not low:
            return value
        return f"{value} (the same in all {self.n:,})" if self._is_same else f"{value} [{low}, {high}]"

    def rounded(self) -> tuple[str, str, str]:
        """The value and the ends of its interval with the digits that the interval decides; "" for unknown ends."""
        numbers = (self.value, self.low, self.high)
        if self.n < 2 or not all(math.isfinite(number) for number in numbers):
            return figure(self.value), "", ""
        size, width = max(map(abs, numbers)), self.high - self.low
        if self._is_same or not 1e-4 <= size < 1e6:
            return figure(self.value), figure(self.low), figure(self.high)
        # one digit of a third of the width, and more where an end that is not 0 would look like it
        wanted = [math.ceil(-math.log10(width / 3)), *(-math.floor(math.log10(abs(x))) for x in numbers[1:] if x)]
        digits = max(2 if size <= 1 else 0, min(max(wanted), wanted[0] + 3, 3 if size >= 0.1 else 9))
        value, low, high = (f"{number:z,.{digits}f}" for number in numbers)
        return value, low, high

    @property
    def _is_same(self) -> bool:
        """Whether all values behind it are equal, up to rounding."""
        return self.high - self.low <= SAME * max(abs(self.value), abs(self.low), abs(self.high))

    @property
    def decided(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts between edges: `counts[i]` values lie from `edges[i]` to `edges[i + 1]`; the outer bins hold the rest."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]

    @classmethod
    def of(cls, values: Iterable[float], edges: Iterable[float]) -> "Histogram":
        """The known values sorted into bins; those beyond the edges fall into the outer bins."""
        bins = np.asarray(list(edges), dtype=np.float64)
        counts, _ = np.histogram(np.clip(finite(values), bins[0], bins[-1]), bins)
        return cls(tuple(bins.tolist()), tuple(counts.tolist()))

    def json(self) -> dict[str, list[float] | list[int]]:
        """The histogram as a line of generations.jsonl has it."""
        return {"edges": list(self.edges), "counts": list(self.counts)}


def figure(number: float) -> str:
    """A number with the digits that a reader can use; `unknown` where it is not finite."""
    if not math.isfinite(number):
        return "unknown"
    size = abs(number)
    if size >= 1e6 or 0 < size < 0.0995:
        return f"{number:.2g}"
    return f"{number:,.0f}" if size >= 99.95 else f"{number:.1f}" if size >= 9.995 else f"{number:.2f}"


def interval(
    values: Iterable[float | None], *, bounds: tuple[float, float] = UNBOUNDED, confidence: float = CONFIDENCE
) -> Score:
    """The mean of the known values with its Student t interval; one value has no interval, none is NaN.

    The mean of values that lie within `bounds` lies there too, so cutting the interval at them loses no coverage.
    Values that all agree give an interval of width 0: it speaks of the spread over seeds and of nothing else.

    Ref: Student (1908), "The probable error of a mean".
    """
    x = finite(values)
    n = len(x)
    if n == 0:
        return Score(math.nan, math.nan, math.nan, 0)
    if n == 1:
        return Score(float(x[0]), math.nan, math.nan, 1)
    if np.ptp(x) == 0:  # not by the deviation, which rounding leaves above 0
        return Score(float(x[0]), float(x[0]), float(x[0]), n)
    mean, half = float(x.mean()), _t(n - 1, confidence) * float(x.std(ddof=1)) / math.sqrt(n)
    if bounds[0] <= x.min() and x.max() <= bounds[1]:
        return Score(mean, max(mean - half, bounds[0]), min(mean + half, bounds[1]), n)
    return Score(mean, mean - half, mean + half, n)


def intervals(rows: NDArray[np.float64], *, confidence: float = CONFIDENCE) -> NDArray[np.float64]:
    """The mean of each row of (rows, n) with its interval, as `interval` gives it: value, low and high, (3, rows).

    Rows of finite numbers are taken all at once.
    """
    n = rows.shape[1]
    found = np.full((3, len(rows)), math.nan)
    whole = np.isfinite(rows).all(axis=1) & (n > 1)
    for place in np.flatnonzero(~whole):
        score = interval(rows[place], confidence=confidence)
        found[:, place] = score.value, score.low, score.high
    if whole.any():
        known = rows[whole]
        mean, half = known.mean(axis=1), _t(n - 1, confidence) * known.std(axis=1, ddof=1) / math.sqrt(n)
        same = np.ptp(known, axis=1) == 0  # not by the deviation, which rounding leaves above 0
        mean, half = np.where(same, known[:, 0], mean), np.where(same, 0.0, half)
        found[:, whole] = mean, mean - half, mean + half
    return found


def difference(a: Mapping[int, float], b: Mapping[int, float], *, confidence: float = CONFIDENCE) -> Score:
    """The mean of a - b over the seeds that both have, with its paired Student t interval."""
    return interval([a[seed] - b[seed] for seed in a if seed in b], confidence=confidence)


def contrast(a: Iterable[float | None], b: Iterable[float | None], *, confidence: float = CONFIDENCE) -> Score:
    """The mean of a minus the mean of b, two unpaired sets of values, with Welch's interval; n is the smaller set.

    Ref: Welch (1947), "The generalization of Student's problem when several different population variances are
    involved", with Satterthwaite's degrees of freedom.
    """
    x, y = finite(a), finite(b)
    n = min(len(x), len(y))
    if n == 0:
        return Score(math.nan, math.nan, math.nan, 0)
    value = float(x.mean() - y.mean())
    if n == 1:
        return Score(value, math.nan, math.nan, 1)
    u, v = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)  # the variances of the two means
    if u + v == 0:
        return Score(value, value, value, n)
    degrees = (u + v) ** 2 / (u**2 / (len(x) - 1) + v**2 / (len(y) - 1))
    half = _t(degrees, confidence) * math.sqrt(u + v)
    return Score(value, value - half, value + half, n)


def finite(values: Iterable[float | None]) -> NDArray[np.float64]:
    """The values that are known, as an array."""
    numbers = np.array([or_nan(value) for value in values], dtype=np.float64)
    return numbers[np.isfinite(numbers)]


def _t(degrees: float, confidence: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees, (1 + confidence) / 2))
