"""Closed forms of the discrete loop that is fitted on n of its own samples each generation (Wright-Fisher).

t counts fits, the first of them on real rows, so t is our generation.
"""

import numpy as np
from numpy.typing import ArrayLike

from ...plan import Floats


def survival_rates(generations: int) -> Floats:
    """g_1 .. g_generations: a type of real probability p is alive at t with chance 1 - exp(-n p g_t).

    g_1 = 1 and g_{t+1} = 1 - exp(-g_t); exact as n grows, within 1 % at n = 1000, exact at any n for Poisson laws.

    Ref: Suresh et al. (2024), theorem on survival; g_t lies in [1/t, 3/t].
    """
    rates = np.ones(generations)
    for at in range(1, generations):
        rates[at] = -np.expm1(-rates[at - 1])
    return rates


def types_alive(expected: ArrayLike, generations: int) -> Floats:
    """How many types are alive at each generation, from their expected counts n p (types,).

    Ref: Suresh et al. (2024): sum over types of 1 - exp(-n p g_t).
    """
    expected = np.asarray(expected, float)
    return np.array([-np.expm1(-expected * g).sum() for g in survival_rates(generations)])


def absorption_time(samples: float, share: float) -> float:
    """Generations until one type of two, at `share`, is lost or alone: -2 n (p ln p + (1 - p) ln(1 - p)).

    The diffusion limit: 2 to 4 % too long at n = 100.

    Ref: Kimura and Ohta (1969), mean time to absorption, for n haploids.
    """
    p = np.array([share, 1 - share])
    return float(-2 * samples * (p * np.log(p)).sum())


def fixation_time(samples: float, shares: ArrayLike) -> float:
    """Generations until a single type is left: -2 n sum (1 - p_i) ln(1 - p_i); towards 2 n with many types.

    The diffusion limit: 2 to 4 % too long at n = 100.

    Ref: Kimura (1955), diffusion of K alleles; Littler (1975), time to fixation.
    """
    rest = 1 - np.asarray(shares, float)
    return float(-2 * samples * (rest * np.log(rest)).sum())


def missing_mass(samples: float, shares: ArrayLike) -> float:
    """The real probability of what n real rows do not show: sum p_i (1 - p_i)^n, exactly.

    Ref: Good (1953), expected unseen mass.
    """
    p = np.asarray(shares, float)
    return float((p * _unseen(samples, p)).sum())


def types_seen(samples: float, shares: ArrayLike) -> float:
    """How many types n real rows show: sum 1 - (1 - p_i)^n, exactly."""
    return float((1 - _unseen(samples, np.asarray(shares, float))).sum())


def fresh_mix_error(fresh: float, synthetic: float, shares: ArrayLike) -> float:
    """Where sum (p - q)^2 settles: (1 - sum q^2) / (n a (2 - a) + (1 - a)), with n the rows and a the fresh share.

    Ref: ours; the discrete twin of the fresh Gaussian loop.
    """
    rows, q = fresh + synthetic, np.asarray(shares, float)
    a = fresh / rows
    return float((1 - (q**2).sum()) / (rows * a * (2 - a) + (1 - a)))


def _unseen(samples: float, p: Floats) -> Floats:
    """(1 - p)^n without cancellation, also at p = 1."""
    return np.exp(samples * np.log1p(-np.minimum(p, 1 - 1e-16)))  # 1 - 1e-16 is the largest double below 1
