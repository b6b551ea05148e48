"""Betting: evidence from paired answers, each pair seen once, that may be looked at after every pair.

Evidence (an e-process) starts at 1 and grows on average only if something changed: over all looks together, an
unchanged model reaches 1 / alpha in at most a share alpha of all histories. It is kept as its logarithm.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

NODES = 1000  # of the average over bets: finer than the peak that 10^5 changed answers leave
STEPS = 40  # of the search for the ends of an interval: to 2^-40
BAND = 21  # points of a tolerance band at which the evidence is weighed

Floats = NDArray[np.float64]


def log_flips(wins: ArrayLike, losses: ArrayLike) -> Floats:
    """The log evidence that pairs changed more often one way than the other: log(2^n u! d! / (n+1)!) for n = u + d.

    `wins` and `losses` (any shape) count the pairs that got better and worse. It is the average over all odds of a win
    of their likelihood against even odds, and exact whatever the odds of the single answers are.

    Ref: Ville (1939); Robbins (1970), "Statistical methods related to the law of the iterated logarithm".
    """
    from scipy.special import gammaln

    u, d = np.asarray(wins, dtype=np.float64), np.asarray(losses, dtype=np.float64)
    found: Floats = (u + d) * math.log(2) + gammaln(u + 1) + gammaln(d + 1) - gammaln(u + d + 2)
    return found


def log_bets(changes: ArrayLike, mean: float = 0.0) -> float:
    """The log evidence that changes (n,), all in [-1, 1], are of another mean than this one, which lies within.

    Their running product of 1 + bet x (change - mean) is a fair game where the mean is right; it is averaged over all
    bets that cannot go broke. Of changes that are -1, 0 and 1 and the mean 0 it is `log_flips`.

    Ref: Waudby-Smith and Ramdas (2024), "Estimating means of bounded random variables by betting".
    """
    from scipy.special import logsumexp

    values, counts = np.unique(np.asarray(changes, dtype=np.float64), return_counts=True)
    if mean == 0 and np.isin(values, (-1, 0, 1)).all():
        of = dict(zip(values.tolist(), counts.tolist(), strict=True))
        return float(log_flips(of.get(1.0, 0), of.get(-1.0, 0)))
    nodes, weights = _nodes()
    low, high = -1 / (1 - mean), 1 / (1 + mean)
    bets = (low + high) / 2 + (high - low) / 2 * nodes  # (nodes,)
    growth = np.log1p(np.multiply.outer(bets, values - mean)) @ counts
    return float(logsumexp(growth, b=weights / 2))


def log_beyond(changes: ArrayLike, tolerance: float = 0.0) -> float:
    """The log evidence that the mean of changes (n,), all in [-1, 1], lies outside -tolerance to tolerance."""
    x = np.asarray(changes, dtype=np.float64)
    if not tolerance:
        return log_bets(x)
    means = [*np.linspace(-tolerance, tolerance, BAND).tolist()]
    if x.size:
        means.append(float(np.clip(x.mean(), -tolerance, tolerance)))
    return min(log_bets(x, mean) for mean in means)


def betting_interval(changes: ArrayLike, alpha: float) -> tuple[float, float]:
    """Where the mean of changes (n,) lies, at all looks together with probability 1 - alpha: the means not refuted."""
    x = np.asarray(changes, dtype=np.float64)
    if not x.size:
        return -1.0, 1.0
    centre = float(np.clip(x.mean(), -1 + 1e-6, 1 - 1e-6))
    low, high = (_end(x, centre, end, -math.log(alpha)) for end in (-1.0, 1.0))
    return low, high


def _end(x: Floats, inside: float, outside: float, limit: float) -> float:
    """The end of an interval, between a mean inside it and the bound of all means."""
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        if abs(middle) < 1 and log_bets(x, middle) < limit:
            inside = middle
        else:
            outside = middle
    return outside


@cache
def _nodes() -> tuple[Floats, Floats]:
    """The places and weights (both NODES) of Gauss and Legendre on -1 to 1."""
    places, weights = np.polynomial.legendre.leggauss(NODES)
    return places, weights
