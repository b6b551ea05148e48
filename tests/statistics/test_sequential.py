"""Evidence looked at again and again: p values, several tasks, and the shares of alpha of late starts.

Run: pytest tests/statistics/test_sequential.py
"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.statistics.sequential import anytime_p, averaged, starts


def test_of_nothing_nothing_is_known():
    assert averaged([]) == 0
    assert anytime_p([]) == 1


def test_p_is_that_of_the_largest_evidence_so_far():
    assert anytime_p([0.0, math.log(40), -3.0]) == pytest.approx(1 / 40)
    assert anytime_p([-1.0, -2.0]) == 1
    assert anytime_p([math.log(2)]) == pytest.approx(1 / 2)


def test_the_evidence_of_tasks_is_averaged():
    assert math.exp(averaged([math.log(50), math.log(2), 0.0, -math.inf])) == pytest.approx(53 / 4)


@given(st.integers(0, 4000))
def test_no_start_lies_beyond_the_looks_and_no_share_is_ever_taken_back(looks):
    found = starts(looks)
    assert all(start < max(looks, 1) for start, _ in found)
    assert found == starts(looks + 700)[: len(found)]
    assert sum(share for _, share in found) <= 1 + 1e-12
    assert looks - 7 <= found[-1][0]


def test_the_shares_sum_to_all_of_alpha():
    assert sum(share for _, share in starts(10**6)) == pytest.approx(1, abs=1e-5)
