"""The exact Gaussian engine against closed forms, against the raw-sample loop, and at its numerical ends.

Checks of means ask |z| < 4 over at least 4,000 chains at fixed seeds; one such check fails by chance once in 16,000,
and there are about 150 of them, so that a run with new seeds fails once in 100.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, ks_2samp, kstest

from autophagy import LoopSpec
from autophagy.core.errors import UsageError
from autophagy.forecast import checks, laws_of, make_plan, simulate
from autophagy.forecast.engines.gaussian import formulas as closed
from autophagy.forecast.engines.gaussian.draws import Draws
from autophagy.forecast.engines.gaussian.loop import loop
from autophagy.forecast.engines.gaussian.moments import moments
from autophagy.forecast.engines.gaussian.pool import RowGroup, drawn, part, pooled
from autophagy.loop.loop import steps
from autophagy.loop.plan import make_plan as loop_plan

CHAINS = 4_000
ALL = {"fixed": None, "memory": "all"}


def run(words="gaussian", chains=CHAINS, **fields):
    plan = make_plan(words, chains=chains, **fields)
    return plan, simulate(plan)


def agrees(values, expected):
    z = (values.mean() - expected) / (values.std(ddof=1) / np.sqrt(len(values)))
    assert abs(z) < 4, f"mean {values.mean():.5f}, expected {expected:.5f}, z = {z:.1f}"


# the formulas at known points


@pytest.mark.parametrize(
    ("n", "alpha", "beta", "mean", "median", "limit"),
    [
        (5, 0.939986, 0.840749, 3.1, 1.4, 0.701998),
        (10, 0.972659, 0.922746, 6.6, 3.1, 0.843436),
        (20, 0.986934, 0.961945, 13.5, 6.6, 0.919759),
        (100, 0.997478, 0.992478, 69.0, 34.3, 0.983632),
        (1000, 0.999750, 0.999250, 692.8, 346.3, 0.998356),
    ],
)
def test_the_table_of_the_fully_synthetic_loop(n, alpha, beta, mean, median, limit):
    assert closed.deviation_factor(n, unbiased=True) == pytest.approx(alpha, abs=6e-7)
    assert closed.deviation_factor(n) == pytest.approx(beta, abs=6e-7)
    assert closed.half_life(n) == pytest.approx((mean, median), abs=0.06)
    assert closed.accumulate_limit(n) == pytest.approx(limit, abs=6e-7)


@pytest.mark.parametrize(
    ("n", "t", "variance", "distance", "unbiased"),
    [
        (10, 10, 0.34868, 1.10494, 1.48422),
        (100, 10, 0.90438, 0.14545, 0.14987),
        (100, 100, 0.36603, 1.06001, 1.44632),
    ],
)
def test_the_check_points_of_the_fully_synthetic_loop(n, t, variance, distance, unbiased):
    for words, expected in (("gaussian", distance), ("gaussian:covariance=unbiased", unbiased)):
        plan = make_plan(words, samples=n, generations=t)
        law = {law.quantity: law.expected for law in laws_of(plan) if isinstance(law.quantity, str)}
        assert law["wasserstein2"][-1] == pytest.approx(expected, abs=6e-6)
        assert law["variance"][-1] == pytest.approx(variance if words == "gaussian" else 1, abs=6e-6)
        assert law["mean_error"][-1] == pytest.approx(1 - variance if words == "gaussian" else t / n, abs=6e-6)


@pytest.mark.parametrize(
    ("regime", "n", "quantity", "published", "error"),
    [
        ("replace", 32, "variance", 0.073, 0.043),
        ("replace", 100, "variance", 0.309, 0.040),
        ("replace", 316, "variance", 0.703, 0.077),
        ("replace", 100, "mean_error", 0.584, 0.106),
        ("accumulate", 10, "variance", 0.873, 0.047),
        ("accumulate", 32, "variance", 0.955, 0.027),
        ("accumulate", 100, "variance", 0.997, 0.017),
        ("accumulate", 316, "variance", 1.008, 0.015),
        ("accumulate", 10, "mean_error", 0.158, 0.018),
    ],
)
def test_published_sweeps_agree_with_the_expectations(regime, n, quantity, published, error):
    """Kazdan et al. (2024), their public Gaussian sweep at iteration 100: all within 1.5 of its standard errors."""
    numbers = ALL if regime == "accumulate" else {}
    expected = dict(
        zip(
            ("mean_error", "variance"),
            moments(make_plan(samples=n, generations=100, **numbers, family="gaussian")),
            strict=True,
        )
    )
    assert abs(expected[quantity][-1] - published) < 1.5 * error


def test_the_gamma_series_meets_the_gamma_functions():
    for n in (999, 1000, 1001, 5000):
        exact = math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2)) * math.sqrt(2 / n)
        assert closed.deviation_factor(n) == pytest.approx(exact, rel=1e-11)
    assert 1 - closed.deviation_factor(10**12) == pytest.approx(0.75e-12, rel=1e-3)
    assert closed.log_step(1001)[0] == pytest.approx(closed.log_step(999)[0], rel=3e-3)
    assert closed.log_step(10**12)[0] == pytest.approx(-2e-12, rel=1e-3)


def test_the_typical_chain_collapses_twice_as_fast_as_the_mean():
    mean, median = closed.half_life(1000)
    assert mean / median == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize("n", [10, 100])
def test_replicates(n):
    assert closed.replicates(n, n, 1) == pytest.approx(6.4, rel=0.08)


def test_determinants():
    assert closed.determinant_factor(20, 3) == pytest.approx(0.7268, abs=5e-5)
    assert closed.log_determinant_step(3, 3) == -math.inf


def test_the_subsampled_loop_at_its_check_points():
    fitted = closed.subsample_variance(10, np.arange(1.0, 20_001))
    assert [fitted[t - 1] for t in (1, 10, 60)] == pytest.approx([0.9, 0.7598, 0.7425], abs=5e-5)
    assert fitted[-1] == pytest.approx(0.73899, abs=3e-5)
    assert closed.subsample_variance(100, np.array([20_000.0]))[0] == pytest.approx(0.971, abs=1e-5)


@pytest.mark.parametrize(("real", "synthetic", "d"), [(50, 50, 0.01325), (50, 450, 0.01043)])
def test_the_fresh_loop_at_rest(real, synthetic, d):
    assert closed.fresh_stationary(real, synthetic) == pytest.approx((d, 1 - d), abs=6e-6)
    assert 1 / closed.effective_rows(real, synthetic) == pytest.approx(d, abs=6e-6)


@pytest.mark.parametrize(("synthetic", "expected"), [(9, 0.6429), (99, 0.6644), (999, 0.6664)])
def test_one_fresh_real_row_a_generation_keeps_two_thirds(synthetic, expected):
    variance = closed.fresh_stationary(1, synthetic)[1]
    a = 1 / (1 + synthetic)
    assert variance == pytest.approx((2 - 2 * a) / (3 - 2 * a), rel=1e-12)
    assert variance == pytest.approx(expected, abs=6e-5)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.floats(0.05, 1))
def test_the_fixed_point_of_the_fresh_loop_stays(real, synthetic, bias):
    d, v = closed.fresh_stationary(real, synthetic, bias)
    assert closed.fresh_step(d, v, real, synthetic, bias) == pytest.approx((d, v), rel=1e-9)


def test_the_fresh_loop_of_many_rows_under_bias():
    d, v = closed.fresh_stationary(10**9, 3 * 10**9, 0.8)
    assert v == pytest.approx(closed.population_variance(0.25, 0.8), rel=1e-6)
    assert d < 1e-8


@pytest.mark.parametrize(
    ("bias", "rows", "gains"),
    [
        (0.99, (2154, 5456, 14977), (0.557, 0.651, 0.783)),
        (0.95, (411, 922, 1833), (0.667, 0.830, 0.954)),
        (0.90, (191, 379, 568), (0.743, 0.909, 0.985)),
        (0.80, (85, 138, 162), (0.830, 0.963, 0.995)),
    ],
)
def test_the_table_of_admissible_counts(bias, rows, gains):
    for real, expected, gain in zip((100, 1000, 10_000), rows, gains, strict=True):
        assert closed.admissible(real, bias) == pytest.approx(expected, rel=0.03)
        assert closed.best_synthetic(real, bias)[1] == pytest.approx(gain, rel=0.015)


def test_the_ends_of_the_admissible_count():
    assert closed.admissible(100, 1.0) == math.inf
    assert closed.admissible(1e12, 0.9) == pytest.approx(6 / 0.1**2, rel=0.05)
    # for 1 << n_r << 1/eps^2 the count goes to (sqrt 3 / eps) sqrt n_r
    ratios = [closed.admissible(real, 1 - 1e-6) / (math.sqrt(3 * real) / 1e-6) for real in (1e2, 1e4, 1e6)]
    assert ratios[0] > ratios[1] > ratios[2] > 1
    assert ratios[2] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(("real", "bias"), [(100, 0.9), (100, 0.8), (1000, 0.8)])
def test_the_admissible_count_in_simulation(real, bias):
    synthetic = round(closed.admissible(real, bias))
    _, found = run(samples=real, fresh=real, synthetic=synthetic, bias=bias, generations=60, chains=20_000)
    assert found["wasserstein2"][-1].mean() * real / 1.5 == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize(("synthetic", "ratio"), [(50, 1.325), (450, 1.460)])
def test_replayed_real_rows_cost_at_most_a_half(synthetic, ratio):
    assert 50 * closed.augment_mean_error(50, synthetic) == pytest.approx(ratio, abs=1e-3)
    plan = make_plan("gaussian", samples=synthetic, fixed=50, generations=400)
    assert moments(plan)[0][-1] == pytest.approx(closed.augment_mean_error(50, synthetic), rel=1e-9)


def test_fresh_real_rows_help_by_up_to_a_half():
    for a in (0.5, 0.1):
        n = round(1e7 / a)
        assert closed.effective_rows(1e7, n - 1e7) / 1e7 == pytest.approx(2 - a, rel=1e-6)


@pytest.mark.parametrize(("ratio", "weight"), [(1, 0.6180), (2, 0.5), (4, 0.3904)])
def test_the_golden_weight(ratio, weight):
    best = closed.golden_weight(ratio)
    assert best == pytest.approx(weight, abs=5e-5)
    assert closed.weighted_mean_error(best, ratio) == pytest.approx(best, rel=1e-12)
    assert closed.weighted_mean_error(best, ratio) < closed.weighted_mean_error(best + 0.01, ratio)
    assert closed.weighted_mean_error(best, ratio) < closed.weighted_mean_error(best - 0.01, ratio)
    plan = make_plan("gaussian", samples=10**6, fresh=10**6, synthetic=ratio * 10**6, weight=best, generations=300)
    assert moments(plan)[0][-1] * 10**6 == pytest.approx(best, rel=1e-5)


def test_pooling_equal_amounts_weighs_two_thirds():
    assert closed.weighted_mean_error(0.5, 1) == pytest.approx(2 / 3)


# every named formula is a case of the second moments of the groups


@pytest.mark.parametrize(
    "fields",
    [
        {"samples": 10},
        {"samples": 10, "bias": 0.7},
        {"samples": 10, **ALL},
        {"samples": 10, **ALL, "budget": 10},
        {"samples": 1000, "regime": "all", **ALL, "budget": 1000},
    ],
    ids=str,
)
def test_named_formulas_are_cases_of_the_moments(fields):
    fields.pop("regime", None)
    plan = make_plan("gaussian", generations=40, **fields)
    named = {law.quantity: law.expected for law in laws_of(plan) if isinstance(law.quantity, str)}
    mean_error, variance = moments(plan)
    assert named["variance"] == pytest.approx(variance, rel=1e-10)
    assert named["mean_error"] == pytest.approx(mean_error, rel=1e-9)


@given(st.integers(1, 300), st.integers(1, 300), st.floats(0.1, 1), st.integers(2, 400))
def test_the_moments_follow_the_fresh_loop(real, synthetic, bias, samples):
    plan = make_plan("gaussian", samples=samples, fresh=real, synthetic=synthetic, bias=bias, generations=6)
    d, v = 1 / samples, 1 - 1 / samples
    expected = [(d, v)]
    for _ in range(5):
        expected.append(closed.fresh_step(*expected[-1], real, synthetic, bias))
    assert np.stack(moments(plan), axis=1) == pytest.approx(np.array(expected), rel=1e-9)


@given(
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(1, 40),
    st.sampled_from([1, 2, 5, "all"]),
    st.sampled_from([None, 9]),
)
def test_the_second_moment_is_kept_by_every_five_numbers(fixed, fresh, synthetic, memory, budget):
    numbers = {"fixed": fixed, "fresh": fresh, "synthetic": synthetic, "memory": memory, "budget": budget}
    plan = make_plan("gaussian", samples=20, generations=8, **numbers)
    assert sum(moments(plan)) == pytest.approx(np.ones(8), abs=1e-12)


# the engine against every law of its plan


PLANS = [
    {"samples": 5},
    {"samples": 100, "bias": 0.9},
    {"samples": 10, "words": "gaussian:covariance=unbiased"},
    {"samples": 10, **ALL},
    {"samples": 10, **ALL, "budget": 10},
    {"samples": 50, "fresh": 50},
    {"samples": 9, "fresh": 1},
    {"samples": 50, "fresh": 50, "bias": 0.8},
    {"samples": 50, "fixed": 50},
    {"samples": 20, "fixed": 0.2, "fresh": 0.1, "memory": "all"},
    {"samples": 20, "fixed": 7, "fresh": 3, "memory": 3, "bias": 0.9, "budget": 15},
    {"samples": 20, "memory": 4, "bias": 0.9},
    {"samples": 20, "memory": 4, "fresh": 3, "words": "gaussian:covariance=unbiased"},
    {"samples": 20, "fresh": 20, "weight": 0.618},
    {"samples": 20, "correction": 0.3, "bias": 0.9},
    {"samples": 20, "fresh": 5, "correction": 0.3, "memory": 2, "weight": 0.3},
    {"samples": 20, "synthetic": 0, "fresh": 20},
    {"samples": 1000, "extrapolation": 0.5, "bias": 0.9},
    {"samples": 20, "words": "gaussian:d=3"},
    {"samples": 20, "words": "gaussian:d=2", **ALL, "budget": 20, "generations": 12},
    {"samples": 20, "words": "gaussian:d=3", "fresh": 5, "correction": 0.2, "memory": 3},
    {"samples": 10**12, **ALL, "budget": 10**12},
    {"samples": 10**9, "fresh": 2 * 10**7, "bias": 0.95},
]


@pytest.mark.parametrize("fields", PLANS, ids=str)
def test_the_engine_agrees_with_every_law_of_its_plan(fields):
    fields = dict(fields)
    plan, found = run(fields.pop("words", "gaussian"), **{"generations": 25, **fields})
    results = checks(laws_of(plan), found)
    assert len(results) >= 1
    assert any(check.tested for check in results)
    for check in results:
        assert not check.alarm, check
        assert not check.tested or abs(check.z) < 4, check


def test_a_wrong_engine_is_told_by_its_law():
    _, found = run(samples=20, generations=10)
    wrong = make_plan("gaussian", samples=25, generations=10, chains=CHAINS)
    assert all(
        check.alarm for check in checks(laws_of(wrong), found) if check.law.quantity in ("variance", "log_variance")
    )


def test_many_dimensions_lose_determinant_and_rank():
    _, found = run("gaussian:d=3", samples=20, generations=5, chains=10_000)
    agrees(np.exp(found["log_determinant"][-1]), closed.determinant_factor(20, 3) ** 5)
    _, found = run("gaussian:d=5", samples=4, generations=2, chains=20)
    assert (found["log_determinant"] == -np.inf).all()


@pytest.mark.parametrize("n", [10, 100])
def test_the_relative_spread_and_powers(n):
    t = 6
    _, found = run("gaussian:covariance=unbiased", samples=n, generations=t, chains=20_000)
    agrees(found["variance"][-1] ** 2, closed.relative_spread(n, t))
    agrees(found["variance"][-1] ** 0.35, closed.variance_power(n, t, 0.35))


@pytest.mark.parametrize(("n", "ratio"), [(20, 1), (2, 1)])
def test_a_bias_in_the_synthetic_loop_scales_the_mean(n, ratio):
    _, found = run(samples=n, generations=5, bias=0.5)
    agrees(found["variance"][-1], 0.5**4 * (1 - 1 / n) ** 5 * ratio)


def test_curation_in_the_limit_of_many_rows():
    """Variance 1/(1 + t/tau^2) and mean b (t/tau^2)/(1 + t/tau^2), t = generation - 1."""
    plan, found = run("gaussian:centre=2,width=1.5", samples=10**12, generations=8, choices=math.inf, chains=50)
    gone = np.arange(8) / 1.5**2
    assert found["variance"].mean(axis=1) == pytest.approx(1 / (1 + gone), rel=1e-5)
    assert np.sqrt(found["mean_error"].mean(axis=1)) == pytest.approx(2 * gone / (1 + gone), rel=1e-5, abs=1e-5)
    assert all(check.law.approximate and not check.alarm for check in checks(laws_of(plan), found))
    _, wide = run("gaussian:d=2,centre=2,width=1.5", samples=10**12, generations=8, choices=math.inf, chains=50)
    assert wide["variance"].mean(axis=1) == pytest.approx(1 / (1 + gone), rel=1e-5)
    _, shifted = run("gaussian:slope=0.1", samples=10**12, generations=8, choices=math.inf, chains=50)
    assert shifted["variance"][-1] == pytest.approx(1, rel=1e-4)
    assert np.sqrt(shifted["mean_error"][-1]) == pytest.approx(0.7, rel=1e-4)


def test_correction_and_extrapolation_hold_what_bias_takes():
    kept = {
        name: run(samples=10**6, generations=60, bias=0.9, chains=50, **operator)[1]["variance"][-1].mean()
        for name, operator in [
            ("none", {}),
            ("correction", {"correction": 0.5}),
            ("extrapolation", {"extrapolation": 0.5}),
        ]
    }
    assert kept["none"] < 0.01
    assert kept["correction"] == pytest.approx(1 / 3 / (1 - 0.9 * 2 / 3), rel=0.01)  # as a share of a third fresh rows
    assert kept["extrapolation"] == pytest.approx(0.9 ** (1 / 1.5), rel=0.01)


# the exact engine and the loop that draws every row have the same law


@pytest.mark.parametrize(
    ("regime", "fields", "t"),
    [
        ("replace", {}, 6),
        ("augment", {"fixed": 8}, 5),
        ("fresh", {"fresh": 3}, 5),
        ("accumulate", {}, 5),
        ("subsample", {}, 5),
        ("mix", {"fixed": 4, "fresh": 3, "memory": 2, "budget": 9, "bias": 0.8}, 5),
    ],
)
def test_the_raw_sample_loop_has_the_same_law(regime, fields, t):
    """Two-sample Kolmogorov-Smirnov tests on 4,000 chains each at p > 1e-4: 18 of them, once in 500 by chance."""
    n = 8
    spec = LoopSpec(
        "normal", model="gaussian", generations=t, seeds=CHAINS, samples=n, regimes=[regime], seed=7, **fields
    )
    raw = loop_plan(spec)
    (label,) = raw.regimes
    *_, last = steps(raw, label, tuple(range(CHAINS)))
    mean, total = last.fitted.moments()
    preset = {"augment": {"fixed": None}, "accumulate": ALL, "subsample": {**ALL, "budget": n}}
    _, found = run(samples=n, generations=t, **{**preset.get(regime, {}), **fields})
    assert ks_2samp(found["variance"][-1], total).pvalue > 1e-4
    assert ks_2samp(found["mean_error"][-1], mean[:, 0] ** 2).pvalue > 1e-4
    both = (found["variance"][-1] - found["mean_error"][-1], total - mean[:, 0] ** 2)
    assert ks_2samp(*both).pvalue > 1e-4


def test_both_paths_of_the_engine_have_the_same_law():
    plan = make_plan("gaussian", samples=6, generations=5, chains=CHAINS, bias=0.9)
    blocks, steps = simulate(plan), loop(plan, Draws(np.random.default_rng(1)))
    assert ks_2samp(blocks["log_variance"][-1], steps["log_variance"][-1]).pvalue > 1e-4
    assert ks_2samp(blocks["mean_error"][-1], steps["mean"][-1] ** 2).pvalue > 1e-4


# the draws


@pytest.mark.parametrize("degrees", [1, 2, 3, 7, 100, 10**6])
def test_chi_squares_have_their_law(degrees):
    draws = Draws(np.random.default_rng(3))
    for values in (np.exp(draws.log_chi_square(degrees, 20_000)), draws.chi_square(np.full(20_000, degrees), 20_000)):
        assert kstest(values, chi2(degrees).cdf).pvalue > 1e-4


def test_chi_squares_at_the_largest_degrees():
    logs = Draws(np.random.default_rng(3)).log_chi_square(10**12, 20_000) - math.log(10**12)
    agrees(logs, 0.0)
    assert logs.std() == pytest.approx(math.sqrt(2e-12), rel=0.03)


def test_draws_stay_aligned_between_sample_sizes():
    small, large = (Draws(np.random.default_rng(5)).chi_square(df, 5000) / df for df in (50, 60))
    assert np.corrcoef(small, large)[0, 1] > 0.98


@pytest.mark.parametrize(("counts", "rows"), [([5, 0, 9, 30], 12), ([10**12, 10**12, 500], 10**12), ([3, 4], 7)])
def test_cuts_keep_the_right_number_of_each_group(counts, rows):
    chains = 20_000
    kept = Draws(np.random.default_rng(2)).cut(counts, rows, chains)
    assert (kept.sum(axis=0) == rows).all()
    total = sum(counts)
    for count, row in zip(counts, kept, strict=True):
        assert ((row >= 0) & (row <= count)).all()
        spread = count * rows / total * (1 - count / total) * (total - rows) / (total - 1)
        if spread:
            agrees(row.astype(float), count * rows / total)
            assert row.var() == pytest.approx(spread, rel=0.05)


@pytest.mark.parametrize("d", [1, 2])
def test_a_part_of_known_rows_has_the_law_of_drawn_rows(d):
    """Cut from a drawn group, k rows have the statistics of k drawn rows, and the rest is consistent with it."""
    chains, draws = 8000, Draws(np.random.default_rng(4))
    zero = np.zeros((chains, d)) if d > 1 else np.zeros(chains)
    whole = drawn(12, zero, 1.0, draws, "whole")
    cut = part(whole, np.full(chains, 5), draws)
    direct = drawn(5, zero, 1.0, draws, "direct")
    first = (lambda x: x[:, 0]) if d > 1 else (lambda x: x)
    corner = (lambda x: x[:, 0, 0]) if d > 1 else (lambda x: x)
    assert ks_2samp(first(cut.mean), first(direct.mean)).pvalue > 1e-4
    assert ks_2samp(corner(cut.scatter), corner(direct.scatter)).pvalue > 1e-4
    everything = part(whole, np.full(chains, 12), draws)
    assert everything.mean == pytest.approx(whole.mean)
    assert everything.scatter == pytest.approx(whole.scatter)
    assert (corner(whole.scatter) >= corner(cut.scatter)).all()


def test_pooled_groups_are_all_their_rows():
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((4, 3)), 2 + rng.standard_normal((9, 3))
    groups = [RowGroup(len(x), x.mean(axis=0), np.square(x - x.mean(axis=0)).sum(axis=0)) for x in (a, b)]
    both, rows = pooled(groups), np.concatenate([a, b])
    assert both.mean == pytest.approx(rows.mean(axis=0))
    assert both.scatter == pytest.approx(np.square(rows - rows.mean(axis=0)).sum(axis=0))
    weighted = pooled(groups, [0.5, 0.5])
    assert weighted.mean == pytest.approx((a.mean(axis=0) + b.mean(axis=0)) / 2)
    second = (np.square(a).mean(axis=0) + np.square(b).mean(axis=0)) / 2
    assert weighted.scatter / 13 == pytest.approx(second - weighted.mean**2)


# the numerical ends


@pytest.mark.parametrize("n", [2, 10**12])
@pytest.mark.parametrize("bias", [1, 0.01])
@pytest.mark.parametrize("numbers", [{}, {"fresh": 1}, {"memory": 3}, ALL, {"fresh": 0.999999}], ids=str)
def test_the_ends_of_the_numbers(n, bias, numbers):
    plan, found = run(samples=n, bias=bias, generations=1000, chains=100, **numbers)
    for name, values in found.items():
        assert values.shape == (1000, 100)
        assert not np.isnan(values).any(), name
    assert np.isfinite(found["log_variance"]).all()
    assert not any(check.alarm for check in checks(laws_of(plan), found))


def test_logarithms_go_on_where_values_underflow():
    _, found = run(samples=10**12, bias=0.01, generations=1000, chains=5)
    assert (found["variance"][-1] == 0).all()
    assert found["log_variance"][-1] == pytest.approx(999 * math.log(0.01), rel=1e-6)
    _, remembered = run(samples=10**12, bias=0.01, generations=1000, chains=5, memory=3)
    assert (remembered["log_variance"][-1] < -900).all()


def test_a_plan_gives_the_same_numbers_again_and_another_seed_others():
    first, again, other = (run(samples=9, fresh=2, generations=4, chains=30, seed=seed)[1] for seed in (1, 1, 2))
    assert (first["variance"] == again["variance"]).all()
    assert (first["variance"] != other["variance"]).all()


@pytest.mark.parametrize(
    ("words", "fields", "said"),
    [
        ("gaussian:d=0", {}, "d is 0"),
        ("gaussian:covariance=x", {}, "covariance"),
        ("gaussian:width=0", {}, "width"),
        ("gaussian", {"samples": 1}, "at least 2 rows"),
        ("gaussian", {"choices": 3}, "best of 3"),
        ("gaussian", {"phi": 0.9, "psi": 0.1}, "label"),
        ("gaussian:d=2", {"extrapolation": 1}, "one dimension"),
        ("gaussian", {"weight": 0.5}, "real and synthetic"),
        ("gaussian", {"weight": 0.5, "fresh": 5, "budget": 9}, "budget"),
        ("gaussian:covariance=unbiased", {"weight": 0.5, "fresh": 5}, "maximum likelihood"),
        ("gaussian:d=5", {"samples": 50, "fresh": 3, "budget": 40}, "more than 5 rows"),
    ],
)
def test_plans_that_cannot_be_followed_get_a_sentence(words, fields, said):
    with pytest.raises(UsageError, match=said) as error:
        simulate(make_plan(words, **fields))
    assert str(error.value).endswith(".")


def test_no_trajectory_is_worked_out_before_it_is_read():
    _, found = run(samples=9, generations=3, chains=4)
    assert callable(found._quantities["tails"])
    assert found["tails"] is found["tails"]
    assert not callable(found._quantities["tails"])
