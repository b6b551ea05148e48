"""The worst of k against all choices of k, closed forms, and simulation."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.statistics.worst_of import chance_of_any, expected_maximum

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


@given(SCORES, st.data())
def test_both_are_means_over_all_choices(scores, data):
    k = data.draw(st.integers(1, len(scores)))
    highest = [max(chosen) for chosen in combinations(scores, k)]
    assert expected_maximum(scores, k) == pytest.approx(np.mean(highest))
    assert chance_of_any(scores, k) == pytest.approx(np.mean([score >= 0.5 for score in highest]))


@given(SCORES)
def test_of_all_it_is_the_plain_maximum(scores):
    assert expected_maximum(scores, len(scores)) == max(scores)
    assert chance_of_any(scores, len(scores)) == (max(scores) >= 0.5)


def test_uniform_scores_come_to_25_in_26():
    """4,000 prompts of 40 uniform scores: within 4 standard errors, a false alarm in 16,000."""
    values = [expected_maximum(row, 25) for row in np.random.default_rng(1).random((4000, 40))]
    assert abs(np.mean(values) - 25 / 26) < 4 * np.std(values) / math.sqrt(len(values))


def test_a_chance_of_one_in_twenty_comes_to_72261():
    """1 - .95^25 = .72261, from 40 draws a prompt: within 4 standard errors, a false alarm in 16,000."""
    rows = np.where(np.random.default_rng(2).random((4000, 40)) < 0.05, 0.9, 0.1)
    values = [chance_of_any(row, 25) for row in rows]
    assert pytest.approx(0.72261, abs=5e-6) == 1 - 0.95**25
    assert abs(np.mean(values) - 0.72261) < 4 * np.std(values) / math.sqrt(len(values))


def test_the_plain_maximum_of_more_draws_would_be_another_figure():
    """What the unbiased form is for: 100 scores give the figure of 25 draws, and their plain maximum does not."""
    scores = np.arange(1, 101) / 101
    assert expected_maximum(scores, 25) == pytest.approx(25 / 26)
    assert max(scores) == pytest.approx(100 / 101)


@pytest.mark.parametrize("scores", [[], [math.nan], [0.2, math.nan], [0.2, None]])
def test_fewer_known_scores_than_k_are_unknown_and_never_0(scores):
    assert math.isnan(expected_maximum(scores, 2))
    assert math.isnan(chance_of_any(scores, 2))


def test_unknown_scores_are_left_out():
    assert expected_maximum([0.1, math.nan, 0.7], 2) == 0.7
    assert chance_of_any([0.1, math.nan, 0.7], 2) == 1
    assert math.isnan(expected_maximum([0.1], 0))
