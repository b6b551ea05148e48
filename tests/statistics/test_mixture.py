"""The normal mixture: published values, an integral, and a baseline whose error is allowed for once.

Run: pytest tests/statistics/test_mixture.py
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from autophagy.statistics.mixture import NormalMixture

RHO, V, ALPHA = st.floats(0.1, 100), st.floats(0.1, 1000), st.floats(0.001, 0.2)


def test_the_values_of_confseq():
    mixture = NormalMixture.tightest_at(100, 0.05)
    assert mixture.rho == pytest.approx(12.60056, abs=1e-5)
    assert float(mixture.bound(100, 0.05)) == pytest.approx(30.35209, abs=1e-5)


@given(RHO, V, st.floats(-3, 3))
def test_the_evidence_is_the_likelihood_over_all_drifts(rho, v, z):
    s, sd = z * math.sqrt(v), 1 / math.sqrt(rho)
    integral, _ = quad(
        lambda drift: math.exp(drift * s - drift**2 * v / 2) * norm.pdf(drift, scale=sd), -9 * sd, 9 * sd, limit=200
    )
    assert math.exp(NormalMixture(rho).log_evidence(s, v)) == pytest.approx(integral, rel=1e-5)


@given(RHO, V, ALPHA)
def test_the_bound_is_where_the_evidence_alarms(rho, v, alpha):
    mixture = NormalMixture(rho)
    assert math.exp(mixture.log_evidence(mixture.bound(v, alpha), v)) == pytest.approx(1 / alpha)


@given(V, ALPHA)
def test_the_bound_is_about_as_tight_as_can_be_where_that_was_asked_for(v, alpha):
    best = min(float(NormalMixture(rho).bound(v, alpha)) for rho in np.geomspace(v / 1000, v, 400))
    assert float(NormalMixture.tightest_at(v, alpha).bound(v, alpha)) <= 1.01 * best


@given(st.floats(0.02, 0.5), ALPHA)
def test_a_change_is_decided_at_the_information_at_which_the_bound_is_tightest(change, alpha):
    mixture = NormalMixture.for_change(change, alpha)
    rest = 2 * math.log(1 / alpha)
    information = mixture.rho * (rest + math.log1p(rest))
    assert float(mixture.half(1 / information, alpha)) == pytest.approx(change)


@given(st.floats(-1, 1), st.floats(1e-5, 1), st.floats(0, 0.2), ALPHA)
def test_an_interval_misses_the_band_where_the_evidence_alarms(mean, variance, tolerance, alpha):
    mixture = NormalMixture.for_change(0.1, alpha)
    half = float(mixture.half(variance, alpha))
    distance = abs(mean) - tolerance
    if abs(distance - half) > 1e-9:
        assert (distance > half) == (mixture.log_beyond(mean, variance, tolerance) > math.log(1 / alpha))


def test_the_information_of_a_mean_against_a_noisy_baseline_ends_where_the_baseline_s_does():
    """Over 1,000 looks of 100 answers, an unchanged normal model alarms in 5 % of histories at most, + 3 SE."""
    rng, mixture, runs, looks = np.random.default_rng(1), NormalMixture.for_change(0.1, 0.05), 1000, 1000
    baseline = 0.013 * rng.standard_normal(runs)  # its error, once and for all
    today = np.cumsum(rng.standard_normal((runs, looks)) * 0.04, axis=1) / np.arange(1, looks + 1)
    mean, variance = today - baseline[:, None], 0.04**2 / np.arange(1, looks + 1) + 0.013**2
    alarms = (mixture.log_beyond(mean, variance) >= math.log(20)).any(axis=1).mean()
    assert alarms <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / runs)
    alone = (mixture.log_beyond(mean, variance - 0.013**2) >= math.log(20)).any(axis=1).mean()
    assert alone > 0.3  # what comes of calling the baseline exact
