"""Rows of Gaussians held as counts, means and scatters, for all chains at once: drawn, pooled and cut.

With d = 1 a mean is (chains,) and a scatter (chains,); with more, (chains, d) and (chains, d, d).
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...plan import Floats
from .draws import Draws


@dataclass(frozen=True)
class RowGroup:
    """So many rows of each chain, known by their mean and their scatter (the sum of squares about the mean).

    `count` is a number, or (chains,) where it differs between chains; a group of no rows has any mean.
    """

    count: Any
    mean: Floats
    scatter: Floats

    def moved(self, shift: Floats, scale: Floats) -> "RowGroup":
        """The rows (x - shift) / scale, scale (chains,)."""
        mean = (self.mean - shift) / like(scale, self.mean)
        return RowGroup(self.count, mean, self.scatter / like(scale**2, self.scatter))


def drawn(count: Any, mean: Floats, root: Floats | float, draws: Draws, role: str) -> RowGroup:
    """The law of the mean and scatter of `count` rows from N(mean, root root^T): normal and Wishart, independent.

    `role` names the use in the loop that the rows have, so that their random numbers can come in blocks.
    """
    chains = len(mean)
    if mean.ndim == 1 and isinstance(count, int):
        normal, square_sum = draws.line(role, max(count - 1, 0), chains)  # (chains,) each
        return RowGroup(count, mean + root * normal / math.sqrt(max(count, 1)), root**2 * square_sum)
    rows, degrees = np.maximum(count, 1), np.maximum(count - 1, 0)
    if mean.ndim == 1:
        noise = root * draws.normal(chains) / np.sqrt(rows)  # (chains,)
        return RowGroup(count, mean + noise, root**2 * draws.chi_square(degrees, chains))
    d = mean.shape[1]
    noise = apply(root, draws.normal(chains, d)) / like(np.sqrt(rows), mean)  # (chains, d)
    return RowGroup(count, mean + noise, square(times(root, draws.wishart_root(degrees, d, chains))))


def pooled(groups: list[RowGroup], weights: list[float] | None = None) -> RowGroup:
    """All rows of the groups as one; with `weights`, scatter / count is the variance under these weights."""
    if len(groups) == 1:
        return groups[0]
    total: Any = sum(group.count for group in groups)
    shares = [group.count / total for group in groups] if weights is None else weights
    mean = sum(like(share, group.mean) * group.mean for share, group in zip(shares, groups, strict=True))
    scatter: Any = 0.0
    for share, group in zip(shares, groups, strict=True):
        # a row of this group counts for share * total / count rows
        inner = group.scatter if weights is None else group.scatter * (share * total / max(group.count, 1))
        scatter = scatter + inner + like(share * total, group.scatter) * outer(group.mean - mean)
    return RowGroup(total, mean, scatter)


def part(group: RowGroup, kept: Any, draws: Draws) -> RowGroup:
    """The mean and scatter of `kept` (chains,) rows taken at random from a group whose own are known.

    Given its mean and scatter, a normal sample's residuals are uniform on a sphere, whatever its parameters; so
    with independent A, B, z of the degrees of the two parts and of the step between their means, T = A + B + z z^T,
    the part has scatter R A R^T and mean m + R z sqrt((N - k) / (N k)), where R T R^T is the group's scatter.

    Ref: the matrix beta law, Mitra (1970).
    """
    rows, kept = np.maximum(group.count, 1), np.asarray(kept)
    divided = (kept > 0) & (kept < rows)
    # sqrt((N - k) / (N k)), and 0 where nothing is left out or nothing is left: (chains,)
    step = np.sqrt(np.where(divided, (1 - kept / rows) / np.maximum(kept, 1), 0.0))
    chains, inside, outside = len(group.mean), np.maximum(kept - 1, 0), np.maximum(rows - kept - 1, 0)
    if group.mean.ndim == 1:
        a, b = draws.chi_square(inside, chains), draws.chi_square(outside, chains)
        z = draws.normal(chains) * divided
        total = a + b + z * z  # T of the docstring, (chains,)
        ratio = np.divide(group.scatter, total, out=np.zeros(chains), where=total > 0)
        return RowGroup(kept, group.mean + np.sqrt(ratio) * z * step, ratio * a)
    d = group.mean.shape[1]
    a, b = (square(draws.wishart_root(degrees, d, chains)) for degrees in (inside, outside))
    z = draws.normal(chains, d) * divided[:, None]
    total_root: Floats = root_of(a + b + z[:, :, None] * z[:, None, :])
    # R of the docstring: a root of the scatter times the inverse of a root of T, (chains, d, d)
    turn = np.linalg.solve(total_root.swapaxes(1, 2), root_of(group.scatter).swapaxes(1, 2)).swapaxes(1, 2)
    return RowGroup(kept, group.mean + np.einsum("cij,cj->ci", turn, z) * step[:, None], turn @ a @ turn.swapaxes(1, 2))


def like(numbers: Any, values: Floats) -> Any:
    """Numbers of each chain, (chains,), shaped such that they multiply `values` (chains, ...)."""
    return numbers.reshape(numbers.shape + (1,) * (values.ndim - 1)) if np.ndim(numbers) else numbers


def outer(mean: Floats) -> Floats:
    """m m^T of each chain."""
    return mean * mean if mean.ndim == 1 else mean[:, :, None] * mean[:, None, :]


def square(root: Floats) -> Floats:
    """R R^T of each chain."""
    return root @ root.swapaxes(1, 2)


def apply(root: Floats | float, vector: Floats) -> Floats:
    """R v of each chain; a plain number is a multiple of the identity."""
    return root * vector if np.ndim(root) == 0 else np.einsum("cij,cj->ci", root, vector)


def times(root: Floats | float, matrix: Floats) -> Floats:
    """R M of each chain; a plain number is a multiple of the identity."""
    return root * matrix if np.ndim(root) == 0 else root @ matrix


def root_of(covariance: Floats) -> Floats:
    """A square root R of each covariance, R R^T = covariance, lower triangular where its rank is full."""
    if covariance.ndim == 1:
        return np.sqrt(covariance)
    try:
        root: Floats = np.linalg.cholesky(covariance).astype(float, copy=False)
        return root
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(covariance)
        return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :], float)


def size_of(covariance: Floats) -> Floats:
    """The variance of each chain, averaged over the dimensions."""
    return covariance if covariance.ndim == 1 else np.trace(covariance, axis1=1, axis2=2) / covariance.shape[1]
