"""The total cost from a pilot of 20 calls, on sources whose calls differ in length and bring ever fewer new things.

Run: pytest tests/statistics/test_pilot.py

The laws and the 3 % tails were chosen on other sources (equal classes, Zipf laws of exponent .7, 1 and 1.2).
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.statistics.pilot import Pilot, total_cost

CALLS, RUNS = 20, 60
SOURCES = {  # the share of each class, and how many different ones are wanted
    "zipf": (1 / np.arange(1, 3001) ** 0.9, 700),
    "some are common": (np.r_[np.full(50, 0.5 / 50), np.full(4000, 0.5 / 4000)], 500),
    "lognormal": (np.random.default_rng(5).lognormal(0, 1.5, 10_000), 900),
}


def run(shares, wanted, rng):
    """What each call offered, brought that was new, and cost, until so many different ones were there."""
    seen, offered, new, tokens = set(), [], [], []
    while len(seen) < wanted:
        size = rng.poisson(8) if rng.random() > 0.1 else 0
        before = len(seen)
        seen |= set(rng.choice(len(shares), size, p=shares / shares.sum()).tolist())
        offered.append(size)
        new.append(len(seen) - before)
        tokens.append(float(rng.lognormal(6, 0.6)))
    return offered, new, tokens


def test_its_90_percent_interval_holds_the_true_cost_in_85_of_100_runs():
    """180 runs of three sources; 3 standard errors below 85 % for each source of 60 runs alone."""
    rng = np.random.default_rng(11)
    held = {name: [] for name in SOURCES}
    for name, (shares, wanted) in SOURCES.items():
        for _ in range(RUNS):
            offered, new, tokens = run(shares, wanted, rng)
            pilot = Pilot(offered[:CALLS], new[:CALLS], {"tokens": tokens[:CALLS]})
            found = total_cost(pilot, wanted, rng, 300)
            for what, truth in (("calls", len(offered)), ("tokens", sum(tokens))):
                held[name].append(found[what].low <= truth and not truth > found[what].high)
    assert np.mean([*held.values()]) >= 0.85
    assert all(np.mean(each) >= 0.85 - 3 * math.sqrt(0.85 * 0.15 / RUNS) for each in held.values()), held


def test_a_source_of_equal_calls_that_never_repeats_costs_what_its_calls_cost():
    pilot = Pilot([10] * 20, [10] * 20, {"tokens": [500.0] * 20, "seconds": [2.0] * 20})
    found = total_cost(pilot, 400, np.random.default_rng(0))
    assert found["calls"].value == pytest.approx(40, abs=2)
    assert found["calls"].low == 40
    assert found["tokens"].value == 500 * found["calls"].value
    assert found["seconds"].high == 2 * found["calls"].high
    assert found["calls"].n == 20


def test_more_rows_cost_more_and_a_pilot_that_has_enough_costs_itself():
    pilot = Pilot([8] * 20, [8] * 10 + [5] * 10, {"tokens": [100.0] * 20})
    values = [total_cost(pilot, new, np.random.default_rng(0))["tokens"].value for new in (100, 200, 400)]
    assert values[0] == 2000
    assert values[0] < values[1] < values[2]


def test_a_source_that_is_used_up_has_no_upper_end():
    found = total_cost(Pilot([10] * 20, [10, 5, 1] + [0] * 17, {"money": [0.01] * 20}), 1000, np.random.default_rng(0))
    assert math.isnan(found["money"].high)
    assert found["money"].n == 20


def test_a_source_that_brought_nothing_never_ends():
    found = total_cost(Pilot([0] * 20, [0] * 20, {"tokens": [5.0] * 20}), 10, np.random.default_rng(0))
    assert math.isnan(found["calls"].value)
    assert math.isnan(found["calls"].low)


def test_a_cost_that_is_not_known_of_a_call_is_unknown_in_all():
    found = total_cost(
        Pilot([5] * 5, [5] * 5, {"money": [math.nan] * 5, "tokens": [1.0] * 5}), 50, np.random.default_rng(0)
    )
    assert found["money"].n == 0
    assert found["tokens"].n == 5


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8), st.integers(1, 60))
def test_the_interval_is_in_order_and_holds_the_pilot(calls, new):
    pilot = Pilot([max(pair) for pair in calls], [min(pair) for pair in calls], {"tokens": [3.0] * len(calls)})
    for score in total_cost(pilot, new, np.random.default_rng(0), 50).values():
        ends = [end for end in (score.low, score.value, score.high) if math.isfinite(end)]
        assert ends == sorted(ends)
        assert all(end >= len(calls) for end in ends)


@pytest.mark.parametrize(("offered", "new"), [([5], [5]), ([5, 5], [6, 1]), ([5, 5], [-1, 1])])
def test_a_pilot_that_cannot_be_is_refused(offered, new):
    with pytest.raises(UsageError):
        Pilot(offered, new, {"tokens": [1.0] * len(offered)})
