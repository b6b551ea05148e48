"""What has not been seen: Good-Turing and Good-Toulmin against their formulas, and against sources that are known.

Run: pytest tests/statistics/test_unseen.py

The simulated sources draw from Zipf laws; the intervals are 95 % ones, and the tests fail where fewer than that less
three standard errors of 200 draws (.904) hold the truth: by chance in one of 700 for an interval of exactly 95 %.
"""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.statistics.unseen import Seen, outlook, to_come, unseen_share

RUNS = 200
LEAST = 0.95 - 3 * math.sqrt(0.95 * 0.05 / RUNS)
draws = st.lists(st.integers(0, 12), min_size=3, max_size=40)


def zipf(classes, exponent):
    p = 1 / np.arange(1, classes + 1) ** exponent
    return p / p.sum()


@given(draws)
def test_one_thing_a_call_is_the_textbook_s(classes):
    n, often = len(classes), Counter(Counter(classes).values())
    seen = Seen.of(classes, range(n))
    score = unseen_share(seen)
    assert score.value == often[1] / n
    assert score.n == n
    for t in (0.1, 0.5, 1.0):
        expected = sum((-1) ** (k + 1) * t**k * count for k, count in often.items())
        assert to_come(seen, t).value == pytest.approx(max(0, expected))


def test_the_interval_has_esty_s_variance():
    classes = [*range(40), *range(100, 130), *range(100, 130)]  # 40 once and 30 twice
    score = unseen_share(Seen.of(classes, range(100)))
    variance = (40 + 2 * 30 - 40**2 / 100) / 100**2
    # Wilson's interval with as many trials as have the variance, written out
    z2, trials = 1.959963984540054**2, 0.4 * 0.6 / variance
    half = math.sqrt(z2 * (0.24 / trials + z2 / (4 * trials**2))) / (1 + z2 / trials)
    middle = (0.4 + z2 / (2 * trials)) / (1 + z2 / trials)
    assert (score.low, score.high) == pytest.approx((middle - half, middle + half))


@given(draws, st.integers(2, 6))
def test_copies_within_a_call_change_nothing_of_calls(classes, copies):
    once = Seen.of(classes, range(len(classes)))
    again = Seen.of([kind for kind in classes for _ in range(copies)], np.repeat(range(len(classes)), copies).tolist())
    assert to_come(again, 1.0) == to_come(once, 1.0)
    assert unseen_share(again).value == pytest.approx(unseen_share(once).value / copies)


@given(draws)
def test_what_was_known_before_is_never_new(classes):
    known = [None if kind < 6 else kind for kind in classes]
    seen = Seen.of(known, range(len(known)))
    assert seen.times.sum() == len({kind for kind in classes if kind >= 6})
    assert seen.things == len(classes)


@pytest.mark.parametrize(("classes", "exponent", "each"), [(300, 1.0, 1), (300, 1.0, 5), (5000, 1.0, 5)])
def test_intervals_hold_the_truth_of_a_known_source(classes, exponent, each):
    rng, p, calls = np.random.default_rng(classes + each), zipf(classes, exponent), 100
    held = Counter()
    for _ in range(RUNS):
        drawn = rng.choice(classes, 5 * calls * each, p=p)
        first, then = drawn[: calls * each], drawn[calls * each :]
        of = np.repeat(np.arange(calls), each).tolist()
        seen, known = Seen.of(first.tolist(), of), set(first.tolist())
        share = unseen_share(seen)
        held["unseen"] += share.low <= 1 - p[sorted(known)].sum() <= share.high
        for t in (0.5, 1.0):
            new = len(set(then[: int(t * calls * each)].tolist()) - known)
            score = to_come(seen, t)
            held[f"to come {t}"] += score.low <= new <= score.high
        wanted = max(1, int(0.7 * to_come(seen, 1.0).value))
        found = outlook(first.tolist(), of, wanted).calls
        needed = calls_until(then.reshape(-1, each), known, wanted)
        held["calls"] += found.low <= needed and not needed > found.high
    assert {name: count for name, count in held.items() if count < LEAST * RUNS} == {}


def calls_until(calls, known, wanted):
    new = set()
    for number, call in enumerate(calls, 1):
        new |= set(call.tolist()) - known
        if len(new) >= wanted:
            return number
    return math.inf


def test_a_source_that_tells_nothing_twice_goes_on_as_it_did():
    found = outlook(range(200), np.repeat(np.arange(40), 5).tolist(), 100)
    assert found.by == "Good-Toulmin"
    assert found.calls.value == pytest.approx(20)
    assert found.unseen.value == 1


def test_beyond_what_the_calls_can_tell_there_is_a_lower_end_alone():
    found = outlook(range(200), np.repeat(np.arange(40), 5).tolist(), 100_000)
    assert found.by == "rate"
    assert math.isnan(found.calls.value)
    assert math.isnan(found.calls.high)
    assert found.calls.low == pytest.approx(20_000)


def test_a_source_that_is_used_up_has_no_end_in_sight():
    classes = np.tile(np.arange(10), 20).tolist()  # 10 classes, each in 20 calls
    found = outlook(classes, np.arange(200).tolist(), 1000)
    assert found.unseen.value == 0
    assert 0 < found.unseen.high < 0.03
    assert math.isnan(found.calls.value)
    assert found.calls.low > 1000 / 0.03


@pytest.mark.parametrize("classes", [[], ["one"]])
def test_of_one_call_nothing_is_known(classes):
    found = outlook(classes, ["a"] * len(classes))
    assert (found.unseen.n, found.calls.n, found.by) == (0, 0, "")


def test_only_what_was_known_before_has_a_share_of_nothing_new():
    found = outlook([None] * 50, range(50))
    assert found.unseen.value == 0
    assert found.calls.low > 1000
