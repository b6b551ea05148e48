"""Expectation-maximisation for many Gaussian mixtures at once, as one batch of matrix products.

Shapes: c runs, n rows, k components, d dimensions; rows are (c, n, d) and responsibilities (c, k, n).
"""

from typing import NamedTuple

import numpy as np

from ...core.samples import Array

EMPTY = 1e-10  # rows' worth of responsibility under which a component is dead: it keeps its place with weight 0


class Parameters(NamedTuple):
    """Weights (c, k), means (c, k, d) and covariances by their spectrum.

    `values` (c, k, d) are the eigenvalues and `vectors` (c, k, d, d) the eigenvectors as columns; where the
    covariance is diagonal, `vectors` is (c, k, 0, 0) and `values` are the variances.
    """

    weights: Array
    means: Array
    values: Array
    vectors: Array

    def take(self, runs: Array) -> "Parameters":
        """The parameters of some of the runs."""
        return Parameters(*(part[runs] for part in self))

    def put(self, runs: Array, new: "Parameters") -> None:
        """Overwrite the parameters of some of the runs."""
        for part, fresh in zip(self, new, strict=True):
            part[runs] = fresh


def log_joint(x: Array, p: Parameters) -> Array:
    """log(w_k N(x | mu_k, Sigma_k)) as (c, k, n); -inf for dead components."""
    y = x[:, None] - p.means[:, :, None]  # (c, k, n, d)
    if p.vectors.size:
        y = y @ p.vectors  # along the eigenvectors, where the covariance is diagonal
    y *= (1 / np.sqrt(p.values))[:, :, None]
    d = x.shape[2]
    with np.errstate(divide="ignore"):  # the logarithm of a dead component's weight is -inf
        level = np.log(p.weights) - 0.5 * (np.log(p.values).sum(axis=2) + d * np.log(2 * np.pi))
    return np.asarray(level[:, :, None] - 0.5 * np.einsum("cknd,cknd->ckn", y, y))


def log_sum(log_terms: Array) -> Array:
    """log(sum(exp(.))) over axis 1, of which at least one entry is finite."""
    top = log_terms.max(axis=1)  # (c, n); taken out, so that no exponential overflows
    return np.asarray(top + np.log(np.exp(log_terms - top[:, None]).sum(axis=1)))


def maximise(x: Array, share: Array, old: Parameters, floor: float) -> Parameters:
    """The parameters that maximise the expected log-likelihood under the responsibilities `share` (c, k, n).

    No eigenvalue of a covariance falls below `floor`. Clipping the spectrum is the exact maximum under that
    bound, which is why the log-likelihood still never falls.
    """
    counts = share.sum(axis=2)  # (c, k), rows' worth
    alive = counts > EMPTY
    size = np.where(alive, counts, 1.0)
    means = np.where(alive[..., None], share @ x / size[..., None], old.means)
    y = x[:, None] - means[:, :, None]  # (c, k, n, d)
    if old.vectors.size:
        scatter = (y * share[..., None]).swapaxes(2, 3) @ y / size[..., None, None]  # (c, k, d, d)
        values, vectors = np.linalg.eigh(scatter)
        vectors = np.where(alive[..., None, None], vectors, old.vectors)
    else:
        values, vectors = np.einsum("ckn,cknd,cknd->ckd", share, y, y) / size[..., None], old.vectors
    values = np.where(alive[..., None], np.maximum(values, floor), old.values)
    weights = np.where(alive, counts, 0.0)
    return Parameters(weights / weights.sum(axis=1, keepdims=True), means, values, vectors)


def fit(x: Array, start: Parameters, floor: float, tolerance: float, iterations: int) -> Parameters:
    """Go on from `start` until a run's mean log-likelihood a row gains less than `tolerance`.

    Runs that have converged leave the batch; the others go on.

    Ref: Dempster, Laird, Rubin (1977).
    """
    done = Parameters(*(part.copy() for part in start))
    going, current, before = np.arange(len(x)), start, np.full(len(x), -np.inf)
    for _ in range(iterations):
        joint = log_joint(x, current)  # (c, k, n)
        total = log_sum(joint)  # (c, n), the log-likelihood of each row
        current = maximise(x, np.exp(joint - total[:, None]), current, floor)
        now = total.mean(axis=1)
        gains = now - before > tolerance
        before = now
        if not gains.all():
            done.put(going[~gains], current.take(~gains))
            going, x, before, current = going[gains], x[gains], before[gains], current.take(gains)
            if not len(going):
                return done
    done.put(going, current)
    return done


def spread_start(x: Array, components: int, diagonal: bool, uniform: Array, floor: float) -> Parameters:
    """Components around rows that lie far apart, each owning the rows nearest to it.

    `uniform` (c, k, tries) steers the choice: each new centre is the best of `tries` candidates, drawn in
    proportion to the squared distance from the centres so far.

    Ref: Arthur and Vassilvitskii (2007), k-means++, in its greedy form.
    """
    c, n, d = x.shape
    runs = np.arange(c)
    centres = np.empty((c, components, d))
    centres[:, 0] = x[runs, (uniform[:, 0, 0] * n).astype(int)]
    nearest = np.square(x - centres[:, :1]).sum(axis=2)  # (c, n), squared distance to the nearest centre so far
    owner = np.zeros((c, n), int)
    for j in range(1, components):
        rows = _in_proportion(nearest, uniform[:, j])
        trial = x[runs[:, None], rows]  # (c, tries, d)
        distance = np.square(x[:, None] - trial[:, :, None]).sum(axis=3)  # (c, tries, n)
        best = np.minimum(distance, nearest[:, None]).sum(axis=2).argmin(axis=1)  # (c,): the best candidate
        centres[:, j] = trial[runs, best]
        closer = distance[runs, best] < nearest
        nearest = np.where(closer, distance[runs, best], nearest)
        owner[closer] = j
    share = (owner[:, None] == np.arange(components)[None, :, None]).astype(np.float64)
    variance = np.maximum(x.var(axis=1), floor)
    vectors = np.zeros((0, 0)) if diagonal else np.eye(d)
    blank = Parameters(
        np.full((c, components), 1 / components),
        centres,
        np.repeat(variance[:, None], components, axis=1),
        np.broadcast_to(vectors, (c, components, *vectors.shape)),
    )
    return maximise(x, share, blank, floor)


def _in_proportion(mass: Array, uniform: Array) -> Array:
    """Indices (c, tries) drawn in proportion to mass (c, n); evenly where there is no mass at all."""
    mass = np.where(mass.sum(axis=1, keepdims=True) > 0, mass, 1.0)
    edges = mass.cumsum(axis=1)
    wanted = uniform * edges[:, -1:]
    index = (edges[:, None] <= wanted[:, :, None]).sum(axis=2)
    return np.asarray(np.minimum(index, mass.shape[1] - 1))  # rounding may put the last edge below what is wanted
