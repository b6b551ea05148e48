"""Closed forms of the Gaussian loop as plain functions, each with its formula and source.

Generation t has been fitted t times, the first of them on real rows. Where a formula of the literature counts from
a loop that starts exactly at the truth, its t is our generation; a bias acts on samples, so it acts t - 1 times.
"""

import math

import numpy as np

from ...plan import Floats


def deviation_factor(n: int, unbiased: bool = False) -> float:
    """alpha (unbiased) or beta (maximum likelihood): E[s'] = alpha s when n rows of deviation s are refitted.

    alpha = sqrt(2/(n-1)) G(n/2) / G((n-1)/2) = 1 - 1/(4(n-1)) + ..., beta = sqrt(2/n) G(n/2) / G((n-1)/2).

    Ref: Bertrand et al. (2024), E[Sigma^(1/2)] = alpha(n)^k sigma_0.
    """
    return math.exp((math.log(2 / (n - unbiased)) + _gamma_step(n)) / 2)


def _gamma_step(n: int) -> float:
    """2 log (G(n/2) / G((n-1)/2)); above 1,000 rows its series, since the difference of the logarithms loses digits."""
    from scipy.special import gammaln

    if n <= 1000:
        return float(2 * (gammaln(n / 2) - gammaln((n - 1) / 2)))
    m = (n - 1) / 2
    # (G(m+1/2)/G(m))^2 = m (1 - 1/(4m) + 1/(32 m^2) + 1/(128 m^3) - ...)
    return math.log(m) + math.log1p(-1 / (4 * m) + 1 / (32 * m**2) + 1 / (128 * m**3))


def log_step(n: int, unbiased: bool = False) -> tuple[float, float]:
    """Mean and variance of a step of log V: psi((n-1)/2) - log(n/2 or (n-1)/2), and psi'((n-1)/2).

    Ref: the logarithm of a chi-square.
    """
    from scipy.special import polygamma, psi

    m = (n - 1) / 2
    gap = float(psi(m)) - math.log(m) if m < 500 else -1 / (2 * m) - 1 / (12 * m**2)
    return gap + (0.0 if unbiased else math.log1p(-1 / n)), float(polygamma(1, m))


def relative_spread(n: int, t: int) -> float:
    """E[V_t^2] / E[V_t]^2 = ((n+1)/(n-1))^t in the fully synthetic loop, either estimator."""
    return math.exp(t * (math.log1p(1 / n) - math.log1p(-1 / n)))


def replicates(n: int, t: int, error: float) -> float:
    """Chains that give the mean variance of generation t to a relative error: (((n+1)/(n-1))^t - 1) / error^2."""
    return (relative_spread(n, t) - 1) / error**2


def variance_power(n: int, t: int, q: float) -> float:
    """E[V_t^q] = [(2/(n-1))^q G((n-1)/2 + q) / G((n-1)/2)]^t, unbiased estimator."""
    from scipy.special import gammaln

    m = (n - 1) / 2
    return math.exp(t * (q * math.log(1 / m) + gammaln(m + q) - gammaln(m)))


def half_life(n: int, bias: float = 1.0, unbiased: bool = False) -> tuple[float, float]:
    """Fits after which half of the variance is gone in the fully synthetic loop: of the mean, and of the typical chain.

    log 2 / -log(b (1 - 1/n)) and log 2 / -(log b + E log step); infinite where nothing is lost. Ref: ours.
    """
    rates = (math.log(bias) + (0.0 if unbiased else math.log1p(-1 / n)), math.log(bias) + log_step(n, unbiased)[0])
    mean, median = (math.log(2) / -rate if rate < 0 else math.inf for rate in rates)
    return mean, median


def determinant_factor(n: int, d: int) -> float:
    """E det ratio of one step, prod_{j=1..d} (n - j) / n, maximum likelihood."""
    return float(np.prod([(n - j) / n for j in range(1, d + 1)]))


def log_determinant_step(n: int, d: int, unbiased: bool = False) -> float:
    """E log det of one step, sum_j psi((n - j)/2) + d log(2/n); -inf where n <= d."""
    from scipy.special import psi

    if n <= d:
        return -math.inf
    return sum(float(psi((n - j) / 2)) - math.log((n - unbiased) / 2) for j in range(1, d + 1))


def replace_variance(n: int, t: Floats, bias: float = 1.0, unbiased: bool = False) -> Floats:
    """E[V_t] = b^(t-1) (1 - 1/n)^t, or b^(t-1) with the unbiased estimator.

    Ref: Shumailov et al. (2024).
    """
    return np.exp((t - 1) * math.log(bias) + (0 if unbiased else t * math.log1p(-1 / n)))


def replace_mean_error(n: int, t: Floats, bias: float = 1.0, unbiased: bool = False) -> Floats:
    """E[mu_t^2] = (1/n) (1 + b sum_{s<t} E[V_s]), which is 1 - (1 - 1/n)^t without bias, or t/n unbiased."""
    steps = np.arange(1, int(t.max()) + 1)
    made = bias * replace_variance(n, steps.astype(float), bias, unbiased)
    walk = (1 + np.concatenate([[0.0], np.cumsum(made)[:-1]])) / n
    return walk[t.astype(int) - 1]


def accumulate_variance(n: int, t: Floats) -> Floats:
    """E[V_t] = prod_{i=1..t} (1 - 1/(n i^2)), to sin(pi/sqrt n)/(pi/sqrt n). Ref: Kazdan et al. (2024)."""
    steps = np.arange(1, int(t.max()) + 1, dtype=float)
    return np.exp(np.cumsum(np.log1p(-1 / (n * steps**2))))[t.astype(int) - 1]


def accumulate_limit(n: int) -> float:
    """sin(pi/sqrt n) / (pi/sqrt n) = 1 - pi^2/(6n) + ..., what the accumulating loop keeps for ever."""
    return float(np.sinc(1 / math.sqrt(n)))


def subsample_variance(n: int, t: Floats) -> Floats:
    """E[V_t] = S_t N (n-1) / ((N-1) n), N = t n, of the accumulating loop cut to n rows.

    S_1 = 1 - 1/n, S_{t+1} = S_t (1 - c_t/(t+1)^2), c_t = (2 N n - n^2 - N) / (n^2 (N - 1)). Ref: ours.
    """
    steps = np.arange(1, int(t.max()) + 1, dtype=float)
    pool = steps * n
    loss = (2 * pool * n - n**2 - pool) / (n**2 * (pool - 1)) / (steps + 1) ** 2
    kept = (1 - 1 / n) * np.exp(np.concatenate([[0.0], np.cumsum(np.log1p(-loss))[:-1]]))
    return (kept * pool * (n - 1) / ((pool - 1) * n))[t.astype(int) - 1]


def fresh_step(mean_error: float, variance: float, real: int, synthetic: int, bias: float = 1.0) -> tuple[float, float]:
    """One generation of the fresh loop: D' = a/n + (1-a)^2 D + (1-a) b V/n, V' = a + (1-a)(b V + D) - D'.

    n = real + synthetic, a = real / n. Ref: ours; the loop is that of Alemohammad et al. (2023).
    """
    n, a = real + synthetic, real / (real + synthetic)
    d = a / n + (1 - a) ** 2 * mean_error + (1 - a) * bias * variance / n
    return d, a + (1 - a) * (bias * variance + mean_error) - d


def fresh_stationary(real: float, synthetic: float, bias: float = 1.0) -> tuple[float, float]:
    """Where the fresh loop comes to rest: without bias D = 1/(n_r (2-a) + (1-a)), V = 1 - D. Ref: ours."""
    n, a = real + synthetic, real / (real + synthetic)
    k = 1 - a
    # the fixed point of fresh_step: D (1 - k^2) = a/n + k b V/n and V (1 - k b) = a + k D - D
    slope = k * bias / n / (1 - k * k) if a else math.inf
    base = a / n / (1 - k * k) if a else math.inf
    v = (a - a * base) / (1 - k * bias + a * slope)
    return base + slope * v, v


def population_variance(share: float, bias: float) -> float:
    """V = a / (1 - (1-a) b): what a share a of fresh real rows keeps with infinitely many rows. Ref: ours."""
    return share / (1 - (1 - share) * bias)


def effective_rows(real: float, synthetic: float) -> float:
    """n_r (2 - a) + (1 - a): as many real rows alone give the fresh loop's mean error. Ref: ours."""
    a = real / (real + synthetic)
    return real * (2 - a) + (1 - a)


def augment_mean_error(real: int, synthetic: int) -> float:
    """1/n_r + (1-a)(1 - 1/n_r) / (n a (2-a) + (1-a)): the same n_r real rows in every generation, at rest.

    At most 1.5/n_r about. Ref: ours; the loop is that of Alemohammad et al. (2023).
    """
    n, a = real + synthetic, real / (real + synthetic)
    return 1 / real + (1 - a) * (1 - 1 / real) / (n * a * (2 - a) + (1 - a))


def weighted_mean_error(weight: float, ratio: float) -> float:
    """D n_r = (w^2 + (1-w)^2/k) / (w (2-w)) with weight w on fresh real rows, k = n_s/n_r. Ref: ours."""
    return (weight**2 + (1 - weight) ** 2 / ratio) / (weight * (2 - weight))


def golden_weight(ratio: float) -> float:
    """The best weight on the real rows, w* = (sqrt(1 + 4k) - 1) / (2k), where D n_r = w*.

    k = n_s/n_r = 1 gives the inverse golden ratio. Ref: He, Xu, Cheng (2025) for k = 1; ours for every k.
    """
    return (math.sqrt(1 + 4 * ratio) - 1) / (2 * ratio)


def fresh_risk(real: float, synthetic: float, bias: float) -> float:
    """E[W2^2] of the fresh loop at rest, to second order in the spread of the variance over chains.

    D + (1 - E s)^2 + Var s with E s = sqrt V - Var V / (8 V^(3/2)), Var s = Var V / (4 V), and the spread at rest
    Var V = (2 a + 2 (1-a) b^2 V^2) / n / (1 - (1-a)^2 b^2). Ref: ours.
    """
    d, v = fresh_stationary(real, synthetic, bias)
    n, a = real + synthetic, real / (real + synthetic)
    spread = (2 * a + 2 * (1 - a) * (bias * v) ** 2) / n / (1 - ((1 - a) * bias) ** 2)
    deviation = math.sqrt(v) - spread / (8 * v**1.5)
    return d + (1 - deviation) ** 2 + spread / (4 * v)


def best_synthetic(real: float, bias: float) -> tuple[float, float]:
    """The synthetic count of least E[W2^2] at rest under bias, and that risk over 1.5/n_r, the risk without any."""
    from scipy.optimize import minimize_scalar  # slow to import, and few plans need it

    top = math.log(_most(real, bias))
    found = minimize_scalar(lambda x: fresh_risk(real, math.exp(x), bias), bounds=(-5.0, top), method="bounded")
    return math.exp(found.x), float(found.fun) * real / 1.5


def admissible(real: float, bias: float) -> float:
    """n_s*: the most synthetic rows a generation beside n_r fresh ones that are no worse than no synthetic rows at all.

    Solves E[W2^2](n_r, n_s, b) = 1.5/n_r. With few real rows about (sqrt 3 / eps) sqrt n_r, with many 6/eps^2,
    eps = 1 - b. Infinite without bias, where every amount helps.

    Ref: ours; "admissible" after Alemohammad et al. (2023).
    """
    from scipy.optimize import brentq

    if bias >= 1:
        return math.inf
    best, gain = best_synthetic(real, bias)
    if gain >= 1:
        return 0.0
    excess = lambda x: fresh_risk(real, math.exp(x), bias) * real - 1.5  # noqa: E731
    return math.exp(brentq(excess, math.log(best), math.log(_most(real, bias)), xtol=1e-9))


def _most(real: float, bias: float) -> float:
    """More synthetic rows than can be admissible."""
    return 10 * (math.sqrt(3 * real) / (1 - bias) + 6 / (1 - bias) ** 2 + 10)
