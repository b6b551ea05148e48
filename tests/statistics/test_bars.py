"""Bars of what was read, against counting by hand."""

import math

from hypothesis import given
from hypothesis import strategies as st

from autophagy.statistics.bars import UNREADABLE, bars, largest_share

READINGS = st.lists(st.sampled_from(["yes", "no", "7", UNREADABLE, None]))


def test_june_gpt4_on_primes():
    """As recorded: "no" 987 times of 1,000, and 13 times something else."""
    counts = bars(["no"] * 987 + ["yes"] * 12 + [None])
    assert list(counts.items()) == [("no", 987), ("yes", 12), (UNREADABLE, 1)]
    assert largest_share(counts) == ("no", 0.987)


@given(READINGS)
def test_nothing_is_dropped_and_the_highest_bar_comes_first(readings):
    counts = bars(readings)
    assert sum(counts.values()) == len(readings)
    assert counts.get(UNREADABLE, 0) == sum(reading in (None, UNREADABLE) for reading in readings)
    read = [count for name, count in counts.items() if name != UNREADABLE]
    assert read == sorted(read, reverse=True)
    assert UNREADABLE not in list(counts)[:-1]
    assert bars(reversed(readings)) == counts


def test_no_bar_is_no_share():
    name, share = largest_share(bars([]))
    assert name == ""
    assert math.isnan(share)
