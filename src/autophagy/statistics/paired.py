"""Means of marks and differences between arms, clustered by document and over training seeds.

Marks are arrays (seeds, questions), or (questions,) for one seed, NaN where there is none; an arm that is not trained
has one seed. `clusters` (questions,) names the source document of each question. The variance of a mean has a part of
the questions, clustered, and one of the seeds where there are several; each has its own degrees of freedom.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .intervals import CONFIDENCE, Score

DRAWS, BLOCK = 2000, 200  # of the bootstrap, whose 2.5 % ends stand on 50 draws; and how many at a time
FEW, HANDFUL = 30, 10  # clusters, below which the interval of a difference is a bootstrap's, and Student's once more
UPPER = (1 + CONFIDENCE) / 2  # the quantile of the upper end
NORMAL = 1.959963984540054  # ndtri(UPPER) of scipy.special, which takes a third of a second to import
UNKNOWN = Score(math.nan, math.nan, math.nan, 0)

NOISE = 1e-24  # of a variance of marks in [0, 1]: below it there is rounding alone

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sums:
    """The marks of an arm summed by seed and cluster: `totals` and `counts`, both (seeds, clusters)."""

    totals: Floats
    counts: Floats

    @property
    def mean(self) -> float:
        """The mean of all known marks."""
        return float(self.totals.sum() / self.counts.sum())

    @property
    def residuals(self) -> Floats:
        """What each seed and cluster adds to the error of the mean, (seeds, clusters)."""
        return (self.totals - self.mean * self.counts) / self.counts.sum()

    def drawn(self, seeds: Floats, clusters: Floats) -> Floats:
        """The means (draws,) when seeds and clusters are taken as often as (draws, seeds) and (draws, clusters) say."""
        # (draws, seeds) @ (seeds, clusters) * (draws, clusters), summed over the clusters
        totals, counts = (np.sum(seeds @ part * clusters, axis=1) for part in (self.totals, self.counts))
        return totals / np.where(counts > 0, counts, math.nan)


def mean(marks: ArrayLike, clusters: ArrayLike | None = None) -> Score:
    """The mean of one arm's marks, all in [0, 1]; n counts the questions that have one.

    Marks of 0 and 1 of one seed, every question a document of its own, get Wilson's interval. Otherwise it is Wilson's
    with as many trials as give the variance of the mean, and Student's quantile for the degrees of freedom of that
    variance: near 0 and 1, or with few documents, it covers where a symmetric interval and a bootstrap do not.

    Ref: Wilson (1927); Miller (2024), equation 4; Korn and Graubard (1998) for the trials that a variance is worth.
    """
    from scipy.special import stdtrit

    x = _matrix(marks)
    values, known = x[np.isfinite(x)], _known(x)
    n = int(known.sum())
    if n == 0:
        return UNKNOWN
    groups, size = _groups(clusters, known)
    sums = _sums(x[:, known], groups, size)
    share, (variance, degrees) = sums.mean, _variance([sums])
    if variance == 0 and np.ptp(values) > 0:
        return Score(share, math.nan, math.nan, n)  # all in one document: nothing says what another would give
    if variance == 0:  # what all agree on is worth one trial a document, of documents of one size
        return Score(share, *wilson(share, effective(_weights([sums]))), n)
    if len(x) == 1 and size == n and np.isin(values, (0, 1)).all():
        return Score(share, *wilson(share, n), n)
    return Score(share, *wilson(share, share * (1 - share) / variance, float(stdtrit(degrees, UPPER))), n)


def difference(
    a: ArrayLike, b: ArrayLike, clusters: ArrayLike | None = None, rng: np.random.Generator | None = None
) -> tuple[Score, float]:
    """The mean of a - b over the questions that both arms have, and the two-sided p that it is 0 in truth.

    Marks lie in [0, 1]. Paired by question and clustered; n counts the questions. With several seeds, or fewer than 30
    clusters, the interval is a two-level bootstrap's over each arm's seeds and the clusters, drawn from `rng`; p is of
    the t test with the same variance, and so is the interval where fewer than 10 clusters of one size would tell as
    much. Where every difference is the same, the interval reaches as far as the share of documents that could differ by
    Wilson's, and p is the sign test's over documents, both with as many documents as `effective` counts.

    Ref: Miller (2024), section 4.
    """
    from scipy.special import stdtr

    x, y = _matrix(a), _matrix(b)
    known = _known(x) & _known(y)
    n = int(known.sum())
    if n == 0:
        return UNKNOWN, math.nan
    groups, size = _groups(clusters, known)
    arms = (_sums(x[:, known], groups, size), _sums(y[:, known], groups, size))
    value, (variance, degrees) = arms[0].mean - arms[1].mean, _variance(arms)
    if size < 2:
        return Score(value, math.nan, math.nan, n), math.nan
    if variance > 0:
        p = 2 * float(stdtr(degrees, -abs(value) / math.sqrt(variance)))
        low, high = _ends(arms, value, variance, degrees, rng)
    else:
        documents = effective(_weights(arms))
        p = 2.0 ** (1 - documents) if value else 1.0
        reach = wilson(0.0, documents)[1] * (2 if value else 1)
        low, high = value - reach, value + reach
    return Score(value, max(low, -1.0), min(high, 1.0), n), p


def proportion(count: int, of: int) -> Score:
    """The share that a count is of so many independent trials, with Wilson's interval; unknown of none."""
    return Score(count / of, *wilson(count / of, of), of) if of else UNKNOWN


def wilson(share: float, n: float, quantile: float = NORMAL) -> tuple[float, float]:
    """Wilson's interval of a share of n independent trials; it is never empty, at 0 and 1 neither.

    Ref: Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    """
    z2 = quantile**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def effective(weights: Floats) -> float:
    """How many clusters of one size tell as much as clusters of these shares. Ref: Kish (1965), section 11.7."""
    return float(1 / (weights @ weights))


def resample(size: int, rng: np.random.Generator, draws: int = BLOCK) -> Floats:
    """How often each of `size` things is drawn when as many are drawn with replacement, (draws, size)."""
    return rng.multinomial(size, np.full(size, 1 / size), draws).astype(np.float64)


def _matrix(marks: ArrayLike) -> Floats:
    return np.atleast_2d(np.asarray(marks, dtype=np.float64))


def _known(x: Floats) -> NDArray[np.bool_]:
    """The questions that at least one seed has a mark of."""
    return np.asarray(np.isfinite(x).any(axis=0))


def _groups(clusters: ArrayLike | None, known: NDArray[np.bool_]) -> tuple[NDArray[np.intp], int]:
    """The number of the cluster of each known question, and how many clusters there are."""
    labels = np.arange(len(known)) if clusters is None else np.asarray(clusters)
    names, groups = np.unique(labels[known], return_inverse=True)
    return groups, len(names)


def _sums(x: Floats, groups: NDArray[np.intp], size: int) -> Sums:
    """Sums by cluster of the marks (seeds, questions)."""
    known = np.isfinite(x)
    totals = [np.bincount(groups, row, size) for row in np.where(known, x, 0.0)]
    return Sums(np.array(totals), np.array([np.bincount(groups, row, size) for row in known.astype(np.float64)]))


def _variance(arms: tuple[Sums, ...] | list[Sums]) -> tuple[float, float]:
    """The variance of the mean, or of the difference of two, and its degrees of freedom; 0 and NaN without spread.

    Ref: Miller (2024), equation 4, for the part of the clusters; Satterthwaite (1946) for the sum's degrees of freedom.
    """
    # (seeds, clusters) of each arm; a question's clusters are shared by both arms, its seeds are not
    signed = [sign * arm.residuals for sign, arm in zip((1, -1), arms, strict=False)]
    parts = [(np.sum([part.sum(axis=0) for part in signed], axis=0), _weights(arms))]
    parts += [
        (part.sum(axis=1), arm.counts.sum(axis=1) / arm.counts.sum()) for part, arm in zip(signed, arms, strict=True)
    ]
    known = [corrected(residuals, weights) for residuals, weights in parts if np.count_nonzero(weights) > 1]
    total = math.fsum(variance for variance, _ in known)
    if total < NOISE:
        return 0.0, math.nan
    return total, total**2 / sum(variance**2 / degrees for variance, degrees in known)


def _weights(arms: Sequence[Sums]) -> Floats:
    """The share of the marks that each cluster has (clusters,)."""
    return np.asarray(np.mean([arm.counts.sum(axis=0) / arm.counts.sum() for arm in arms], axis=0))


def corrected(residuals: Floats, weights: Floats) -> tuple[float, float]:
    """The variance of a weighted mean from what each cluster adds to its error, and the degrees of freedom of that.

    A cluster that has most of the marks pulls the mean towards itself and hides its own error: each square is divided
    by what remains of it on average where the means of the clusters all vary alike. With clusters of one size that is
    the factor clusters / (clusters - 1), and the degrees of freedom are clusters - 1.

    Ref: Bell and McCaffrey (2002); Imbens and Kolesar (2016), "Robust standard errors in small samples", section 4.
    """
    w, square = weights, float(weights @ weights)
    share = 1 - 2 * w + square  # (clusters,) of the variance of a cluster's mean that its residual keeps
    scale = np.divide(1.0, share, out=np.zeros_like(w), where=w > 0)
    variance = float(scale @ residuals**2)
    # x' A x has the degrees of freedom tr(A)^2 / tr(A^2); A's double sum over clusters is written out in its moments
    h = w**2 * scale
    zeroth, first, second = (float(h @ w**k) for k in range(3))
    trace = float(h**2 @ (1 + 2 * (square - 2 * w)))
    trace += (square * zeroth) ** 2 + 2 * zeroth * second - 4 * square * zeroth * first + 2 * first**2
    return variance, square**2 / trace


def _ends(
    arms: tuple[Sums, Sums], value: float, variance: float, degrees: float, rng: np.random.Generator | None
) -> tuple[float, float]:
    """The ends of the interval: for seeds and few clusters a bootstrap's, as wide as Student's, else Student's.

    A handful of clusters, or one that outweighs the others, has too few outcomes for a bootstrap to draw from.

    Ref: Hesterberg (2015), "What teachers should know about the bootstrap", section 5, for the width.
    """
    from scipy.special import stdtrit

    half = float(stdtrit(degrees, UPPER)) * math.sqrt(variance)  # Student's half width
    clusters = arms[0].totals.shape[1]
    smooth = clusters >= FEW and all(len(arm.totals) == 1 for arm in arms)
    if rng is None or smooth or effective(_weights(arms)) < HANDFUL:
        return value - half, value + half
    # (draws,) how far each redrawn difference lies from the observed one
    off = np.concatenate([_redrawn(arms, clusters, rng) for _ in range(DRAWS // BLOCK)]) - value
    low, high = np.nanquantile(off, (1 - UPPER, UPPER)) * (half / NORMAL / float(np.nanstd(off)))
    return value + float(low), value + float(high)


def _redrawn(arms: tuple[Sums, Sums], clusters: int, rng: np.random.Generator) -> Floats:
    """Differences (draws,) with the clusters of both arms and the seeds of each drawn with replacement."""
    taken = resample(clusters, rng)
    a, b = (arm.drawn(resample(len(arm.totals), rng), taken) for arm in arms)
    return a - b
