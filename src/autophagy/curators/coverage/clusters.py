"""Clusters of points, as many as the points have themselves."""

from collections.abc import Sequence
from warnings import catch_warnings, simplefilter

import numpy as np

from ...core.samples import Array

NUMBERS = (2, 3, 4, 5, 6, 8, 11, 16, 23, 32, 45, 64)  # of clusters that are tried, each about root two times the last
FEWEST = 20  # points a cluster has on average at least
AS_GOOD = 0.9  # of the best silhouette: the largest number of clusters that reaches it is taken
JUDGED = 2000  # points whose silhouette is taken
STARTS, STEPS = 3, 50  # of k-means the best of three starts is taken
FEW_STEPS = 10  # of one start, which show how good a number is


def clusters(points: Array, count: int, seed: int) -> Array:
    """The cluster (n,) of each unit vector (n, d), the largest first: `count` of them, or as many as there are if 0.

    k-means finds them. Their number is the largest whose mean silhouette comes within a tenth of the best, since coarse
    clusters hide holes, with 20 points a cluster at least; one cluster where there are fewer than 40 points.

    Ref: Lloyd (1982); Arthur and Vassilvitskii (2007), k-means++; Rousseeuw (1987), the silhouette.
    """
    most = len(np.unique(points, axis=0))
    tried = [number for number in NUMBERS if number * FEWEST <= len(points) and number < most]
    if not (count or tried):
        return np.zeros(len(points), np.int64)
    largest = min(count, most) if count else tried[-1]
    starts = [_seeds(points, largest, rng) for rng in np.random.default_rng(seed).spawn(STARTS)]
    number = largest if count else _number(points, tried, starts[0])
    return _by_size(min((_k_means(points, start[:number]) for start in starts), key=lambda found: found[0])[1])


def _number(points: Array, tried: Sequence[int], start: Array) -> int:
    """The largest number of clusters that is about as good as the best; the first where every silhouette is below 0."""
    judged = points[:JUDGED]
    far = np.maximum(1 - judged @ judged.T, 0)  # the cosine distances, the same for every number
    np.fill_diagonal(far, 0)
    scores = [silhouette(far, _k_means(points, start[:number], FEW_STEPS)[1][:JUDGED]) for number in tried]
    good = [number for number, score in zip(tried, scores, strict=True) if score >= AS_GOOD * max(scores)]
    return good[-1] if good else tried[0]


def silhouette(far: Array, labels: Array) -> float:
    """The mean silhouette of points by their distances (n, n) and labels (n,): (b - a) / max(a, b), 0 of one alone.

    a is the mean distance to the other points of its cluster, b that to the nearest other cluster (Rousseeuw, 1987).
    """
    labels = np.unique(labels, return_inverse=True)[1]
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return 0.0
    sums = far @ (labels[:, None] == np.arange(len(sizes))).astype(far.dtype)  # (n, k)
    rows, own = np.arange(len(labels)), sizes[labels]
    inside = sums[rows, labels] / np.maximum(own - 1, 1)
    means = sums / sizes
    means[rows, labels] = np.inf
    outside = means.min(axis=1)
    larger = np.maximum(inside, outside)
    return float(np.mean(np.where((own > 1) & (larger > 0), (outside - inside) / np.where(larger > 0, larger, 1), 0)))


def _seeds(points: Array, number: int, rng: np.random.Generator) -> Array:
    """Points (k, d) to start from, each drawn by its squared distance to those before; the first few serve for few."""
    chosen = [int(rng.integers(len(points)))]
    nearest = np.full(len(points), np.inf)
    for _ in range(number - 1):
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int(rng.choice(len(points), p=nearest / nearest.sum())))
    return points[chosen]


def _k_means(points: Array, start: Array, steps: int = STEPS) -> tuple[float, Array]:
    """The mean squared distance to the centres that are found from a start (k, d), and the cluster (n,) of each."""
    from scipy.cluster.vq import kmeans2

    with catch_warnings():
        simplefilter("ignore")  # of a cluster that became empty: there is one fewer
        centres, labels = kmeans2(points, start, steps, minit="matrix")
    return float(((points - centres[labels]) ** 2).sum(axis=1).mean()), labels


def _by_size(labels: Array) -> Array:
    labels = np.unique(labels, return_inverse=True)[1]
    sizes = np.bincount(labels)
    rank = np.empty(len(sizes), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    return rank[labels]
