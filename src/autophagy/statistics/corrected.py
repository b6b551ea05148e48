"""A mean that a judge estimates and people correct: prediction-powered, the judge weighted by what it is worth.

A judge marks every row, people label a random part of them. The corrected mean is the judge's mean, weighted, plus what
people add to it on the rows that they labelled. The plain interval covers 19 to 95 % of the time where labels are few;
pseudo-rows on which the judge is wrong both ways, and Student's t, mend that (bench/corrected_judge.py).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .intervals import SHARE, Score
from .paired import NORMAL, UNKNOWN, UPPER, corrected, effective

Pseudo = tuple[tuple[float, float], ...]  # rows of (what people say, what the judge says)
OF_MEAN: Pseudo = ((1.0, 0.0), (0.0, 1.0))
OF_DIFFERENCE: Pseudo = (*OF_MEAN, (-1.0, 0.0), (0.0, -1.0))  # either arm may be the one that is marked wrongly
FEW = 10  # labels, below which only people are to be heard

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected figure; `weight` is how far the judge is trusted, 0 to 1, and `worth` how many labels it is worth.

    `worth` counts the labels that people alone would have to give for an interval as narrow.
    """

    score: Score
    weight: float
    worth: float


NOTHING = Corrected(UNKNOWN, math.nan, math.nan)


def corrected_mean(
    judge: ArrayLike,
    people: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    pseudo: Pseudo = OF_MEAN,
    weight: float | None = None,
) -> Corrected:
    """The mean of what people would say of all rows, from a judge's marks (rows,) of all and people's of some.

    Marks lie in [0, 1]; people's are NaN where there is no label, and labelled rows are a random part of all. A mark of
    the judge that is NaN takes the row out. `clusters` (rows,) names the source document of each row, and makes one
    unit of its rows. The weight is the one of least variance unless it is given. Without pseudo-rows it is the plain
    estimate, with a normal interval that is too short. n counts the labels.

    Ref: Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023), "Prediction-powered inference"; Angelopoulos, Duchi
    and Zrnic (2023), "PPI++", for the weight; Agresti and Coull (1998) for rows that are added.
    """
    return _corrected(judge, people, clusters, pseudo, weight, SHARE)


def corrected_difference(
    judge: tuple[ArrayLike, ArrayLike], people: tuple[ArrayLike, ArrayLike], clusters: ArrayLike | None = None
) -> Corrected:
    """The mean of a - b that people would find, from the marks of two arms (a, b) on the same questions.

    Paired by question: a label counts where both arms have one. The weight is that of the differences.
    """
    f, y = (np.subtract(*(np.asarray(side, np.float64) for side in sides)) for sides in (judge, people))
    return _corrected(f, y, clusters, OF_DIFFERENCE, None, (-1.0, 1.0))


def best_weight(covariance: float, variance: float, labels: float, rest: int) -> float:
    """How far to trust a judge whose marks have this variance and this covariance with people's, 0 to 1.

    Ref: Angelopoulos, Duchi and Zrnic (2023), "PPI++: efficient prediction-powered inference", section 6.
    """
    if not rest or variance <= 0:
        return 0.0
    return min(max(covariance / ((1 + labels / rest) * variance), 0.0), 1.0)


def _corrected(
    judge: ArrayLike,
    people: ArrayLike,
    clusters: ArrayLike | None,
    pseudo: Pseudo,
    weight: float | None,
    bounds: tuple[float, float],
) -> Corrected:
    f, y = np.asarray(judge, np.float64), np.asarray(people, np.float64)
    known = np.isfinite(f)
    here, rest = known & np.isfinite(y), known & ~np.isfinite(y)
    labels = int(here.sum())
    if labels == 0:
        return NOTHING
    names = np.arange(len(f)) if clusters is None else np.unique(np.asarray(clusters), return_inverse=True)[1]
    added = np.array(pseudo).reshape(-1, 2)
    said, marked = np.r_[y[here], added[:, 0]], np.r_[f[here], added[:, 1]]
    own = np.r_[names[here], names.max() + 1 + np.arange(len(added))]  # a pseudo-row is a document of its own
    heft = np.r_[np.ones(labels), np.full(len(added), _size(y[here], names[here]))]
    if weight is None:
        both = float(np.cov(said, marked, aweights=heft)[0, 1]) if len(said) > 1 else 0.0
        spread = float(np.cov(np.r_[marked, f[rest]], aweights=np.r_[heft, np.ones(rest.sum())], ddof=0))
        weight = best_weight(both, spread, float(heft.sum()), int(rest.sum()))
    residuals = said - weight * marked
    value = weight * float(f[rest].mean() if rest.any() else 0.0) + float(heft @ residuals / heft.sum())
    variance, degrees = _variance(residuals, heft, own, weight * f[rest], names[rest])
    alone, _ = _variance(said, heft, own, np.empty(0), names[:0])
    if not variance > 0:
        return Corrected(Score(value, math.nan, math.nan, labels), weight, math.nan)
    half = _quantile(degrees, bool(pseudo)) * math.sqrt(variance)
    value, low, high = np.clip((value, value - half, value + half), *bounds).tolist()
    return Corrected(Score(value, low, high, labels), weight, labels * alone / variance)


def _size(people: Floats, names: NDArray[np.intp]) -> float:
    """How many labels a pseudo-row stands for: as many as the clusters make one label worth less, at most a cluster.

    One where every label is of a document of its own. Where all labels agree, nothing shows how alike those of one
    document are, and a pseudo-row weighs as much as a document.
    """
    n = len(people)
    first, weights = _errors(people, np.ones(n), names, int(names.max()) + 1)
    whole = n / effective(weights)  # labels of a cluster
    if np.count_nonzero(weights) < 2 or np.ptp(people) == 0:
        return whole
    alike = corrected(first[weights > 0], weights[weights > 0])[0] * n / float(people.var(ddof=1))
    return min(max(alike, 1.0), max(whole, 1.0))


def _quantile(degrees: float, student: bool) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees, UPPER)) if student else NORMAL


def _variance(
    labelled: Floats, heft: Floats, own: NDArray[np.intp], rest: Floats, theirs: NDArray[np.intp]
) -> tuple[float, float]:
    """The variance of the sum of two means, and the degrees of freedom of the first: the second has rows in plenty.

    A document that has rows in both adds what they share, where that makes the sum vary more.
    """
    size = int(max(own.max(), theirs.max(initial=0))) + 1
    first, weights = _errors(labelled, heft, own, size)
    variance, degrees = corrected(first[weights > 0], weights[weights > 0]) if np.count_nonzero(weights) > 1 else (0, 0)
    if len(rest):
        second, more = _errors(rest, np.ones(len(rest)), theirs, size)
        if np.count_nonzero(more) > 1:
            variance += corrected(second[more > 0], more[more > 0])[0]
        variance += max(0.0, 2 * float(first @ second))
    return float(variance), float(degrees)


def _errors(values: Floats, heft: Floats, groups: NDArray[np.intp], size: int) -> tuple[Floats, Floats]:
    """What each group adds to the error of the weighted mean, and its share of the weights, (size,) each."""
    total = float(heft.sum())
    off = heft * (values - heft @ values / total)
    return np.bincount(groups, off, size) / total, np.bincount(groups, heft, size) / total
