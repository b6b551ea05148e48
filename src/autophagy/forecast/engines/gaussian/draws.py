"""Random numbers of the Gaussian engine: chi-squares that stay aligned between plans, Wisharts, counts of a cut."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...plan import Floats

BLOCK = 1 << 14  # numbers of a block, 128 KiB, such that it stays in the processor's cache
LARGE = 5 * 10**8  # NumPy's hypergeometric draws stop short of 10**9 rows
SMALL_GROUP = 1000  # rows of a group that is cut by its binomial limit: off by some 1000 / 5e8 in total variation
NEAR = -0.3  # of y = c x: above, the series of the quick test is below 4/3


class Draws:
    """A stream that gives every plan of one seed the same numbers at the same place.

    The gamma draws of NumPy use up a number of random bits that depends on the shape, so that two plans with other
    sample sizes would part for good at the first rejection. Here each draw takes one normal and one uniform; what is
    rejected (below 5 %, below 0.1 % from 100 degrees on) is drawn again from a second stream.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self._blocks: dict[str, tuple[int, Floats, Floats, int]] = {}

    @cached_property
    def spare(self) -> np.random.Generator:
        """The second stream, for what is rejected."""
        return self.rng.spawn(1)[0]

    def normal(self, *size: int) -> Floats:
        """Standard normal numbers."""
        return self.rng.standard_normal(size)

    def line(self, role: str, degrees: int, chains: int) -> tuple[Floats, Floats]:
        """A row of normals and one of chi-squares (chains,) of one degree count, 0 or more, for one use in the loop.

        A use that asks for the same degrees again and again is served from blocks, each twice the one before.
        """
        of, normals, squares, place = self._blocks.get(role, (-1, np.empty((0, 0)), np.empty((0, 0)), 0))
        if of != degrees or place == len(normals):
            size = 1 if of != degrees else min(2 * len(normals), max(1, BLOCK // chains))
            normals, squares, place = self.normal(size, chains), self.chi_square(degrees, size, chains), 0
        self._blocks[role] = (degrees, normals, squares, place + 1)
        return normals[place], squares[place]

    def log_chi_square(self, degrees: int, *size: int) -> Floats:
        """The logarithm of chi-square numbers of one degree count, 1 or more: it loses nothing at 10**12 degrees.

        chi2 = 2 d (1 + c x)^3 with x normal, d = degrees/2 - 1/3, c = 1/sqrt(9 d), accepted with probability
        min(1, exp(x^2/2 + d - d v + d log v)), v = (1 + c x)^3. One degree is the square of a normal.

        Ref: Marsaglia and Tsang (2000), "A simple method for generating gamma variables".
        """
        x = self.rng.standard_normal(size)
        if degrees == 1:
            return np.log(np.square(x, out=x), out=x)
        u = self.rng.random(size)
        d = degrees / 2 - 1 / 3  # Marsaglia and Tsang's constant, for a shape of degrees / 2
        y = x / np.sqrt(9 * d)
        doubtful = self._doubtful(x, u, y, d)
        if doubtful.size:
            y.reshape(-1)[doubtful] = 0.0
        logs = np.log1p(y, out=y)  # log v = 3 log(1 + c x)
        logs *= 3
        logs += np.log(2 * d)
        if doubtful.size:
            logs.reshape(-1)[doubtful] = np.log(2 * self.spare.standard_gamma(degrees / 2, doubtful.size))
        return logs

    def chi_square(self, degrees: Any, *size: int) -> Floats:
        """Chi-square numbers, also of an array of degrees that `size` ends with; 0 degrees give 0."""
        if np.ndim(degrees) == 0:
            return np.exp(self.log_chi_square(int(degrees), *size)) if degrees > 0 else np.zeros(size)
        x, u = self.rng.standard_normal(size), self.rng.random(size)
        degrees = np.broadcast_to(degrees, size)
        d = np.maximum(degrees / 2 - 1 / 3, 2 / 3)  # fewer than 2 degrees are no gamma draw: set below
        y = x / np.sqrt(9 * d)
        value = 2 * d * (1 + y) ** 3
        value = np.where(degrees >= 2, value, np.where(degrees == 1, x * x, 0.0))
        doubtful = self._doubtful(x, u, y, d)
        doubtful = doubtful[degrees.reshape(-1)[doubtful] >= 2]
        if doubtful.size:
            shapes = degrees.reshape(-1)[doubtful] / 2
            value.reshape(-1)[doubtful] = 2 * self.spare.standard_gamma(shapes)
        return value

    @staticmethod
    def _doubtful(x: Floats, u: Floats, y: Floats, d: Any) -> NDArray[np.intp]:
        """The flat places of the draws to reject; a quick test settles all but a few.

        h = x^2/2 + d - d v + d log v = -(3/4) d y^4 (1 - 4y/5 + 2y^2/3 - ...), y = c x; where y > -0.3 the series is
        below 4/3, so that u < 1 - d y^4 has u < 1 + h <= e^h, which accepts.
        """
        fourth = np.square(y)
        np.square(fourth, out=fourth)
        fourth *= d
        fourth += u
        near = np.flatnonzero((fourth >= 1) | (y <= NEAR))  # fourth is u + d y^4
        if not near.size:
            return near
        x, u, y = x.reshape(-1)[near], u.reshape(-1)[near], y.reshape(-1)[near]
        d = d if np.ndim(d) == 0 else d.reshape(-1)[near]
        safe = np.maximum(y, -0.999999)  # where y <= -1, v is not positive and the draw is rejected
        less = safe * (3 + safe * (3 + safe))  # v - 1 without cancellation
        accepted = (y > -1) & (np.log(u) < x * x / 2 + d * (3 * np.log1p(safe) - less))
        return near[~accepted]

    def wishart_root(self, degrees: Any, d: int, chains: int) -> Floats:
        """Lower triangular A (chains, d, d) with A A^T a Wishart matrix of that many degrees, below d as well.

        Ref: Bartlett (1933): A_ii^2 is chi-square of degrees - i, A_ij is normal; a column past the degrees is zero.
        """
        root = np.tril(self.normal(chains, d, d), -1)  # (chains, d, d)
        left = np.maximum(np.broadcast_to(degrees, (chains,))[:, None] - np.arange(d), 0)  # (chains, d)
        root *= (left > 0)[:, None, :]
        axis = np.arange(d)
        root[:, axis, axis] = np.sqrt(self.chi_square(left, chains, d))
        return root

    def binomial(self, n: int, share: float, chains: int) -> NDArray[np.int64]:
        """How many of n rows fall to a share, (chains,)."""
        return self.rng.binomial(n, share, chains)

    def cut(self, counts: list[int], rows: int, chains: int) -> NDArray[np.int64]:
        """How many rows of each group a cut to `rows` keeps, (groups, chains): the multivariate hypergeometric law.

        Exact up to 5e8 rows in the pool. Above, a group of at most 1,000 rows is cut by its binomial limit (off by
        less than 1e-5 in total variation), a larger one by the rounded normal limit with the exact mean and variance.
        """
        kept = np.empty((len(counts), chains), np.int64)
        pool, left = sum(counts), np.full(chains, rows, np.int64)
        for i, count in enumerate(counts):
            rest = pool - count
            kept[i] = left if rest == 0 else self._hypergeometric(count, rest, left)
            left, pool = left - kept[i], rest
        return kept

    def _hypergeometric(self, good: int, bad: int, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        pool = good + bad
        if pool < LARGE:
            return self.rng.hypergeometric(good, bad, rows)
        share = rows / pool
        if good <= SMALL_GROUP:
            return np.minimum(self.rng.binomial(good, share), rows)
        deviation = np.sqrt(good * share * (bad / pool) * ((pool - rows) / (pool - 1)))
        guess = np.rint(good * share + deviation * self.normal(len(rows)))
        return np.clip(guess, np.maximum(0, rows - bad), np.minimum(good, rows)).astype(np.int64)
