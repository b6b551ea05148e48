"""How far answers to fixed prompts lie from recorded ones, against plain sums and simulated variances.

Run: pytest tests/statistics/test_baseline.py
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.statistics.baseline import FIRST, PSEUDO, PromptMoments, change

ANSWERS = st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), min_size=1, max_size=30)
SHARES = np.array([0.1, 0.5, 0.9, 0.97, 0.3, 0.66])


def moments(rows, n=5):
    return PromptMoments.of([prompt for prompt, _ in rows], [value for _, value in rows], n)


@given(ANSWERS, ANSWERS)
def test_moments_are_those_of_each_prompt_and_add_up(some, more):
    both = moments(some) + moments(more)
    for prompt in range(5):
        values = [value for each, value in some + more if each == prompt]
        assert both.counts[prompt] == len(values)
        if values:
            assert both.means[prompt] == pytest.approx(np.mean(values))
            assert both.within[prompt] == pytest.approx(len(values) * np.var(values), abs=1e-9)


@given(ANSWERS)
def test_the_change_is_the_mean_of_today_minus_the_recorded_mean_of_the_prompt(today):
    recorded = [(prompt, value) for prompt in range(5) for value in (0.0, prompt / 4)]
    mean, variance = change(moments(recorded), moments(today))
    assert mean == pytest.approx(np.mean([value - prompt / 8 for prompt, value in today]))
    assert variance > 0


def test_the_variance_is_that_of_the_change_of_an_unchanged_model():
    """Simulated 4,000 times: prompts recorded and asked again unevenly. The SE of a variance is 2.2 %, 3 SE are 7 %."""
    rng = np.random.default_rng(0)
    recorded, asked = np.array([2, 9, 5, 5, 3, 8]), np.array([1, 3, 0, 4, 2, 2])
    changes, variances = [], []
    for _ in range(4000):
        before, since = rng.binomial(recorded, SHARES) * 1.0, rng.binomial(asked, SHARES) * 1.0
        mean, variance = change(PromptMoments(recorded * 1.0, before, before), PromptMoments(asked * 1.0, since, since))
        changes.append(float(mean))
        variances.append(float(variance))
    added = PSEUDO / recorded.sum() ** 2 + FIRST / asked.sum() ** 2
    assert np.mean(variances) - added == pytest.approx(np.var(changes), rel=0.07)


def test_many_looks_are_taken_at_once():
    rng = np.random.default_rng(1)
    recorded = PromptMoments.of(np.repeat(np.arange(6), 5), rng.integers(0, 2, 30), 6)
    daily = rng.integers(0, 2, (7, 6)).cumsum(axis=0) * 1.0  # (looks, prompts)
    counts = np.repeat(np.arange(1.0, 8)[:, None], 6, axis=1)
    mean, variance = change(recorded, PromptMoments(counts, daily, daily))
    for look in range(7):
        alone = change(recorded, PromptMoments(counts[look], daily[look], daily[look]))
        assert (mean[look], variance[look]) == pytest.approx((float(alone[0]), float(alone[1])))


def test_a_prompt_that_was_recorded_once_varies_as_the_others_do():
    twice = [(prompt, value) for prompt in range(4) for value in (0.0, 1.0)]
    today = [(prompt, 1.0) for prompt in range(5)]
    _, full = change(moments([*twice, (4, 0.0), (4, 1.0)]), moments(today))
    _, once = change(moments([*twice, (4, 0.5)]), moments(today))
    assert once > full
    assert np.isfinite(once)
