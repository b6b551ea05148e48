"""The raw-sample Gaussian loop against the exact laws of finite samples.

Every check runs at least 2,000 runs through the loop's own steps and asks |z| < 4. One such check fails by
chance once in 16,000; there are about 100 of them, so once in 160 runs with new seeds, and the seeds are fixed.
The laws count t fits, the first of them on real rows, so that t is our generation.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.special import gammaln, polygamma, psi

from autophagy import LoopSpec
from autophagy.forecast import make_plan as forecast_plan
from autophagy.forecast.engines.gaussian.moments import moments
from autophagy.loop.loop import steps
from autophagy.loop.plan import make_plan

CHAINS = 4_000


@dataclass
class Ensemble:
    """Fitted means (generations, runs, d) and, of Gaussians, covariances (generations, runs, d, d)."""

    mean: np.ndarray
    total: np.ndarray
    covariance: np.ndarray | None

    @property
    def square(self):
        return (self.mean**2).mean(2)

    @property
    def variance(self):
        return self.total / self.mean.shape[2]


def run(generations, data="normal", model="gaussian", runs=CHAINS, **words):
    spec = LoopSpec(data, model=model, generations=generations, seeds=runs, **words)
    plan = make_plan(spec)
    (regime,) = plan.regimes
    fits = [step.fitted for step in steps(plan, regime, tuple(range(runs)))]
    means, totals = zip(*(fit.moments() for fit in fits), strict=True)
    covariance = np.stack([fit.covariance for fit in fits]) if model.startswith("gaussian") else None
    return Ensemble(np.stack(means), np.stack(totals), covariance)


def agrees(values, expected):
    """Whether the mean over runs is the expected one: |z| < 4."""
    z = (values.mean() - expected) / (values.std(ddof=1) / np.sqrt(len(values)))
    assert abs(z) < 4, f"mean {values.mean():.5f}, expected {expected:.5f}, z = {z:.1f}"


def beta(n):
    return np.sqrt(2 / n) * np.exp(gammaln(n / 2) - gammaln((n - 1) / 2))


def alpha(n):
    return np.sqrt(2 / (n - 1)) * np.exp(gammaln(n / 2) - gammaln((n - 1) / 2))


@pytest.mark.parametrize(("n", "t"), [(5, 4), (10, 10), (100, 10), (100, 40)])
def test_replace_maximum_likelihood(n, t):
    runs = run(t, regimes=["replace"], samples=n)
    square, variance = runs.square[-1], runs.variance[-1]
    agrees(variance, (1 - 1 / n) ** t)
    agrees(square, 1 - (1 - 1 / n) ** t)
    agrees(np.sqrt(variance), beta(n) ** t)
    agrees(square + (1 - np.sqrt(variance)) ** 2, 2 * (1 - beta(n) ** t))


@pytest.mark.parametrize(("n", "t"), [(10, 10), (100, 10)])
def test_replace_unbiased(n, t):
    runs = run(t, regimes=["replace"], samples=n, model="gaussian:covariance=unbiased")
    square, variance = runs.square[-1], runs.variance[-1]
    agrees(variance, 1)
    agrees(square, t / n)
    agrees(np.sqrt(variance), alpha(n) ** t)
    agrees(square + (1 - np.sqrt(variance)) ** 2, t / n + 2 - 2 * alpha(n) ** t)


def test_check_points_of_the_wasserstein_risk():
    assert 2 * (1 - beta(10) ** 10) == pytest.approx(1.10494, abs=1e-5)
    assert 10 / 10 + 2 - 2 * alpha(10) ** 10 == pytest.approx(1.48422, abs=1e-5)
    assert 2 * (1 - beta(100) ** 10) == pytest.approx(0.14545, abs=1e-5)


def test_log_variance_is_a_random_walk():
    n, t = 20, 30
    logs = np.log(run(t, regimes=["replace"], samples=n).variance)
    drift = psi((n - 1) / 2) - np.log(n / 2)
    agrees(logs[-1], t * drift)
    steps = np.diff(logs, axis=0).reshape(-1)
    agrees((steps - drift) ** 2, polygamma(1, (n - 1) / 2))
    share = np.mean(logs[-1] < t * drift)
    assert abs(share - 0.5) < 0.05  # the typical run collapses at the rate of the logarithm, not of the mean


def test_relative_spread_of_the_variance():
    n, t = 20, 10
    variance = run(t, regimes=["replace"], samples=n, runs=20_000).variance[-1]
    agrees(variance**2, ((n + 1) / (n - 1)) ** t * (1 - 1 / n) ** (2 * t))


def test_many_dimensions():
    n, d, t = 20, 3, 5
    runs = run(t, f"normal:d={d}", regimes=["replace"], samples=n, runs=8_000)
    for axis in range(d):
        agrees(runs.covariance[-1, :, axis, axis], (1 - 1 / n) ** t)
    agrees(runs.covariance[-1, :, 0, 1], 0)
    step = np.prod([(n - j) / n for j in range(1, d + 1)])
    assert step == pytest.approx(0.7268, abs=1e-4)
    determinant = np.linalg.det(runs.covariance)
    agrees(determinant[-1], step**t)
    per_step = sum(psi((n - j) / 2) for j in range(1, d + 1)) + d * np.log(2 / n)
    agrees(np.log(determinant[-1]), t * per_step)


def test_rank_is_lost_when_there_are_no_more_rows_than_dimensions():
    runs = run(3, "normal:d=5", regimes=["replace"], samples=4, runs=20)
    assert (np.linalg.matrix_rank(runs.covariance[-1], tol=1e-9) <= 3).all()


@pytest.mark.parametrize(("covariance", "keeps"), [("mle", 1 - 1 / 50), ("unbiased", 1.0)])
def test_sampling_bias_scales_the_variance(covariance, keeps):
    t, strength = 8, 0.9
    runs = run(t, regimes=["replace"], samples=50, bias=strength, model=f"gaussian:covariance={covariance}")
    agrees(runs.variance[-1], keeps * (strength * keeps) ** (t - 1))


def test_accumulate():
    n, t = 10, 60
    runs = run(t, regimes=["accumulate"], samples=n, runs=2_000)
    kept = np.cumprod([1 - 1 / (n * i**2) for i in range(1, t + 1)])
    for generation in (2, 10, 60):
        agrees(runs.variance[generation - 1], kept[generation - 1])
        agrees(runs.square[generation - 1], 1 - kept[generation - 1])
    limit = np.sin(np.pi / np.sqrt(n)) / (np.pi / np.sqrt(n))
    assert limit == pytest.approx(0.843436, abs=1e-6)
    assert kept[-1] - limit == pytest.approx(limit / (n * t), rel=0.05)  # what is still to be lost


def test_subsample():
    n, last = 10, 60
    runs = run(last, regimes=["subsample"], samples=n)
    pool, fitted = 1 - 1 / n, [1 - 1 / n]
    for t in range(1, last):
        size = t * n
        pool *= 1 - (2 * size * n - n**2 - size) / (n**2 * (size - 1)) / (t + 1) ** 2
        size += n
        fitted.append(pool * size * (n - 1) / ((size - 1) * n))
    assert fitted[9] == pytest.approx(0.7598, abs=1e-4)
    assert fitted[59] == pytest.approx(0.7425, abs=1e-4)
    for t in (1, 2, 10, 60):
        agrees(runs.variance[t - 1], fitted[t - 1])
        agrees(runs.square[t - 1], 1 - fitted[t - 1])


def fresh_law(real, synthetic, strength, generations):
    """E mu^2 and E sigma^2 of every generation of the fresh loop, whose first fit has `synthetic` real rows."""
    n, a = real + synthetic, real / (real + synthetic)
    square, variance = 1 / synthetic, 1 - 1 / synthetic
    yield square, variance
    for _ in range(generations - 1):
        next_square = a / n + (1 - a) ** 2 * square + (1 - a) * strength * variance / n
        variance = a + (1 - a) * (strength * variance + square) - next_square
        square = next_square
        yield square, variance


@pytest.mark.parametrize(("real", "synthetic", "expected"), [(50, 50, 0.01325), (50, 450, 0.01043)])
def test_fresh_data_loop(real, synthetic, expected):
    generations = 60
    runs = run(generations, regimes=["fresh"], fresh=real, samples=synthetic)
    law = list(fresh_law(real, synthetic, 1.0, generations))
    for t in (2, 5, generations):
        agrees(runs.square[t - 1], law[t - 1][0])
        agrees(runs.variance[t - 1], law[t - 1][1])
    a = real / (real + synthetic)
    stationary = 1 / (real * (2 - a) + (1 - a))
    assert stationary == pytest.approx(expected, abs=1e-5)
    agrees(runs.square[-1], stationary)
    agrees(runs.variance[-1], 1 - stationary)


@pytest.mark.parametrize("synthetic", [9, 99])
def test_one_real_row_a_generation_keeps_two_thirds(synthetic):
    a = 1 / (1 + synthetic)
    runs = run(
        40 + 5 * synthetic, regimes=["fresh"], fresh=1, samples=synthetic, runs=6_000 if synthetic == 9 else 2_000
    )
    stationary = (2 - 2 * a) / (3 - 2 * a)
    assert stationary == pytest.approx({9: 0.6429, 99: 0.6644}[synthetic], abs=1e-4)
    agrees(runs.variance[-1], list(fresh_law(1, synthetic, 1.0, 40 + 5 * synthetic))[-1][1])
    agrees(runs.variance[-1], stationary)


def test_fresh_data_loop_under_bias():
    real, synthetic, strength = 100, 191, 0.9
    runs = run(40, regimes=["fresh"], fresh=real, samples=synthetic, bias=strength)
    square, variance = list(fresh_law(real, synthetic, strength, 40))[-1]
    agrees(runs.square[-1], square)
    agrees(runs.variance[-1], variance)
    a = real / (real + synthetic)
    assert variance == pytest.approx(a / (1 - (1 - a) * strength), abs=0.02)
    # n_s* = 191 is where synthetic rows stop helping: the risk is that of the real rows alone, 1.5 / n_r
    risk = runs.square[-1] + (1 - np.sqrt(runs.variance[-1])) ** 2
    alone = 2 - 2 * alpha(real) * np.sqrt(1 - 1 / real) * 1.0
    assert risk.mean() / alone == pytest.approx(1, abs=0.08)


@pytest.mark.slow
@pytest.mark.parametrize(("real", "synthetic", "ratio"), [(50, 50, 1.325), (50, 450, 1.460)])
def test_augmentation_costs_at_most_a_half(real, synthetic, ratio):
    generations = 60  # by then (1 - a)^2t <= 4e-6 of the way is left, and 4,000 runs know it to 2 %
    runs = run(generations, regimes=["augment"], fixed=real, samples=synthetic)
    n, a = real + synthetic, real / (real + synthetic)
    extra = (1 - a) * (1 - 1 / real) / (n * a * (2 - a) + (1 - a))
    assert 1 + real * extra == pytest.approx(ratio, abs=2e-3)
    agrees(runs.square[-1], 1 / real + extra)
    assert 1 + real * extra <= 1.5


def weighted_law(n, weight, rows, memory, fresh, strength, generations):
    """E mu^2 and E sigma^2 of every generation that fits `rows` drawn with the share `weight` of n real rows.

    Real rows are fixed or, with `fresh`, new in each generation; each makes n, and the last or all are drawn from. With
    a the realised share, R the real rows and P the pool of synthetic ones, the drawn set has the mean a m_R + (1-a) m_P
    and about it the variance (a s_R^2 + (1-a) s_P^2) / rows, which is all that drawing adds.
    """
    a = round(weight * rows) / rows if np.isfinite(rows) else weight
    square, variance, with_real = 1 / n, 1 - 1 / n, 0 if fresh else 1 / n
    pool_square = pool_real = with_pool = second = 0.0
    yield square, variance
    for made in range(1, generations):
        old = made - 1 if memory == "all" else 0
        batch = square + strength * variance / n
        pool_square = (old**2 * pool_square + 2 * old * with_pool + batch) / (old + 1) ** 2
        pool_real = (old * pool_real + with_real) / (old + 1)
        second = (old * second + square + strength * variance) / (old + 1)
        within = a * (1 - 1 / n) + (1 - a) * (second - pool_square)
        square = a**2 / n + (1 - a) ** 2 * pool_square + 2 * a * (1 - a) * pool_real + within / rows
        variance = a + (1 - a) * second - square
        with_real = 0 if fresh else a / n + (1 - a) * pool_real
        with_pool = a * pool_real + (1 - a) * pool_square
        yield square, variance


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize(("memory", "weight", "strength"), [(1, 0.618, 1.0), ("all", 0.618, 1.0), ("all", 0.3, 0.8)])
def test_weighted(fresh, memory, weight, strength):
    n, rows, generations = 20, 30, 12
    real = {"fixed": 0, "fresh": n} if fresh else {}
    part = {"weighted": {"weight": weight, "rows": rows, "memory": memory, **real}}
    runs = run(generations, regimes=[part], samples=n, bias=strength)
    law = list(weighted_law(n, weight, rows, memory, fresh, strength, generations))
    for t in (2, 3, generations):
        agrees(runs.square[t - 1], law[t - 1][0])
        agrees(runs.variance[t - 1], law[t - 1][1])


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize(("memory", "weight", "strength"), [(1, 0.618, 1.0), ("all", 0.3, 0.8)])
def test_weighted_is_the_weight_of_the_forecast_but_for_the_noise_of_drawing(fresh, memory, weight, strength):
    n, generations = 20, 12
    plan = forecast_plan(
        "gaussian", samples=n, generations=generations, weight=weight, memory=memory, bias=strength,
        **({"fresh": n} if fresh else {"fixed": n}),
    )  # fmt: skip
    law = np.array(list(weighted_law(n, weight, np.inf, memory, fresh, strength, generations))).T
    np.testing.assert_allclose(law, moments(plan), rtol=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        {"regimes": ["replace"], "memory": 3},
        {"regimes": ["augment"], "fixed": 7},
        {"regimes": ["mix"], "fixed": 5, "fresh": 5, "memory": "all"},
        {"regimes": ["mix"], "fresh": 0.2, "fixed": 0.1, "budget": 12},
        {"regimes": ["mix"], "synthetic": 4, "memory": 2, "fresh": 2},
    ],
    ids=str,
)
def test_second_moment_is_conserved_in_every_unbiased_regime(words):
    runs = run(8, samples=15, **words)
    for t in (1, 2, 5, 8):
        agrees(runs.square[t - 1] + runs.variance[t - 1], 1)


@pytest.mark.parametrize("data", ["normal", "normal:d=2"])
def test_a_kernel_estimate_with_scaled_bandwidth_grows(data):
    """Scott's rule in d dimensions is h = c s n^(-1/(d+4)); in one, c = 1.06 and n = 100 give the factor 1.168."""
    n, d, c, t = 100, int(data.partition("=")[2] or 1), 1.06, 6
    runs = run(t, data, model=f"kde:factor={c}", regimes=["replace"], samples=n, runs=2_000)
    factor = 1 - 1 / n + c**2 * n ** (-2 / (d + 4))
    if d == 1:
        assert factor == pytest.approx(1.1681, abs=1e-4)
    for generation in (1, 2, t):
        agrees(runs.variance[generation - 1], factor**generation)


def test_a_kernel_estimate_with_fixed_bandwidth_finds_its_level():
    n, h, t = 50, 0.3, 101
    runs = run(t, model=f"kde:bandwidth={h}", regimes=["replace"], samples=n, runs=2_000)
    law = [1 - 1 / n + h**2]
    for _ in range(t - 1):
        law.append((1 - 1 / n) * law[-1] + h**2)
    assert n * h**2 == pytest.approx(4.5)
    for generation in (1, 10, t):
        agrees(runs.variance[generation - 1], law[generation - 1])
