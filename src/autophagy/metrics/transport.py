"""Sliced Wasserstein: how far the generated rows must be carried to lie like the real ones, seen along many lines."""

import numpy as np

from ..core.decorators import metric
from ..core.errors import UsageError
from ..core.samples import Array
from ..features.features import Features

STREAM = int.from_bytes(b"sliced wasserstein")  # the seed of the lines: any constant, so that all runs share them


@metric(
    "sliced_wasserstein",
    title="sliced Wasserstein distance",
    group="Distance from the real data",
    bounds=(0, None),
    better="lower",
    also=("wasserstein", "emd"),
)
def sliced_wasserstein(
    reference: Features, generated: Features, rng: np.random.Generator, *, projections: int = 256, order: int = 2
) -> float:
    """How far the generated rows must be moved to lie like the real ones, averaged over lines through the data.

    The root of the mean, over fixed lines, of the transport cost along the line. It is exact, also for sets of
    different sizes. The lines have a random stream of their own, the same in every run, so that generations and runs
    are seen from the same sides. `order` is the power of distances. Ref: Bonneel et al. 2015, eq. 8.
    """
    if projections < 1 or order < 1:
        raise UsageError(
            f"projections={projections} and order={order} must both be at least 1: use the defaults 256 and 2."
        )
    # lines (d, p), and the real positions (p, n) along each
    lines = _lines(reference.x.shape[1], projections)
    real = reference.once(("sorted", projections), lambda: _sorted(reference.x, lines))
    costs = cost(real, _sorted(generated.x, lines), order)
    return float(costs.mean() ** (1 / order))


def cost(a: Array, b: Array, order: int) -> Array:
    """The transport cost (p,) between each sorted row of a (p, n) and that of b (p, m).

    Both quantile functions are steps; between two neighbouring steps of either, both stand still.
    """
    n, m = a.shape[1], b.shape[1]
    if n == m:
        return _mean_power(a, b, np.full(n, 1 / n), order)
    starts = np.union1d(np.arange(n) * m, np.arange(m) * n)  # the steps, in units of 1 / (n m)
    widths = np.diff(starts, append=n * m) / (n * m)
    i, j = starts // m, starts // n  # the row of each side (steps,) that stands at each step
    return np.array([_mean_power(row[i], other[j], widths, order) for row, other in zip(a, b, strict=True)])


def _mean_power(a: Array, b: Array, widths: Array, order: int) -> Array:
    powers: Array = np.abs(a - b) ** order @ widths
    return powers


def _lines(d: int, projections: int) -> Array:
    """Unit vectors (d, p) float32, uniform on the sphere."""
    lines = np.random.default_rng([STREAM, d]).standard_normal((d, projections))
    return (lines / np.linalg.norm(lines, axis=0)).astype(np.float32)


def _sorted(x: Array, lines: Array) -> Array:
    """The positions (p, n) along each line, in order."""
    return np.sort((x @ lines).T.astype(np.float64), axis=1)
