"""What answers cost: set-up and queries, a right answer, the break-even, and how long a query takes.

The same forms hold for money, joules, grams and seconds: cost of Q queries = fixed + Q x variable. Costs by question
are arrays (seeds, questions) or (questions,), NaN where unknown.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..statistics.intervals import Score
from ..statistics.paired import BLOCK, DRAWS, UNKNOWN, UPPER, resample

ENDS = (1 - UPPER, UPPER)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cost:
    """What an arm costs: `fixed` before its first query, and `variable` for each, in money, joules or seconds."""

    fixed: float
    variable: float

    def of(self, queries: float) -> float:
        """The cost of so many queries."""
        return self.fixed + queries * self.variable


def right_answer(
    costs: ArrayLike, correct: ArrayLike, rng: np.random.Generator, clusters: ArrayLike | None = None
) -> Score:
    """The cost of a right answer: the mean cost of a query over the share that is right; infinite where none is.

    Questions that lack one of the two are left out. The interval is a percentile bootstrap's over clusters.

    Ref: Erol et al. (2025), "Cost-of-pass", equation 1.
    """
    cost, right = _by_question(costs), _by_question(correct)
    known = np.isfinite(cost) & np.isfinite(right)
    if not known.any():
        return UNKNOWN
    spent, gained = _drawn(clusters, known, rng, cost, right)
    value = _ratio(cost[known].sum()[None], right[known].sum()[None])[0]
    return _percentile(float(value), _ratio(spent, gained), int(known.sum()))


def break_even(
    fixed: tuple[float, float],
    variable: tuple[ArrayLike, ArrayLike],
    rng: np.random.Generator,
    clusters: ArrayLike | None = None,
) -> Score:
    """The number of queries from which on the first arm is the cheaper one, infinite for never, 0 for at once.

    `fixed` is what each of two arms costs before its first query, `variable` what it costs by question. The interval
    is a percentile bootstrap's over clusters of the questions that both arms have; its upper end may be infinite.
    """
    a, b = map(_by_question, variable)
    known = np.isfinite(a) & np.isfinite(b)
    if not known.any() or math.isnan(fixed[0] - fixed[1]):
        return UNKNOWN
    extra, saved = fixed[0] - fixed[1], b - a
    value = float(_queries(extra, saved[known].mean()[None])[0])
    total, count = _drawn(clusters, known, rng, saved, np.ones(len(saved)))
    return _percentile(value, _queries(extra, total / count), int(known.sum()))


def queries(number: float) -> str:
    """A number of queries as a reader has it: `never` where it is infinite, `unknown` where it is not known."""
    if math.isnan(number):
        return "unknown"
    return "never" if math.isinf(number) else "at once" if number <= 0 else f"{number:,.0f}"


def latency(
    seconds: ArrayLike,
    rng: np.random.Generator,
    clusters: ArrayLike | None = None,
    shares: Sequence[float] = (0.5, 0.95),
) -> dict[str, Score]:
    """Percentiles of the seconds of a query, by name (`p50`, `p95`), with percentile bootstrap intervals.

    A percentile that leaves fewer than 5 queries beyond it has no interval: the bootstrap cannot see past the slowest.
    """
    x = np.atleast_2d(np.asarray(seconds, dtype=np.float64))
    labels = _labels(clusters, x.shape[1])
    known = np.isfinite(x)
    values, groups = x[known], np.broadcast_to(labels, x.shape)[known]
    return {f"p{100 * share:g}": _quantile(values, groups, share, rng) for share in shares}


def _quantile(values: Floats, groups: NDArray[np.intp], share: float, rng: np.random.Generator) -> Score:
    """One percentile: each draw's is the first value, in order, by which its share of the weight is reached."""
    n = len(values)
    if n == 0:
        return UNKNOWN
    order = np.argsort(values)
    ranked = values[order]
    value = float(ranked[max(math.ceil(share * n) - 1, 0)])
    if n * min(share, 1 - share) < 5:
        return Score(value, math.nan, math.nan, n)
    _, places = np.unique(groups[order], return_inverse=True)
    size = int(places.max()) + 1
    drawn = []
    for _ in range(DRAWS // BLOCK):
        reached = np.cumsum(resample(size, rng)[:, places], axis=1)
        drawn.append(ranked[np.argmax(reached >= share * reached[:, -1:], axis=1)])
    return _percentile(value, np.concatenate(drawn), n)


def _queries(extra: float, saved: Floats) -> Floats:
    """The queries that win back an extra fixed cost where each saves so much."""
    if extra <= 0:
        return np.where((saved > 0) | ((saved == 0) & (extra < 0)), 0.0, math.inf)
    return np.divide(extra, saved, out=np.full(saved.shape, math.inf), where=saved > 0)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full(below.shape, math.inf), where=below > 0)


def _percentile(value: float, drawn: Floats, n: int) -> Score:
    """The figure between percentiles of its draws, which are draws themselves, so that infinity stays infinity."""
    if n < 2:
        return Score(value, math.nan, math.nan, n)
    low, high = np.quantile(drawn, ENDS, method="inverted_cdf")
    return Score(value, float(low), float(high), n)


def _by_question(x: ArrayLike) -> Floats:
    """The mean over seeds (questions,) of what is known, NaN where nothing is."""
    matrix = np.atleast_2d(np.asarray(x, dtype=np.float64))
    known = np.isfinite(matrix)
    totals, counts = np.where(known, matrix, 0.0).sum(axis=0), known.sum(axis=0)
    return np.divide(totals, counts, out=np.full(len(totals), math.nan), where=counts > 0)


def _labels(clusters: ArrayLike | None, n: int) -> NDArray[np.intp]:
    return np.arange(n) if clusters is None else np.unique(np.asarray(clusters), return_inverse=True)[1]


def _drawn(
    clusters: ArrayLike | None, known: NDArray[np.bool_], rng: np.random.Generator, *columns: Floats
) -> list[Floats]:
    """The sum of each column over known questions, (draws,) each, with clusters drawn with replacement as a whole."""
    _, places = np.unique(_labels(clusters, len(known))[known], return_inverse=True)
    sums = np.stack([np.bincount(places, column[known]) for column in columns], axis=1)
    drawn = np.concatenate([resample(len(sums), rng) @ sums for _ in range(DRAWS // BLOCK)])
    return list(drawn.T)
