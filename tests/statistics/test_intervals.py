"""Figures with intervals against scipy, and their coverage against the binomial law."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats as oracle

from autophagy.statistics.intervals import SHARE, Score, contrast, difference, figure, interval, intervals

NUMBERS = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)


@given(st.lists(NUMBERS, min_size=2, max_size=20, unique=True))
def test_the_interval_is_students(values: list[float]) -> None:
    got = interval(values)
    low, high = oracle.t.interval(0.95, len(values) - 1, np.mean(values), oracle.sem(values))
    assert (got.value, got.low, got.high) == pytest.approx((np.mean(values), low, high), rel=1e-9, abs=1e-9)
    assert got.n == len(values)


@given(st.dictionaries(st.integers(0, 30), st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=20))
def test_the_difference_is_the_paired_t_test_of_scipy(pairs: dict[int, tuple[float, float]]) -> None:
    a, b = ({seed: pair[side] for seed, pair in pairs.items()} for side in (0, 1))
    if np.ptp([a[seed] - b[seed] for seed in a]) < 1e-3:
        return
    got = difference(a, {**b, 99: 5.0})
    expected = oracle.ttest_rel(list(a.values()), list(b.values())).confidence_interval(0.95)
    assert (got.low, got.high) == pytest.approx((expected.low, expected.high), rel=1e-6, abs=1e-6)
    assert got.n == len(pairs)


def test_the_contrast_is_the_welch_test_of_scipy() -> None:
    rng = np.random.default_rng(5)
    for sizes in ((2, 2), (3, 7), (12, 4)):
        x, y = rng.normal(0, 1, sizes[0]), rng.normal(0.5, 3, sizes[1])
        expected = oracle.ttest_ind(x, y, equal_var=False).confidence_interval(0.95)
        got = contrast(x, y)
        assert (got.low, got.high) == pytest.approx((expected.low, expected.high), rel=1e-9)
        assert got.n == min(sizes)


def test_intervals_cover_the_mean_as_often_as_they_say() -> None:
    """4,000 sets of 3 seeds: the share that covers is 0.95 within 4 standard errors, false alarms 6 in 100,000."""
    rng = np.random.default_rng(11)
    draws = 4000
    covered = sum(abs(got.value) <= got.high - got.value for got in map(interval, rng.normal(0, 1, (draws, 3))))
    z = (covered / draws - 0.95) / math.sqrt(0.95 * 0.05 / draws)
    assert abs(z) < 4


def test_cutting_a_share_at_its_bounds_loses_no_coverage() -> None:
    """Every uncut interval that holds the true mean of a share still does when it is cut."""
    rng = np.random.default_rng(12)
    beta = rng.beta(8, 1, (500, 3))
    cut = 0
    for values in beta:
        free, bound = interval(values), interval(values, bounds=SHARE)
        assert 0 <= bound.low <= bound.value <= bound.high <= 1
        assert (free.low <= 8 / 9 <= free.high) == (bound.low <= 8 / 9 <= bound.high)
        cut += free.high > bound.high
    assert cut > 50


def test_values_outside_the_bounds_are_not_cut() -> None:
    assert interval([1.2, 1.4], bounds=SHARE) == interval([1.2, 1.4])


def test_unknown_is_nan_and_not_a_number() -> None:
    none = interval([None, math.nan, math.inf])
    assert none.n == 0
    assert none.json() == {"value": None, "low": None, "high": None, "n": 0}
    assert interval([2.0, None]).json() == {"value": 2.0, "low": None, "high": None, "n": 1}
    assert interval([1.0, None, 3.0]).n == 2
    json.dumps(interval([1, 2]).json(), allow_nan=False)


def test_equal_values_have_an_interval_of_no_width() -> None:
    assert interval([0.1] * 7) == Score(0.1, 0.1, 0.1, 7)


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        (Score(0.22, 0.19, 0.25, 3), "0.22 [0.19, 0.25]"),
        (Score(0.034, -0.0015, 0.069, 3), "0.034 [-0.002, 0.069]"),
        (Score(59.12, 58.1, 60.1, 3), "59.1 [58.1, 60.1]"),
        (Score(0.0019, 0.0012, 0.0025, 3), "0.0019 [0.0012, 0.0025]"),
        (Score(0.5, 0.0, 1.0, 3), "0.50 [0.00, 1.00]"),
        (Score(1234.0, 1200.0, 1300.0, 3), "1,234 [1,200, 1,300]"),
        (Score(2e-9, 1e-9, 3e-9, 3), "2e-09 [1e-09, 3e-09]"),
        (Score(0.8, math.nan, math.nan, 1), "0.80"),
        (Score(math.nan, math.nan, math.nan, 0), "unknown"),
    ],
)
def test_figures_are_written_with_the_digits_that_they_have(given_: Score, text: str) -> None:
    assert str(given_) == text


@given(NUMBERS, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_a_decided_interval_never_reads_as_if_it_held_0(value: float, below: float, above: float) -> None:
    shown = str(Score(value, value - below, value + above, 3)).replace(",", "").replace("[", "").replace("]", "")
    low, high = (float(number) for number in shown.split()[1:])
    if abs(value - below) > 1e-3 * max(1, below + above) and value - below > 0:
        assert low > 0
    assert low <= high


def test_figure_of_large_and_small_numbers() -> None:
    assert [figure(x) for x in (0, 0.81, 12.34, 123.4, 0.0123, 1.5e7)] == [
        "0.00",
        "0.81",
        "12.3",
        "123",
        "0.012",
        "1.5e+07",
    ]


def test_what_every_seed_agrees_on_is_told_as_such() -> None:
    """A deterministic model, and one whose seeds differ by rounding alone."""
    assert str(interval([0.021953982] * 3)) == "0.022 (the same in all 3)"
    assert str(interval([0.1 + 0.2, 0.3, 0.3])) == "0.30 (the same in all 3)"
    assert str(interval([0.3, 0.3, 0.31])) == "0.303 [0.289, 0.318]"


@given(
    arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.floats(-5, 5) | st.just(math.inf))
)
def test_rows_taken_at_once_have_the_intervals_that_they_have_alone(rows):
    for row, found in zip(rows, intervals(rows).T, strict=True):
        alone = interval(row)
        np.testing.assert_allclose(found, [alone.value, alone.low, alone.high], rtol=1e-12, atol=1e-12)
