"""The regression and kernel forecasts against closed forms and the check points of the field.

z-tests ask |z| < 4, a false alarm once in 16,000 each; the automatic checks bound the worst generation alike.
"""

import sys

import numpy as np
import pytest
from scipy import stats

from autophagy.core.errors import UsageError
from autophagy.core.streams import stream
from autophagy.forecast import checks, laws_of, make_plan, simulate
from autophagy.forecast.engines.kernel import fixed_variance, growth
from autophagy.forecast.engines.regression import step, wishart

FIVE = {
    "replace": {},
    "fresh": {"fresh": 20},
    "augment": {"fixed": None},
    "accumulate": {"fixed": None, "memory": "all"},
    "subsample": {"fixed": None, "memory": "all", "budget": "samples"},
    "window": {"fixed": 30, "fresh": 10, "memory": 3, "synthetic": 50},
    "shares": {"fixed": 0.3, "fresh": 0.1},
}


def agrees(values, expected):
    z = (np.mean(values) - expected) / (np.std(values, ddof=1) / np.sqrt(len(values)))
    assert abs(z) < 4, f"mean {np.mean(values):.5f}, expected {expected:.5f}, z = {z:.1f}"


def holds(plan):
    """Every law of the plan agrees with its simulation at every generation that can be tested."""
    simulation = simulate(plan)
    results = checks(laws_of(plan), simulation)
    assert sum(result.tested for result in results) > 0
    for result in results:
        assert not result.alarm, f"{result.law.label}: z = {result.worst:.1f} at {result.worst_generation}"
    return simulation


def expected(plan):
    (law,) = laws_of(plan)
    return law.expected


# regression


@pytest.mark.parametrize("design", ["fixed", "fresh"])
def test_replace_at_the_four_check_points(design):
    plan = make_plan(f"regression:dimensions=5,design={design}", samples=50, generations=10, chains=20_000)
    at = np.array([1, 2, 5, 10]) - 1
    assert expected(plan)[at] == pytest.approx([0.1136, 0.2273, 0.5682, 1.1364], abs=5e-5)
    error = holds(plan)["error"]
    for t in at:
        agrees(error[t], step(50, 5) * (t + 1))
    assert error.mean(axis=1)[at] == pytest.approx([0.1134, 0.2272, 0.5726, 1.140], rel=0.02)


def test_accumulate_at_the_four_check_points():
    plan = make_plan("regression", samples=50, generations=10, chains=20_000, fixed=None, memory="all")
    at = np.array([1, 2, 5, 10]) - 1
    assert expected(plan)[at] == pytest.approx([0.1136, 0.1420, 0.1663, 0.1761], abs=5e-5)
    holds(plan)
    long = expected(plan.but(generations=2_000))
    assert long == pytest.approx(step(50, 5) * np.cumsum(1 / np.arange(1, 2_001) ** 2.0))
    assert long[-1] == pytest.approx(step(50, 5) * np.pi**2 / 6, rel=1e-3)


def test_grown_synthetic_sets_with_new_inputs():
    plan = make_plan("regression:design=fresh,grow=true", samples=50, generations=10, chains=20_000)
    assert expected(plan)[-1] == pytest.approx(sum(5 / (50 * i - 6) for i in range(1, 11)))
    holds(plan)


def test_the_course_example():
    plan = make_plan("regression:dimensions=10", samples=111, generations=10, chains=4_000)
    assert expected(plan)[-1] == pytest.approx(1.0)
    accumulate = plan.but(fixed=None, memory="all")
    assert expected(accumulate)[-1] == pytest.approx(0.155, abs=5e-4)
    holds(plan)
    holds(accumulate)


@pytest.mark.parametrize(
    "numbers", [{"fixed": None}, {"fresh": 50}, {"memory": 3}, {"fixed": None, "fresh": 50, "memory": 2}]
)
@pytest.mark.parametrize("bias", [1.0, 0.3])
def test_every_mixture_of_the_fixed_design(numbers, bias):
    holds(make_plan("regression", samples=50, generations=8, chains=10_000, bias=bias, **numbers))


def test_the_golden_weight_of_fresh_rows():
    plan = make_plan("regression:dimensions=2", samples=200, fresh=200, generations=60, chains=4_000, weight=0.618034)
    ratio = expected(plan)[-1] / expected(plan)[0]
    assert ratio == pytest.approx(0.618, abs=1e-3)
    assert expected(plan.but(weight=None))[-1] / expected(plan)[0] == pytest.approx(2 / 3, abs=1e-3)
    holds(plan)


def test_wishart_roots_have_the_moments_of_rows():
    root = wishart(12, 3, 20_000, stream(0, "wishart"))
    gram = root @ root.transpose(0, 2, 1)
    agrees(gram[:, 0, 0], 12)
    agrees(gram[:, 2, 2], 12)
    agrees(gram[:, 0, 1], 0)
    agrees(gram[:, 0, 2] ** 2, 12)
    agrees(np.linalg.det(gram), 12 * 11 * 10)
    few = wishart(2, 3, 5, stream(0, "few"))
    assert (np.linalg.matrix_rank(few @ few.transpose(0, 2, 1)) == 2).all()


@pytest.mark.parametrize("design", ["fixed", "fresh"])
def test_the_raw_loop_over_rows_and_the_engine_agree_in_distribution(design):
    rows, d, t, chains = 20, 3, 4, 2_000
    plan = make_plan(f"regression:dimensions={d},design={design}", samples=rows, generations=t, chains=chains,
                     fixed=rows, memory="all")  # fmt: skip
    engine, rng, raw = simulate(plan)["error"][-1], stream(0, "raw"), []
    for _ in range(chains):
        inputs = rng.standard_normal((rows, d))
        x, y, beta = np.zeros((0, d)), np.zeros(0), np.zeros(d)
        for _generation in range(t):
            new = inputs if design == "fixed" else rng.standard_normal((rows, d))
            x, y = np.concatenate([x, new]), np.append(y, new @ beta + rng.standard_normal(rows))
            beta = np.linalg.lstsq(x, y, rcond=None)[0]
        raw.append((beta**2).sum())
    assert stats.ks_2samp(engine, raw).pvalue > 1e-4


@pytest.mark.parametrize("samples", [2, 5, 10**12])
def test_regression_at_the_ends(samples):
    for family in ("regression:dimensions=1", "regression:dimensions=1,design=fresh"):
        plan = make_plan(family, samples=samples, generations=1_000, chains=4, bias=0.01)
        assert np.isfinite(simulate(plan)["error"]).all()
        laws_of(plan)


@pytest.mark.parametrize(
    ("family", "fields", "words"),
    [
        ("regression", {"samples": 5}, "do not determine"),
        ("regression", {"fresh": 20}, "same inputs"),
        ("regression", {"budget": 100}, "budget"),
        ("regression:design=odd", {}, "design"),
        ("regression:dimensions=0", {}, "dimensions is 0"),
        ("regression:grow=true", {"fresh": 1000}, "grow"),
        ("kernel:bandwidth=wide", {}, "bandwidth"),
        ("kernel", {"samples": 1}, "one row"),
        ("kernel", {"weight": 0.5}, "weight"),
        ("kernel", {"samples": 10**6, "budget": 10, "fresh": 10}, "budget"),
    ],
)
def test_absurd_plans_are_one_sentence(family, fields, words):
    with pytest.raises(UsageError, match=words):
        simulate(make_plan(family, **fields))


# kernels


def test_the_growth_of_a_scaled_bandwidth():
    assert growth(100, 1.06) == pytest.approx(1.1681, abs=5e-5)
    assert growth(100, 1.06) ** 50 == pytest.approx(2_364, rel=2e-3)
    plan = make_plan("kernel:bandwidth=silverman", samples=100, generations=8, chains=4_000)
    factors = expected(plan)[1:] / expected(plan)[:-1]
    assert factors == pytest.approx(growth(100, (4 / 3) ** 0.2))
    variance = holds(plan)["variance"]
    agrees(variance[7] / expected(plan)[7], 1)


def test_the_variance_of_a_fixed_bandwidth_settles_at_n_times_h_squared():
    plan = make_plan("kernel:bandwidth=0.3", samples=50, generations=101, chains=500)
    assert expected(plan)[100] == pytest.approx(4.045, abs=5e-4)  # 100 generations after the real fit
    assert expected(plan) == pytest.approx([fixed_variance(50, 0.3, t) for t in range(1, 102)])
    assert fixed_variance(50, 0.3, 10_000) == pytest.approx(4.5)
    assert holds(plan)["variance"][100].mean() == pytest.approx(4.045, rel=0.2)


@pytest.mark.parametrize("numbers", FIVE.values(), ids=FIVE)
@pytest.mark.parametrize("bandwidth", ["scott", "0.3"])
def test_every_regime_of_kernels_follows_its_second_moment(numbers, bandwidth):
    holds(make_plan(f"kernel:bandwidth={bandwidth}", samples=60, generations=8, chains=1_500, **numbers))


def test_normal_samples_stand_in_for_rows_where_these_are_many(monkeypatch):
    plan = make_plan("kernel:bandwidth=scott", samples=400, generations=4, chains=1_000, fixed=400, memory="all")
    rows = simulate(plan)
    monkeypatch.setattr(sys.modules[growth.__module__], "ROWS", 10)
    normal = holds(plan.but(seed=1))
    for name in rows:
        assert stats.ks_2samp(rows[name][-1], normal[name][-1]).pvalue > 1e-4


@pytest.mark.parametrize("samples", [2, 10**12])
@pytest.mark.parametrize("numbers", [{}, {"fresh": 1}, {"fixed": None, "memory": 2}])
def test_kernels_at_the_ends(samples, numbers):
    plan = make_plan("kernel:bandwidth=0.5", samples=samples, generations=1_000, chains=3, bias=0.01, **numbers)
    for values in simulate(plan).values():
        assert np.isfinite(values).all()
    assert np.isfinite(expected(plan)).all()
