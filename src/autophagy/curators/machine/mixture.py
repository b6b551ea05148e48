"""Mixture: the share of one law in a mixture of two, by maximum likelihood."""

import numpy as np

from ...core.samples import Array

STEPS = 50  # halvings of the interval from 0 to 1
BOUND = 50.0  # nats beyond which a ratio is as good as certain
BINS = 4096  # of equally many ratios: so many differ, and more are counted together


def share(ratios: Array, weights: Array | None = None) -> Array:
    """The share of the second law that makes log likelihood ratios (n,) most likely, for each row of weights (m, n).

    The likelihood is concave in the share, so its slope is halved to the point where it is 0. Ratios that say nothing,
    of 0, leave the share alone; where there are no others it is 0.
    """
    odds = np.exp(np.clip(ratios, -BOUND, BOUND)) - 1
    weights = np.ones((1, len(ratios))) if weights is None else np.atleast_2d(weights)
    low, high = np.zeros(len(weights)), np.ones(len(weights))
    for _ in range(STEPS):
        middle = (low + high) / 2
        slope = (weights * (odds / (1 + middle[:, None] * odds))).sum(axis=1)
        low, high = np.where(slope > 0, middle, low), np.where(slope > 0, high, middle)
    found = np.where(high == 1.0, 1.0, low)
    return np.where(low == 0.0, 0.0, found)


def binned(ratios: Array) -> tuple[Array, Array]:
    """The ratios (b,) in order and how often each counts (b,); more than 4,096 become as many means."""
    ordered = np.sort(ratios)
    if len(ordered) <= BINS:
        return ordered, np.ones(len(ordered))
    edges = np.arange(BINS) * len(ordered) // BINS
    counts = np.diff(np.append(edges, len(ordered)))
    return np.add.reduceat(ordered, edges) / counts, counts.astype(float)
