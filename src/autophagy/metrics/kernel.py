"""The kernel distance: the unbiased squared maximum mean discrepancy of the cubic kernel."""

import numpy as np

from ..core.decorators import metric
from ..core.samples import Array
from ..features.features import Features

TILE = 1024  # rows: a tile of products takes 8 MB


@metric("kernel", title="kernel distance", group="Distance from the real data", better="lower", also=("kid", "mmd"))
def kernel(reference: Features, generated: Features, rng: np.random.Generator) -> float:
    """Kernel distance (KID) between real and generated features; unbiased, so around 0 for a perfect model.

    The full U-statistic over all pairs, of the kernel (x . y / d + 1)^3, in float64 tiles. The kernel depends on where
    0 lies: rows that are measured as they are (`raw`) keep their own.
    Ref: Binkowski et al. 2018, section 4; Gretton et al. 2012, eq. 3.
    """
    zero = reference.feature_map.origin
    real = reference.once("kernel", lambda: _within(reference.x, zero))
    pairs = len(reference) * len(generated)
    return real + _within(generated.x, zero) - 2 * _sum(reference.x, generated.x, zero) / pairs


def _within(x: Array, zero: Array | float) -> float:
    """The mean of the kernel over the pairs of different rows of x (n, d), which lie that far from 0."""
    n, d = x.shape
    same = np.concatenate([np.square(x[i : i + TILE] + np.float64(zero)).sum(axis=1) for i in range(0, n, TILE)])
    return (_sum(x, x, zero) - float(((same / d + 1) ** 3).sum())) / (n * (n - 1))


def _sum(x: Array, y: Array, zero: Array | float) -> float:
    """The sum of the kernel over all pairs of a row of x and a row of y."""
    total = 0.0
    for i in range(0, len(x), TILE):
        left = (x[i : i + TILE] + np.float64(zero)) / x.shape[1]
        for j in range(0, len(y), TILE):
            base = left @ (y[j : j + TILE] + np.float64(zero)).T
            base += 1
            total += float(np.vdot(base * base, base))
    return total
