"""The Fréchet distance between the Gaussians of the real and of the generated features."""

from dataclasses import dataclass

import numpy as np

from ..core.decorators import metric
from ..core.samples import Array
from ..features.features import Features

BLOCK = 4096  # rows of a QR decomposition: at d = 2048 it takes 100 MB


@dataclass(frozen=True, eq=False)
class Moments:
    """A mean (d,) and a factor F (r, d) of the covariance, F^T F = C with r <= d, in float64."""

    mean: Array
    factor: Array


@metric(
    "frechet",
    title="Fréchet distance",
    group="Distance from the real data",
    bounds=(0, None),
    better="lower",
    headline=3,
    gist="distance from the real data",
    also=("fid", "fd", "frechet_distance"),
)
def frechet(reference: Features, generated: Features, rng: np.random.Generator) -> float:
    """Fréchet distance between real and generated features, from their means and covariances.

    |mu1 - mu2|^2 + tr C1 + tr C2 - 2 tr (C1^(1/2) C2 C1^(1/2))^(1/2). The square roots of the eigenvalues in the last
    term are the singular values of F1 F2^T, where C = F^T F: real, and right also where C is singular. The value is
    biased upward for few rows: compare it at equal numbers of rows, and with what real rows score.
    Ref: Heusel et al. 2017, eq. 6.
    """
    return distance(reference.once("moments", lambda: moments(reference.x)), moments(generated.x))


def distance(a: Moments, b: Moments) -> float:
    """The squared Fréchet (2-Wasserstein) distance between two Gaussians; never negative."""
    # a.factor (r, d) times b.factor^T (d, s) has r or s singular values
    shared = np.linalg.svd(a.factor @ b.factor.T, compute_uv=False).sum()
    spread = np.square(a.factor).sum() + np.square(b.factor).sum()
    return float(max(np.square(a.mean - b.mean).sum() + spread - 2 * shared, 0.0))


def moments(x: Array) -> Moments:
    """The moments of the rows x (n, d), n > 1; the factor comes from a QR decomposition in blocks."""
    mean = x.mean(axis=0, dtype=np.float64)
    factor: Array = np.empty((0, x.shape[1]))  # (r, d), grown by a block and cut back to r <= d
    for start in range(0, len(x), BLOCK):
        factor = np.concatenate([factor, x[start : start + BLOCK] - mean])
        if len(factor) > x.shape[1]:
            factor = np.asarray(np.linalg.qr(factor, mode="r"))
    return Moments(mean, factor / np.sqrt(len(x) - 1))
