"""Exact draws of counts at any size: multinomial, and without replacement, many chains at once.

The counts of n draws are built from independent draws that aim a little below n, kept where their total does not
exceed n; given its total such a set of counts has exactly the law of that many draws, so only the remainder is
left to draw, and the remainder of 10^12 is some 10^7, then 10^4, then nothing. No step conditions on a running
remainder of probability, so types of probability 10^-15 keep their exact rate and a dead type stays dead.
"Exact" is up to the rounding of double precision inside NumPy's binomial and Poisson samplers.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

FEW = 64  # so many draws, or so many types, are cheaper one after the other
BELOW = 4.0  # standard deviations that the independent draws aim below the total: 1 in 30,000 still exceeds it
NUMPY_MOST = 10**9  # NumPy's hypergeometric samplers refuse larger urns


def multinomial(totals: Counts, weights: Floats, rng: np.random.Generator) -> Counts:
    """Counts (chains, types) of `totals` (chains,) draws each from the probabilities `weights` (chains, types)."""
    chains, types = weights.shape
    if types <= FEW:
        return _by_columns(totals, weights, rng)
    return scatter(totals, weights.reshape(-1), np.arange(chains + 1) * types, rng).reshape(chains, types)


def scatter(totals: Counts, weights: Floats, starts: NDArray[Any], rng: np.random.Generator) -> Counts:
    """Counts (entries,) of `totals` (rows,) draws from rows of unlike lengths, row r being starts[r]:starts[r + 1].

    The weights of each row add up to 1.
    """
    counts = np.zeros(len(weights), np.int64)
    left, lengths = totals.astype(np.int64), np.diff(starts)
    while (many := left > np.maximum(FEW, lengths // 4)).any():
        rows = np.flatnonzero(many)
        entries, inner = _entries(rows, starts)
        rate = left[rows] - BELOW * np.sqrt(left[rows])  # a Poisson number's deviation is the root of its mean
        drawn = rng.poisson(np.repeat(rate, lengths[rows]) * weights[entries])  # (entries of these rows,)
        sums = np.add.reduceat(drawn, inner)
        fits = sums <= left[rows]
        if not fits.all():
            drawn[np.repeat(~fits, lengths[rows])] = 0
        counts[entries] += drawn
        left[rows] -= np.where(fits, sums, 0)
    if left.any():
        counts += np.bincount(_places(left, weights, starts, rng), minlength=len(weights))
    return counts


def subset(counts: Counts, sizes: Counts, rng: np.random.Generator) -> Counts:
    """Counts (chains, types) of `sizes` (chains,) rows drawn without replacement from rows of these counts.

    This is the multivariate hypergeometric law: binomial thinning of each count, aimed a little below the size,
    then the remainder in the same way.
    """
    taken, rest, left = np.zeros_like(counts), counts.copy(), sizes.astype(np.int64)
    totals = rest.sum(axis=1)
    while (many := (left > FEW) & ((totals >= NUMPY_MOST) | (counts.shape[1] > FEW))).any():
        share = np.where(many, left / np.maximum(totals, 1), 0.0)
        # binomial thinning of the whole: the deviation of its total is the root of left (1 - share)
        aim = left - BELOW * np.sqrt(left * (1 - share))
        share = np.where(many, np.clip(aim / np.maximum(totals, 1), 0, 1), 0.0)
        drawn = rng.binomial(rest, share[:, None])
        drawn[drawn.sum(axis=1) > left] = 0  # too many: that chain tries again
        taken, rest = taken + drawn, rest - drawn
        left, totals = sizes - taken.sum(axis=1), rest.sum(axis=1)
    return taken + _last(rest, left, totals, rng)


def _by_columns(totals: Counts, weights: Floats, rng: np.random.Generator) -> Counts:
    """Type by type: a binomial share of what is left, its probability over that of the types still to come."""
    counts, left = np.zeros(weights.shape, np.int64), totals.astype(np.int64)
    # summed from the back, so that the last types keep their digits: (chains, types)
    tail = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
    for column in range(weights.shape[1]):
        share = np.divide(weights[:, column], tail[:, column], out=np.zeros(len(left)), where=tail[:, column] > 0)
        counts[:, column] = rng.binomial(left, np.minimum(share, 1))
        left -= counts[:, column]
    return counts


def _entries(rows: NDArray[Any], starts: NDArray[Any]) -> tuple[Any, NDArray[Any]]:
    """The entries of these rows, one row after the other, and where each row starts among them."""
    lengths = np.diff(starts)[rows]
    inner = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    if len(rows) == len(starts) - 1:
        return slice(None), inner
    return np.repeat(starts[:-1][rows] - inner, lengths) + np.arange(lengths.sum()), inner


def _places(totals: Counts, weights: Floats, starts: NDArray[Any], rng: np.random.Generator) -> NDArray[Any]:
    """Which entry each single draw falls on, by the inverse of the cumulative weights."""
    ends = np.cumsum(weights)
    edges = np.concatenate([[0.0], ends])[starts]
    low, high = np.repeat(edges[:-1], totals), np.repeat(edges[1:], totals)  # (draws,), the span of each draw's row
    at = np.minimum(low + rng.random(len(low)) * (high - low), np.nextafter(high, 0.0))
    return np.searchsorted(ends, at, side="right")


def _last(rest: Counts, left: Counts, totals: Counts, rng: np.random.Generator) -> Counts:
    """The last few rows without replacement: by NumPy where its urns are large enough, else one by one."""
    taken = np.zeros_like(rest)
    urns = (totals < NUMPY_MOST) & (rest.shape[1] <= FEW)  # (chains,)
    if urns.any():
        taken[urns] = _by_urns(rest[urns], left[urns], rng)
    for chain in np.flatnonzero(~urns & (left > 0)):
        if totals[chain] < NUMPY_MOST:
            taken[chain] = rng.multivariate_hypergeometric(rest[chain], left[chain], method="marginals")
        else:
            taken[chain] = _distinct(rest[chain], int(left[chain]), int(totals[chain]), rng)
    return taken


def _by_urns(rest: Counts, left: Counts, rng: np.random.Generator) -> Counts:
    """Type by type: a hypergeometric share of what is left."""
    taken, left = np.zeros_like(rest), left.copy()
    behind = rest.sum(axis=1)
    for column in range(rest.shape[1]):
        behind = behind - rest[:, column]
        taken[:, column] = rng.hypergeometric(rest[:, column], behind, left)
        left -= taken[:, column]
    return taken


def _distinct(rest: Counts, size: int, total: int, rng: np.random.Generator) -> Counts:
    """A few distinct rows of very many: draw them with replacement until no two are the same."""
    while True:
        rows = rng.integers(0, total, size)
        if len(np.unique(rows)) == size:
            return np.bincount(np.searchsorted(np.cumsum(rest), rows, side="right"), minlength=len(rest))
