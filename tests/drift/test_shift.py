import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from autophagy.drift.shift import Shift, of_marks, of_numbers, of_quantile

RNG = np.random.default_rng(0)


def clusters(n):
    return np.array([f"d{place}" for place in range(n)])


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60))
def test_single_answers_have_mcnemars_exact_p_and_their_flips(pairs):
    before, after = (np.array(side, float) for side in zip(*pairs, strict=True))
    found = of_marks(before, after, clusters(len(pairs)), RNG)
    up, down = sum(a > b for b, a in pairs), sum(a < b for b, a in pairs)
    assert (found.up, found.down) == (up, down)
    assert found.p == pytest.approx(binomtest(up, up + down).pvalue if up + down else 1.0)
    assert found.difference.value == pytest.approx((up - down) / len(pairs))


def test_unknown_marks_are_left_out_of_both_sides():
    found = of_marks(np.array([1.0, np.nan, 0.0, 1.0]), np.array([1.0, 1.0, np.nan, 0.0]), clusters(4), RNG)
    assert (found.before.n, found.before.value, found.after.value) == (2, 1.0, 0.5)


def test_nothing_known_is_unknown_and_no_number():
    found = of_marks(np.full(3, np.nan), np.ones(3), clusters(3), RNG)
    assert found.difference.n == 0
    assert not found.seen()
    assert found.json()["difference"]["value"] is None


def test_a_shift_comes_back_from_json():
    found = of_marks(np.array([1.0, 1, 0, 0] * 9), np.array([1.0, 0, 0, 0] * 9), clusters(36), RNG)
    assert Shift.read(found.json()).json() == found.json()


def test_a_tolerance_is_a_band_and_not_a_point():
    before, after = np.repeat([1.0, 1.0], 500), np.repeat([1.0, 0.0], [900, 100])
    found = of_marks(before, after, clusters(1000), RNG)  # 10 points fewer, the interval some 2 points wide
    assert found.seen()
    assert found.seen(0.05)
    assert not found.seen(0.1)


def test_numbers_are_paired():
    before = np.arange(50.0)
    found = of_numbers(before, before + 2.0)
    assert found.difference.value == pytest.approx(2.0)
    assert found.p < 1e-6
    assert found.before.value == pytest.approx(24.5)


def test_quantiles_have_intervals_that_hold_the_truth():
    """Of 200 medians of 80 draws some 95 % of the intervals hold it; fewer than 180 come once in 10,000 runs."""
    rng, held = np.random.default_rng(5), 0
    for _ in range(200):
        found = of_quantile(rng.normal(0, 1, 80), rng.normal(1, 1, 80), 0.5, rng)
        held += found.difference.low <= 1 <= found.difference.high
    assert held >= 180
