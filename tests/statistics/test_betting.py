"""Evidence from pairs seen once: values worked out by hand, an integral, exact expectations, and simulated histories.

Run: pytest tests/statistics/test_betting.py
"""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import comb

from autophagy.statistics.betting import betting_interval, log_bets, log_beyond, log_flips

FEW = st.lists(st.sampled_from([-1.0, 0.0, 1.0]), max_size=30)
GRADED = st.lists(st.floats(-1, 1), min_size=1, max_size=20)


def test_the_evidence_of_flips_that_all_go_one_way():
    assert math.exp(log_flips(8, 0)) == pytest.approx(256 / 9)
    assert math.exp(log_flips(7, 0)) == pytest.approx(16)


def test_the_fewest_wins_that_alarm_beside_so_many_losses():
    first = [next(u for u in range(100) if log_flips(u, d) >= math.log(20)) for d in range(6)]
    assert first == [8, 11, 14, 16, 18, 20]


@given(st.integers(0, 12))
def test_the_evidence_of_flips_is_worth_one_on_average(n):
    """Over the 2^n equally likely outcomes of n flips of an unchanged model."""
    wins = np.arange(n + 1)
    assert np.sum(comb(n, wins) * np.exp(log_flips(wins, n - wins))) / 2**n == pytest.approx(1)


@given(st.integers(0, 40), st.integers(0, 40))
def test_wins_and_losses_count_alike_and_a_million_do_not_overflow(wins, losses):
    assert log_flips(wins, losses) == pytest.approx(float(log_flips(losses, wins)))
    assert np.isfinite(log_flips(10**6 + wins, losses))


@given(FEW)
def test_bets_on_flips_are_the_closed_form_and_an_integral(changes):
    x = np.array(changes)
    wins, losses = int((x == 1).sum()), int((x == -1).sum())
    integral, _ = quad(lambda bet: np.prod(1 + bet * x) / 2, -1, 1)
    assert log_bets(changes) == pytest.approx(float(log_flips(wins, losses)))
    assert math.exp(log_bets(changes)) == pytest.approx(integral, rel=1e-6)


@given(GRADED, st.floats(-0.5, 0.5))
def test_bets_on_graded_changes_are_an_integral(changes, mean):
    x, low, high = np.array(changes), -1 / (1 - mean), 1 / (1 + mean)
    integral, _ = quad(lambda bet: np.prod(1 + bet * (x - mean)) / (high - low), low, high)
    assert math.exp(log_bets(changes, mean)) == pytest.approx(integral, rel=1e-6)


@pytest.mark.parametrize("mean", [-0.4, 0.0, 0.1])
def test_bets_are_fair_where_the_mean_is_right(mean):
    """Over all histories of four changes of that mean the evidence is worth one: by enumeration."""
    odds = {1.0: 0.3 + mean / 2, -1.0: 0.3 - mean / 2, 0.0: 0.4}
    worth = sum(
        math.prod(odds[x] for x in history) * math.exp(log_bets(history, mean)) for history in product(odds, repeat=4)
    )
    assert worth == pytest.approx(1)


@given(FEW, st.floats(0.01, 0.3))
def test_a_band_is_harder_to_leave_than_a_point(changes, tolerance):
    assert log_beyond(changes, tolerance) <= log_beyond(changes) + 1e-9
    assert log_beyond(changes, tolerance) <= log_beyond(changes, tolerance / 2) + 1e-9


@given(FEW, st.sampled_from([0.05, 0.01]))
def test_an_interval_excludes_no_change_where_the_evidence_alarms(changes, alpha):
    low, high = betting_interval(changes, alpha)
    assert (low > 0 or high < 0) == (log_beyond(changes) >= math.log(1 / alpha))
    assert not changes or low <= np.mean(changes) <= high


def test_of_nothing_nothing_is_known():
    assert log_beyond([]) == log_beyond([], 0.02) == 0
    assert betting_interval([], 0.05) == (-1, 1)


def test_an_interval_covers_the_truth_at_all_looks_together():
    """400 histories of 600 changes of mean .05: no more than 5 % may ever leave it, + 3 SE = 8.3 %."""
    rng, missed = np.random.default_rng(0), 0
    for _ in range(400):
        x = rng.choice([-1.0, 0.0, 1.0], p=[0.15, 0.65, 0.20], size=600)
        missed += any(log_bets(x[:n], 0.05) >= math.log(20) for n in range(20, 601, 20))
    assert missed / 400 <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 400)
