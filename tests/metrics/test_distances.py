"""Fréchet, kernel, sliced Wasserstein, Vendi, classes and drift, each against an oracle and on hard inputs."""

import pickle
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import sqrtm
from scipy.stats import wasserstein_distance

from autophagy.core.errors import DataError, UsageError
from autophagy.core.samples import Samples
from autophagy.features.features import FeatureMap, Features, Linear, build_feature_map
from autophagy.metrics import frechet as frechet_room
from autophagy.metrics import kernel as kernel_room
from autophagy.metrics.classes import classes
from autophagy.metrics.drift import drift
from autophagy.metrics.frechet import frechet
from autophagy.metrics.kernel import kernel
from autophagy.metrics.transport import sliced_wasserstein
from autophagy.metrics.vendi import vendi

PLAIN = FeatureMap("as given", Linear(0.0))
RNG = np.random.default_rng(0)


def side(x, **known):
    return Features(Samples.of(np.asarray(x, np.float32)), PLAIN, **known)


def nuclear_norm_form(a, b):
    """Fréchet from the centred rows themselves, without a covariance."""
    a, b = (np.asarray(x, np.float32).astype(float) for x in (a, b))
    left, right = ((x - x.mean(axis=0)) / np.sqrt(len(x) - 1) for x in (a, b))
    shared = np.linalg.norm(left @ right.T, "nuc")
    means = np.square(a.mean(axis=0) - b.mean(axis=0)).sum()
    return means + np.square(left).sum() + np.square(right).sum() - 2 * shared


def correlated(rng, n, d):
    return rng.standard_normal((n, d)) @ rng.standard_normal((d, d)) * np.geomspace(1, 1e-4, d)


FRECHET = {
    "more rows than dimensions": lambda r: (correlated(r, 400, 20), correlated(r, 300, 20)),
    "fewer rows than dimensions": lambda r: (correlated(r, 40, 90), correlated(r, 25, 90)),
    "fewer on one side": lambda r: (correlated(r, 300, 60), correlated(r, 25, 60)),
    "two rows": lambda r: (r.standard_normal((2, 5)), r.standard_normal((2, 5))),
    "one dimension": lambda r: (r.standard_normal((50, 1)), r.standard_normal((60, 1)) + 3),
    "duplicates": lambda r: (
        r.standard_normal((30, 20)).repeat(10, axis=0),
        r.standard_normal((5, 20)).repeat(60, axis=0),
    ),
    "constant columns": lambda r: (
        r.standard_normal((200, 30)) * (np.arange(30) % 3 > 0),
        r.standard_normal((100, 30)) * (np.arange(30) % 5 > 0),
    ),
    "one side constant": lambda r: (r.standard_normal((100, 12)), np.ones((80, 12))),
    "columns of very different sizes": lambda r: r.standard_normal((2, 500, 80)) * np.geomspace(1, 1e-5, 80),
    "far from 0": lambda r: (r.standard_normal((500, 10)) + 1000, r.standard_normal((500, 10)) + 1001),
}


@pytest.mark.parametrize("name", FRECHET)
def test_frechet_equals_the_nuclear_norm_form(name, monkeypatch):
    monkeypatch.setattr(frechet_room, "BLOCK", 64)
    a, b = FRECHET[name](np.random.default_rng(1))
    value = frechet(side(a), side(b), RNG)
    assert value == pytest.approx(nuclear_norm_form(a, b), rel=1e-6)
    assert value == pytest.approx(frechet(side(b), side(a), RNG), rel=1e-9)


def test_frechet_equals_the_matrix_square_root_where_that_is_real():
    rng = np.random.default_rng(2)
    a, b = rng.standard_normal((300, 8)), rng.standard_normal((300, 8)) @ rng.standard_normal((8, 8))
    a, b = a.astype(np.float32), b.astype(np.float32)
    first, second = np.cov(a, rowvar=False, dtype=float), np.cov(b, rowvar=False, dtype=float)
    means = np.square(a.mean(axis=0, dtype=float) - b.mean(axis=0, dtype=float)).sum()
    expected = means + np.trace(first + second - 2 * sqrtm(first @ second).real)
    assert frechet(side(a), side(b), RNG) == pytest.approx(expected, rel=1e-6)


@given(st.integers(0, 2**32), st.integers(2, 40), st.integers(1, 12))
def test_frechet_of_a_set_with_itself_is_0_and_a_shift_costs_its_square(seed, n, d):
    x = np.random.default_rng(seed).integers(-9, 9, (n, d)).astype(float)
    assert frechet(side(x), side(x), RNG) == pytest.approx(0, abs=1e-9 * (1 + x.var() * d))
    assert frechet(side(x), side(x + 2), RNG) == pytest.approx(4 * d, rel=1e-9)


@pytest.mark.parametrize(("n", "m"), [(40, 55), (300, 20)])
def test_kernel_equals_the_sums_over_all_pairs(n, m, monkeypatch):
    monkeypatch.setattr(kernel_room, "TILE", 17)
    rng = np.random.default_rng(3)
    a, b = rng.standard_normal((n, 6)).astype(np.float32), (rng.standard_normal((m, 6)) + 0.5).astype(np.float32)

    def k(x, y):
        return (float(np.dot(x.astype(float), y.astype(float))) / 6 + 1) ** 3

    within = [np.mean([k(x[i], x[j]) for i in range(len(x)) for j in range(len(x)) if i != j]) for x in (a, b)]
    expected = sum(within) - 2 * sum(k(x, y) for x in a for y in b) / (n * m)
    assert kernel(side(a), side(b), RNG) == pytest.approx(expected, rel=1e-9)


def test_kernel_of_raw_rows_is_that_of_the_rows_wherever_they_lie():
    rng = np.random.default_rng(5)
    a, b = rng.gamma(1.0, 1.0, (30, 6)) + 2, rng.gamma(1.2, 1.0, (25, 6)) + 2  # as an Inception network's: above 0
    raw = build_feature_map("raw", Samples.of(a), RNG)
    sides = (Features(Samples.of(x), pickle.loads(pickle.dumps(raw))) for x in (a, b))
    assert kernel(*sides, RNG) == pytest.approx(kernel(side(a), side(b), RNG), rel=1e-5)


# The mean over 200 independent pairs of sets is within 4 of its standard errors of 0 (false alarm 6e-5; seed fixed).
def test_kernel_is_0_on_average_for_equal_laws_of_few_rows():
    rng = np.random.default_rng(4)
    values = [kernel(side(rng.standard_normal((12, 4))), side(rng.standard_normal((9, 4))), RNG) for _ in range(200)]
    assert min(values) < 0
    assert abs(np.mean(values)) < 4 * np.std(values) / np.sqrt(200)


@pytest.mark.parametrize(("n", "m"), [(50, 50), (50, 31), (7, 200), (12, 18)])
def test_sliced_wasserstein_on_a_line_is_the_exact_distance(n, m):
    rng = np.random.default_rng(5)
    a, b = (rng.standard_normal((k, 1)).astype(np.float32) for k in (n, m))
    exact = wasserstein_distance(a[:, 0].astype(float), b[:, 0].astype(float))
    assert sliced_wasserstein(side(a), side(b), RNG, projections=3, order=1) == pytest.approx(exact, rel=1e-6)
    # Every row repeated until the sizes agree: sorted rows are matched one to one.
    c = np.lcm(n, m)
    matched = np.sort(np.repeat(a[:, 0], c // n)).astype(float) - np.sort(np.repeat(b[:, 0], c // m))
    assert sliced_wasserstein(side(a), side(b), RNG) == pytest.approx(np.sqrt(np.square(matched).mean()), rel=1e-6)


def test_sliced_wasserstein_of_a_shift_and_of_nothing():
    rng = np.random.default_rng(6)
    x = rng.standard_normal((300, 10))
    assert sliced_wasserstein(side(x), side(rng.permutation(x)), RNG) == pytest.approx(0, abs=1e-6)
    # E (line . shift)^2 = |shift|^2 / d over lines; 4,000 lines give a relative error of 1.6 % of the square; z = 5.
    shifted = sliced_wasserstein(side(x), side(x + 3), RNG, projections=4000)
    assert shifted**2 == pytest.approx(9, rel=0.08)
    with pytest.raises(UsageError, match="projections=0"):
        sliced_wasserstein(side(x), side(x), RNG, projections=0)


def test_sliced_wasserstein_sees_every_run_along_the_same_lines():
    rng = np.random.default_rng(7)
    a, b = rng.standard_normal((60, 5)), rng.standard_normal((50, 5))
    values = {sliced_wasserstein(side(a), side(b), np.random.default_rng(seed)) for seed in range(3)}
    assert len(values) == 1


def test_vendi_counts_directions():
    rng = np.random.default_rng(8)
    cross = np.concatenate([np.eye(6), -np.eye(6)])  # its mean is 0
    reference = side(cross)
    for count in (1, 2, 5):
        assert vendi(reference, side(np.tile(cross[:count], (4, 1))), RNG) == pytest.approx(count)
        assert vendi(reference, side(7 * np.tile(cross[:count], (2, 1))), RNG) == pytest.approx(count)
    assert vendi(reference, side(np.zeros((5, 6))), RNG) == pytest.approx(1)
    x = rng.standard_normal((9, 6)).astype(np.float32).astype(float)
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    shares = np.linalg.eigvalsh(unit @ unit.T / 9).clip(1e-300)  # the n x n side, where the code takes d x d
    assert vendi(reference, side(x), RNG) == pytest.approx(np.exp(-(shares * np.log(shares)).sum()), rel=1e-6)


def labelled(labels):
    """A side whose features are its labels, so that its predicted classes are known."""
    return Features(Samples.of(np.array(labels, np.float32)[:, None]), FeatureMap("labels", Linear(0.0), _first))


def _first(features):
    return features[:, 0].astype(int)


def test_lost_classes_and_balance():
    reference = labelled([0, 0, 1, 1, 2, 2, 3, 3])
    assert classes(reference, labelled([3, 2, 1, 0]), RNG) == {"lost_classes": 0, "class_balance": 1}
    assert classes(reference, labelled([1] * 5), RNG) == {"lost_classes": 3, "class_balance": 0.25}
    assert classes(reference, labelled([7, 7]), RNG) == {"lost_classes": 4, "class_balance": 0}
    assert all(np.isnan(value) for value in classes(side(np.eye(3)), side(np.eye(3)), RNG).values())


def test_drift_is_of_the_fitted_moments_where_the_model_knows_them():
    rng = np.random.default_rng(9)
    reference = side(rng.standard_normal((30, 2)))
    fitted = SimpleNamespace(moments=lambda: (np.array([[9.0, 9.0], [1.0, 2.0]]), np.array([9.0, 3.0])))
    truth = np.array([1.0, 0.0]), 6.0
    made = side(rng.standard_normal((20, 2)), fitted=fitted, run=1, truth=truth)
    assert drift(reference, made, RNG) == {"mean_error": 2, "variance_ratio": 0.5}


def test_drift_of_rows_against_rows():
    x = np.random.default_rng(10).standard_normal((40, 2, 3))
    scores = drift(side(x), side(2 * x + 1), RNG)
    flat = x.astype(np.float32).reshape(40, -1)
    assert scores["variance_ratio"] == pytest.approx(4, rel=1e-6)
    assert scores["mean_error"] == pytest.approx(np.square(flat.mean(axis=0) + 1).mean(), rel=1e-5)
    constant = drift(side(np.ones((5, 2))), side(x.reshape(40, -1)[:, :2]), RNG)
    assert np.isnan(constant["variance_ratio"])
    assert np.isfinite(constant["mean_error"])


@pytest.mark.parametrize("metric", [frechet, kernel, sliced_wasserstein, vendi])
def test_rows_that_cannot_be_measured_are_named(metric):
    reference = side(np.eye(4))
    with pytest.raises(DataError, match="2 of 4 rows are not finite"):
        metric(reference, side([[np.nan] * 4, [np.inf] * 4, [0] * 4, [1] * 4]), RNG)
    with pytest.raises(DataError, match="one row cannot be measured"):
        metric(reference, side(np.ones((1, 4))), RNG)
