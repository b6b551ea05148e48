"""A Gaussian kernel density estimate: every row that was learnt becomes a small Gaussian."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..core.decorators import model
from ..core.errors import FitError, UsageError
from ..core.samples import Array, Samples

BLOCK = 1 << 22  # distances held at once by log_prob: 32 MiB


@dataclass(frozen=True)
class FittedKDE:
    """The rows (runs, n, d) that were learnt and the kernel's standard deviations (runs, d)."""

    rows: Array
    width: Array
    shape: tuple[int, ...]

    @property
    def runs(self) -> int:
        """How many runs were fitted together."""
        return len(self.rows)

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Array:
        """n rows of each run, (runs * n, ...): a learnt row plus N(0, bias * width^2)."""
        runs, learnt, d = self.rows.shape
        which = rng.integers(learnt, size=(runs, n))  # the row that each new one lies around
        x = rng.standard_normal((runs, n, d), dtype=self.rows.dtype.type)
        x *= (np.sqrt(bias) * self.width).astype(x.dtype)[:, None]
        x += np.take_along_axis(self.rows, which[..., None], axis=1)
        return x.reshape(runs * n, *self.shape)

    def log_prob(self, x: Array) -> Array:
        """Log density (n,) of rows (n, ...) under the first run's estimate.

        Where a dimension has width 0, the density is on the values that were learnt: -inf off them.
        """
        from scipy.spatial.distance import cdist
        from scipy.special import logsumexp

        flat = np.asarray(x, np.float64).reshape(len(x), -1)
        rows, wide = self.rows[0].astype(np.float64), self.width[0] > 0
        scale = self.width[0, wide]
        # the logarithm of what a Gaussian kernel integrates to, times the number of rows
        level = np.log(scale).sum() + 0.5 * len(scale) * np.log(2 * np.pi) + np.log(len(rows))
        parts = [np.zeros(0)]
        for block in np.array_split(flat, 1 + flat.shape[0] * len(rows) // BLOCK):
            exponent = -0.5 * cdist(block[:, wide] / scale, rows[:, wide] / scale, "sqeuclidean")  # (block, rows)
            exponent[cdist(block[:, ~wide], rows[:, ~wide], "chebyshev") > 0] = -np.inf
            parts.append(logsumexp(exponent, axis=1) - level)
        return np.concatenate(parts)

    def moments(self) -> tuple[Array, Array]:
        """The means (runs, d) and total variances (runs,): the rows' own (divided by n) plus width^2."""
        mean = self.rows.mean(axis=1, dtype=np.float64)
        own = np.square(self.rows - mean[:, None]).mean(axis=1)  # (runs, d)
        return mean, (own + self.width**2).sum(axis=1)

    def save(self, folder: Path) -> None:
        """Write the rows and widths to `folder`/kde.npz."""
        np.savez(folder / "kde.npz", rows=self.rows, width=self.width, shape=np.array(self.shape, int))


@model("kde", also=("kernel", "parzen"))
@dataclass(frozen=True)
class KDE:
    """A Gaussian kernel density estimate with a fixed, Scott or Silverman bandwidth.

    The kernel's standard deviation in each dimension is `factor` times h: with "scott" h = n^(-1/(d+4)) s, with
    "silverman" h = (n (d+2)/4)^(-1/(d+4)) s, where s is that dimension's standard deviation (divided by n-1); with
    a number h is that number everywhere. Sampling bias scales the kernel's variance; at 0 rows are resampled.

    The variance of a loop of these grows, where that of a Gaussian loop shrinks. In one dimension the variance that
    `moments` gives becomes, in expectation, v' = v (1 - 1/n + c^2 n^(-2/5)), with c = factor under "scott" and
    factor (4/3)^(1/5) under "silverman". The textbook's c = 1.06 is bandwidth="scott", factor=1.06: at n = 100 it grows
    by 1.1681 a generation. A fixed h leads to v' = (1 - 1/n) v + h^2, whose limit is n h^2.

    Ref: Silverman (1986), eq. 3.28 and 4.14; Scott (1992), eq. 6.42; Kazdan et al. (2024) for the loop.
    """

    bandwidth: str | float = "scott"
    factor: float = 1.0

    def __post_init__(self) -> None:
        number = isinstance(self.bandwidth, int | float) and not isinstance(self.bandwidth, bool)
        if not (self.bandwidth in ("scott", "silverman") or (number and 0 < float(self.bandwidth) < np.inf)):
            raise UsageError(f"bandwidth is 'scott', 'silverman' or a number above 0, not {self.bandwidth!r}.")
        if not 0 < self.factor < np.inf:
            raise UsageError(f"factor must be a number above 0, not {self.factor!r}.")

    def fit(self, train: Samples, rng: np.random.Generator, *, start: Any = None, runs: int = 1) -> FittedKDE:
        """Keep each run's rows (n, ...) and set the kernel's width; `start` changes nothing, the estimate is exact.

        Raises FitError for texts, for rows that are not finite, and for one row without a fixed bandwidth.
        """
        if train.x.dtype.kind not in "fiu":
            raise FitError("a kde learns from numbers, not texts: choose a text model or numeric data.")
        n = len(train) // runs
        least = 1 if isinstance(self.bandwidth, int | float) else 2
        if n < least:
            raise FitError(
                f"a kde of bandwidth {self.bandwidth} needs at least {least} rows and got {n}: raise samples."
            )
        rows = train.x.reshape(runs, n, -1)
        rows = rows if rows.dtype in (np.float32, np.float64) else rows.astype(np.float64)
        if not np.isfinite(rows).all():
            raise FitError("the rows hold numbers that are not finite: clean the data before fitting.")
        return FittedKDE(rows, self.factor * self._bandwidth(rows), train.x.shape[1:])

    def load(self, folder: Path) -> FittedKDE:
        """Read what `save` wrote."""
        with np.load(folder / "kde.npz", allow_pickle=False) as file:
            return FittedKDE(file["rows"], file["width"], tuple(int(size) for size in file["shape"]))

    def _bandwidth(self, rows: Array) -> Array:
        """h for each run and dimension (runs, d)."""
        runs, n, d = rows.shape
        if isinstance(self.bandwidth, int | float):
            return np.full((runs, d), float(self.bandwidth))
        rule = n if self.bandwidth == "scott" else n * (d + 2) / 4  # of which h is the -1 / (d + 4)th power
        deviation = rows.std(axis=1, ddof=1, dtype=np.float64)
        return np.asarray(rule ** (-1 / (d + 4)) * deviation)
