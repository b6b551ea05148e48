"""A Gaussian in d dimensions, fitted by maximum likelihood or without bias."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from ..core.decorators import model
from ..core.errors import FitError, UsageError
from ..core.samples import Array, Samples


@dataclass(frozen=True)
class FittedGaussian:
    """Means (runs, d) and what the rows spread by, one Gaussian a run.

    `spread` are the covariances (runs, d, d). Of fewer rows than dimensions, such as images, it is the rows themselves
    (runs, n, d), centred and over the root of their number: their products sum up to the covariance, which would take
    d squared numbers and a root that takes d cubed steps.
    """

    mean: Array
    spread: Array
    shape: tuple[int, ...]

    @property
    def runs(self) -> int:
        """How many runs were fitted together."""
        return len(self.mean)

    @property
    def covariance(self) -> Array:
        """The covariances (runs, d, d)."""
        return self.spread.transpose(0, 2, 1) @ self.spread if self._few else self.spread

    @property
    def _few(self) -> bool:
        return self.spread.shape[1] < self.spread.shape[2]

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Array:
        """n rows of each run, (runs * n, ...), from N(mean, bias * covariance)."""
        runs, d = self.mean.shape
        x = rng.standard_normal((runs, n, self.spread.shape[1]))
        factor = (self.spread.transpose(0, 2, 1) if self._few else _root(self.spread)) * np.sqrt(bias)
        if d == 1:
            x *= factor
        else:
            x = x @ factor.transpose(0, 2, 1)
        x += self.mean[:, None, :]
        return x.reshape(runs * n, *self.shape)

    def log_prob(self, x: Array) -> Array:
        """Log density (n,) of rows (n, d) under the first run's Gaussian; -inf off a degenerate support."""
        from scipy.stats import multivariate_normal

        flat = np.asarray(x, float).reshape(len(x), -1)
        law = multivariate_normal(self.mean[0], self.covariance[0], allow_singular=True)
        return np.asarray(law.logpdf(flat)).reshape(len(x))

    def moments(self) -> tuple[Array, Array]:
        """The fitted means (runs, d) and total variances (runs,)."""
        if self._few:
            return self.mean, np.einsum("cnd,cnd->c", self.spread, self.spread)
        return self.mean, np.trace(self.spread, axis1=1, axis2=2)

    def save(self, folder: Path) -> None:
        """Write the parameters to `folder`/gaussian.npz."""
        np.savez(folder / "gaussian.npz", mean=self.mean, spread=self.spread, shape=self.shape)


@model("gaussian", also=("normal",))
@dataclass(frozen=True)
class Gaussian:
    """A Gaussian whose mean and covariance are estimated from the rows.

    `covariance` is "mle" (divide by n) or "unbiased" (divide by n - 1). Sampling bias scales the variance:
    rows are drawn from N(mean, bias * covariance).

    Ref: Shumailov et al. (2024), section "Theoretical intuition"; Alemohammad et al. (2023), section 3.
    """

    covariance: Literal["mle", "unbiased"] = "mle"

    def __post_init__(self) -> None:
        if self.covariance not in ("mle", "unbiased"):
            raise UsageError(f"covariance is 'mle' or 'unbiased', not {self.covariance!r}.")

    def fit(self, train: Samples, rng: np.random.Generator, *, start: Any = None, runs: int = 1) -> FittedGaussian:
        """Estimate each run's Gaussian from its rows (n, ...); `start` changes nothing, the estimate is exact.

        Raises FitError for texts, for rows that are not finite and for fewer rows than the estimate needs.
        """
        if train.x.dtype.kind not in "fiu":
            raise FitError("a gaussian learns from numbers, not texts: choose a text model or numeric data.")
        n = len(train) // runs
        lost = 1 if self.covariance == "unbiased" else 0
        if n < 1 + lost:
            raise FitError(f"a {self.covariance} gaussian needs at least {1 + lost} rows and got {n}: raise samples.")
        x = train.x.reshape(runs, n, -1).astype(np.float64, copy=False)
        mean = np.einsum("cnd->cd", x) / n  # (runs, d)
        if not np.isfinite(mean).all():
            raise FitError("the rows hold numbers that are not finite: clean the data before fitting.")
        centred = x - mean[:, None, :]
        if n < centred.shape[2]:
            return FittedGaussian(mean, centred / np.sqrt(n - lost), train.x.shape[1:])
        if centred.shape[2] == 1:
            flat = centred[:, :, 0]
            scatter = np.einsum("cn,cn->c", flat, flat)[:, None, None]  # (runs, 1, 1)
        else:
            scatter = centred.transpose(0, 2, 1) @ centred  # (runs, d, d)
        return FittedGaussian(mean, scatter / (n - lost), train.x.shape[1:])

    def load(self, folder: Path) -> FittedGaussian:
        """Read what `save` wrote."""
        with np.load(folder / "gaussian.npz", allow_pickle=False) as file:
            return FittedGaussian(file["mean"], file["spread"], tuple(int(size) for size in file["shape"]))


def _root(covariance: Array) -> Array:
    """A square root L of each covariance, L L^T = covariance, also where its rank is lost."""
    if covariance.shape[1] == 1:
        return np.sqrt(covariance)
    try:
        return np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(covariance)
        return vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]  # rounding leaves values of -1e-17
