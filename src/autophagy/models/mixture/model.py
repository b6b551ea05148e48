"""A mixture of Gaussians, fitted by EM for all runs in one batch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from ...core.decorators import model
from ...core.errors import FitError, UsageError
from ...core.samples import Array, Samples
from . import em

BLOCK = 1 << 18  # numbers that a block of runs spreads over at once: 2 MiB, which stays near the cache


@dataclass(frozen=True)
class FittedMixture:
    """The parameters of one mixture a run, in the form that em.Parameters describes."""

    parameters: em.Parameters
    shape: tuple[int, ...]

    @property
    def runs(self) -> int:
        """How many runs were fitted together."""
        return len(self.parameters.weights)

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Array:
        """n rows of each run, (runs * n, ...): a component by its weight, then N(mu_k, bias * Sigma_k)."""
        p = self.parameters
        runs, components, d = p.means.shape
        edges = p.weights.cumsum(axis=1) / p.weights.sum(axis=1, keepdims=True)
        which = (rng.random((runs, n, 1)) >= edges[:, None, :-1]).sum(axis=2)  # (runs, n), each row's component
        normal = rng.standard_normal((runs, n, d))
        x = np.empty((runs, n, d))
        # every component turns all rows and keeps its own, so that no matrix is gathered for each row
        for j in range(components):
            y = normal * np.sqrt(bias * p.values[:, j, None])
            if p.vectors.size:
                y = y @ p.vectors[:, j].swapaxes(1, 2)
            y += p.means[:, j, None]
            np.copyto(x, y, where=(which == j)[..., None])
        return x.reshape(runs * n, *self.shape)

    def log_prob(self, x: Array) -> Array:
        """Log density (n,) of rows (n, ...) under the first run's mixture."""
        flat = np.asarray(x, np.float64).reshape(1, len(x), -1)
        first = self.parameters.take(np.arange(1))
        step = max(1, BLOCK // max(1, first.means.size))
        parts = [em.log_sum(em.log_joint(flat[:, i : i + step], first))[0] for i in range(0, len(x), step)]
        return np.concatenate([np.zeros(0), *parts])

    def moments(self) -> tuple[Array, Array]:
        """The mixtures' means (runs, d) and total variances (runs,), within plus between the components."""
        p = self.parameters
        mean = np.einsum("ck,ckd->cd", p.weights, p.means)
        between = np.square(p.means - mean[:, None]).sum(axis=2)
        return mean, np.einsum("ck,ck->c", p.weights, p.values.sum(axis=2) + between)

    def save(self, folder: Path) -> None:
        """Write the parameters to `folder`/mixture.npz."""
        np.savez(folder / "mixture.npz", shape=np.array(self.shape, int), **self.parameters._asdict())


@model("mixture", also=("gmm",))
@dataclass(frozen=True)
class Mixture:
    """A mixture of Gaussians, each with a weight, a mean and a covariance of its own, fitted by EM.

    `covariance` is "full" or "diagonal"; none of its eigenvalues falls below `floor`, so a component that
    shrinks onto one row keeps that variance, and one that loses all rows keeps its place with weight 0. EM stops
    when the mean log-likelihood a row gains less than `tolerance`, or after `iterations`. From scratch it starts at
    k-means++ centres; with `start` it goes on from there. Sampling bias scales the variance of every component and
    leaves means and weights alone.

    Ref: Shumailov et al. (2024), two components; Alemohammad et al. (2023), 25 modes.
    """

    components: int = 2
    covariance: Literal["full", "diagonal"] = "full"
    tolerance: float = 1e-5
    iterations: int = 200
    floor: float = 1e-6

    def __post_init__(self) -> None:
        if self.components < 1 or self.iterations < 1:
            raise UsageError("a mixture has at least 1 component and 1 iteration: raise the setting.")
        if self.covariance not in ("full", "diagonal"):
            raise UsageError(f"covariance is 'full' or 'diagonal', not {self.covariance!r}.")
        if not (self.floor > 0 and self.tolerance >= 0):
            raise UsageError("floor must be above 0 and tolerance at least 0: a floor such as 1e-6 keeps EM finite.")

    def fit(
        self, train: Samples, rng: np.random.Generator, *, start: FittedMixture | None = None, runs: int = 1
    ) -> FittedMixture:
        """Fit each run's rows (n, ...), from k-means++ centres or going on from `start`.

        Raises FitError for texts, for rows that are not finite, for fewer rows than components, and for a start
        of other shape.
        """
        x = self._rows(train, runs)
        origin = self._spread(x, rng) if start is None else start.parameters
        expected = (runs, self.components, x.shape[2]), (runs, self.components, *self._square(x.shape[2]))
        if (origin.means.shape, origin.vectors.shape) != expected:
            raise FitError("the mixture to go on from has other runs, components or dimensions: start from scratch.")
        fits = [
            em.fit(x[block], origin.take(block), self.floor, self.tolerance, self.iterations)
            for block in self._blocks(x)
        ]
        return FittedMixture(_join(fits), train.x.shape[1:])

    def load(self, folder: Path) -> FittedMixture:
        """Read what `save` wrote."""
        with np.load(folder / "mixture.npz", allow_pickle=False) as file:
            parameters = em.Parameters(*(file[name] for name in em.Parameters._fields))
            return FittedMixture(parameters, tuple(int(size) for size in file["shape"]))

    def _rows(self, train: Samples, runs: int) -> Array:
        if train.x.dtype.kind not in "fiu":
            raise FitError("a mixture learns from numbers, not texts: choose a text model or numeric data.")
        n = len(train) // runs
        if n < self.components:
            raise FitError(f"{self.components} components need as many rows and got {n}: raise samples.")
        x = train.x.reshape(runs, n, -1).astype(np.float64, copy=False)
        if not np.isfinite(x).all():
            raise FitError("the rows hold numbers that are not finite: clean the data before fitting.")
        return x

    def _spread(self, x: Array, rng: np.random.Generator) -> em.Parameters:
        """Where EM starts from scratch.

        The random numbers are drawn run by run, so that a batch uses the same as fits one after the other.
        """
        tries = 2 + int(np.log(self.components))  # as in scikit-learn's k-means++
        uniform = rng.random((len(x), self.components, tries))
        diagonal = not self._square(x.shape[2])[0]
        return _join(
            [
                em.spread_start(x[block], self.components, diagonal, uniform[block], self.floor)
                for block in self._blocks(x)
            ]
        )

    def _blocks(self, x: Array) -> list[Array]:
        """The runs in blocks of which the work arrays stay near the cache."""
        runs, n, d = x.shape
        return np.array_split(np.arange(runs), min(runs, 1 + runs * n * self.components * d // BLOCK))

    def _square(self, d: int) -> tuple[int, int]:
        """The shape of a covariance's eigenvectors, (0, 0) where it is diagonal."""
        return (0, 0) if self.covariance == "diagonal" or d == 1 else (d, d)


def _join(parts: list[em.Parameters]) -> em.Parameters:
    return em.Parameters(*map(np.concatenate, zip(*parts, strict=True)))
