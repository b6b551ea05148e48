"""Differences between two runs: the t test where they are paired, and no more certainty than there is where not."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from autophagy.statistics.contrasts import across_splits, by_seed, of_figures
from autophagy.statistics.intervals import Score, contrast

VALUES = st.lists(st.floats(-100, 100), min_size=2, max_size=8)


def seeds(values):
    return dict(enumerate(map(float, values)))


def test_paired_seeds_are_the_paired_t_test():
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(2, 6))
    known = stats.ttest_rel(b, a)
    found = by_seed(seeds(a), seeds(b))
    assert found.p == pytest.approx(known.pvalue)
    assert (found.score.low, found.score.high) == pytest.approx(tuple(known.confidence_interval()))
    assert found.score.n == 6


def test_only_the_seeds_that_both_have_count():
    found = by_seed({0: 1.0, 1: 2.0, 2: 9.0}, {1: 2.5, 2: 8.0, 3: 7.0})
    assert found.score.n == 2
    assert found.score.value == pytest.approx(-0.25)


@pytest.mark.parametrize(
    ("a", "b", "p"),
    [([1, 2, 3], [1, 2, 3], 1.0), ([1, 2, 3], [2, 3, 4], 0.25), ([0.1, 0.2], [0.3, 0.4], 0.5), ([3], [4], math.nan)],
)
def test_seeds_that_differ_by_one_amount_are_the_sign_test(a, b, p):
    assert by_seed(seeds(a), seeds(b)).p == pytest.approx(p, nan_ok=True)


def test_nothing_in_common_is_unknown():
    assert by_seed({0: 1.0}, {1: 1.0}).score.n == 0
    assert math.isnan(across_splits([], [1.0, 2.0], 0.0).p)
    assert math.isnan(across_splits([1.0], [1.0, 2.0], 0.0).score.low)


@given(VALUES, VALUES, st.floats(0, 10))
def test_other_splits_are_never_surer_than_welch(a, b, shift):
    found = across_splits(a, b, shift)
    if math.isnan(found.p):
        assert np.ptp(a) <= 1e-9 * max(1, max(map(abs, a)))
        return
    known = contrast(b, a)
    assert found.score.value == pytest.approx(known.value, abs=1e-9)
    assert found.score.low <= known.low + 1e-9
    assert found.score.high >= known.high - 1e-9
    back = across_splits(b, a, -shift)
    assert back.p == pytest.approx(found.p)
    assert back.score.low == pytest.approx(-found.score.high)
    assert across_splits(a, b, shift + 1).p >= found.p


def test_seeds_without_spread_say_nothing_of_another_split():
    found = across_splits([1.0, 1.0, 1.0], [2.0, 2.0, 2.0], 0.0)
    assert found.score.value == 1
    assert math.isnan(found.p)


def test_what_real_rows_have_none_of_is_not_decided():
    found = across_splits([1.0, 1.1, 1.2], [9.0, 9.1, 9.2], math.nan)
    assert found.score.value == pytest.approx(8)
    assert math.isnan(found.score.low)
    assert math.isnan(found.p)


@pytest.mark.parametrize("split", [0.0, 0.5, 1.0])
def test_runs_that_do_not_differ_are_found_to_in_one_of_twenty_at_most(split):
    """The split's luck is up to as large as a seed's; 4,000 pairs, so 5 % is known to within 0.7 points."""
    rng = np.random.default_rng(7)
    runs = split * rng.normal(size=(4000, 2, 1)) + rng.normal(size=(4000, 2, 4))
    wrong = np.mean([across_splits(a, b, 0.0).p < 0.05 for a, b in runs])
    alone = np.mean(stats.ttest_ind(runs[:, 0], runs[:, 1], axis=1).pvalue < 0.05)
    assert wrong < 0.057
    assert split < 1 or alone > 0.2  # what the seeds alone would have claimed


def of(value, error):
    return Score(value, value - 1.959964 * error, value + 1.959964 * error, 100)


def test_two_known_intervals_are_the_z_test():
    found = of_figures(of(1.0, 0.3), of(2.0, 0.4))
    assert found.p == pytest.approx(2 * stats.norm.sf(1 / 0.5), rel=1e-5)
    assert (found.score.low, found.score.high) == pytest.approx((1 - 1.959964 * 0.5, 1 + 1.959964 * 0.5))


def test_intervals_that_lean_keep_their_ends():
    found = of_figures(Score(0.9, 0.7, 0.95, 10), Score(0.95, 0.8, 1.0, 10))
    assert found.score.low == pytest.approx(0.05 - math.hypot(0.15, 0.05))
    assert found.score.high == pytest.approx(0.05 + math.hypot(0.05, 0.2))


def test_exact_figures_differ_or_do_not():
    same, other = Score(0.5, 0.5, 0.5, 9), Score(0.6, 0.6, 0.6, 9)
    assert of_figures(same, same).p == 1
    assert of_figures(same, other).p == 0
    assert math.isnan(of_figures(same, Score(0.5, math.nan, math.nan, 1)).p)
