"""MAUVE: how much of two distributions lies in one place, read off the frontier of two kinds of error."""

import numpy as np

from ..core.errors import DataError
from ..core.samples import Array

SCALE = 5.0  # the c of the paper, section 3
POINTS = 1_001  # mixtures that the curve is drawn through: its area is exact to five digits
ROWS = 10  # of the smaller side for each bucket, as in the paper's appendix
KEPT = 0.9  # the share of the variance that the principal components keep


STARTS, STEPS = 5, 500  # of k-means: those of the authors' implementation


def mauve(p: Array, q: Array, rng: np.random.Generator, *, buckets: int | None = None, scale: float = SCALE) -> float:
    """MAUVE of the features p (n, d) and q (m, d): 1 where they lie alike, near 0 where they lie apart.

    Both sides together are scaled to length 1, projected on the principal components that hold 90 % of their variance,
    and sorted into buckets by k-means: a tenth of the smaller side unless told, at least 2. Two samples of one
    distribution fall into the buckets a little differently, so their value is below 1: hold it against what real rows
    score at the same sizes. Raises DataError for fewer than two rows a side, or where they are not finite.
    Ref: Pillutla et al. 2021, sections 2 and 3.
    """
    if min(len(p), len(q)) < 2 or p.shape[1:] != q.shape[1:] or not (np.isfinite(p).all() and np.isfinite(q).all()):
        raise DataError(
            f"MAUVE needs two finite rows a side with equally many numbers, not features {p.shape} and {q.shape}."
        )
    both = np.concatenate([p, q]).astype(np.float64)
    lengths = np.linalg.norm(both, axis=1, keepdims=True)
    bucket = _buckets(
        both / np.where(lengths > 0, lengths, 1), buckets or max(2, round(min(len(p), len(q)) / ROWS)), rng
    )
    left, right = (np.bincount(side, minlength=bucket.max() + 1) for side in np.split(bucket, [len(p)]))
    return frontier_area(left / left.sum(), right / right.sum(), scale)


def frontier_area(p: Array, q: Array, scale: float = SCALE) -> float:
    """The area under exp(-c KL(q|r)), exp(-c KL(p|r)), a curve over the mixtures r = w p + (1 - w) q of two histograms.

    p and q (k,) each add up to 1. Equal histograms give 1, disjoint ones 1 / C(2c, c), which is 1/252 at c = 5.
    """
    # (points, 1), dense at the ends, where the curve bends most
    weight = (1 - np.cos(np.linspace(0, np.pi, POINTS)[1:-1, None])) / 2
    # (points, k) mixtures of the two histograms
    mixture = weight * p + (1 - weight) * q
    x = np.concatenate([[1], np.exp(-scale * _divergence(q, mixture)), [0]])
    y = np.concatenate([[0], np.exp(-scale * _divergence(p, mixture)), [1]])
    return float(-np.trapezoid(y, x))


def _divergence(p: Array, mixture: Array) -> Array:
    """KL(p|r) for each mixture r (points, k), all above 0 where p is."""
    known = p > 0
    divergence: Array = (p[known] * np.log(p[known] / mixture[:, known])).sum(axis=1)
    return divergence


def _buckets(x: Array, count: int, rng: np.random.Generator) -> Array:
    from sklearn.cluster import KMeans

    centred = x - x.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred)
    shares = np.cumsum(values[::-1]) / values.sum() if values[-1] > 0 else np.ones(1)
    kept = 1 + int(np.searchsorted(shares, KEPT))
    # (n + m, kept), the leading components first
    projected = centred @ vectors[:, : -kept - 1 : -1]
    different = len(np.unique(projected, axis=0))
    means = KMeans(min(count, different), n_init=STARTS, max_iter=STEPS, random_state=int(rng.integers(2**31)))
    buckets: Array = means.fit_predict(projected)
    return buckets
