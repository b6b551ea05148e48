"""Exact shares and calibration errors, against scipy and against probabilities that are right.

Run: pytest tests/statistics/test_exact.py
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from autophagy.statistics.exact import exact_share
from autophagy.statistics.reliability import calibration_error


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_interval_is_clopper_and_pearson_s(count, n):
    count = min(count, n)
    oracle = binomtest(count, n).proportion_ci(method="exact")
    score = exact_share(count, n)
    assert (score.value, score.n) == (count / n, n)
    assert (score.low, score.high) == pytest.approx((oracle.low, oracle.high), abs=1e-9)


def test_of_nothing_no_share_is_known():
    assert exact_share(0, 0).n == 0
    assert math.isnan(exact_share(0, 0).value)


def rng():
    return np.random.default_rng(0)


def test_right_probabilities_have_hardly_an_error_and_wrong_ones_have_theirs():
    p = rng().random(20_000)
    happened = np.random.default_rng(1).random(20_000) < p
    assert calibration_error(p, happened, rng()).value < 0.02
    error = calibration_error(np.clip(p, 0.4, 0.6), happened, rng())
    # of p uniform, half the mass lies outside .4 to .6, off by .2 on average, and inside by 0: .8 x .2
    assert error.value == pytest.approx(0.16, abs=0.02)
    assert error.low <= error.value <= error.high


def test_both_outcomes_weigh_half():
    """Ten times as many that did not happen leave the error of a constant at one half unchanged, at 0."""
    happened = np.arange(1_100) < 100
    assert calibration_error(np.full(1_100, 0.5), rng().permutation(happened), rng()).value < 0.1


def test_one_outcome_alone_has_no_error():
    assert math.isnan(calibration_error([0.5, 0.6], [True, True], rng()).value)
