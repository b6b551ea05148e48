"""The quotient of two sums and its interval.

Run: pytest tests/statistics/test_quotient.py
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.statistics.intervals import interval
from autophagy.statistics.quotient import quotient

draws = st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 100)), min_size=2, max_size=30)


@given(draws, st.floats(0.1, 1e6))
def test_it_is_the_sums_quotient_in_any_unit(pairs, unit):
    x, y = map(list, zip(*pairs, strict=True))
    found, other = quotient(x, y), quotient(x, [each * unit for each in y])
    assert found.value == pytest.approx(sum(x) / sum(y))
    assert found.low <= found.value <= found.high
    assert (other.value * unit, other.high * unit) == pytest.approx((found.value, found.high))


@given(st.lists(st.floats(0, 100), min_size=2, max_size=30), st.floats(0.1, 10))
def test_where_every_draw_costs_the_same_it_is_student_s_interval_of_the_mean(x, cost):
    found, mean = quotient(x, [cost] * len(x)), interval(x, bounds=(0, math.inf))
    assert (found.value, found.low, found.high) == pytest.approx(
        (mean.value / cost, mean.low / cost, mean.high / cost), rel=1e-6, abs=1e-9
    )


def test_what_nobody_counted_is_unknown():
    assert [quotient(*each).n for each in (([], []), ([1.0], [math.nan]), ([1.0, 2.0], [0.0, 0.0]))] == [0, 0, 0]
    assert math.isnan(quotient([1.0, 2.0], [math.nan, 1.0]).value)
    alone = quotient([1.0], [2.0])
    assert (alone.value, alone.n) == (0.5, 1)
    assert math.isnan(alone.low)


def test_the_interval_covers_as_often_as_it_says():
    """2,000 runs of 30 calls, rows Poisson in what a call takes: .95 -+ .02, 4 standard errors, 1 in 16,000 by chance.

    The variance of so few skewed draws is a little low, for which .01 is allowed.
    """
    rng = np.random.default_rng(5)
    hits = 0
    for _ in range(2000):
        cost = rng.lognormal(0, 0.5, 30)
        found = quotient(rng.poisson(3 * cost).astype(float), cost)
        hits += found.low <= 3 <= found.high
    assert 0.92 <= hits / 2000 <= 0.97
