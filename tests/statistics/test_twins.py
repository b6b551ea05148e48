"""Survival of twins: shares, sign tests and pairs, against counting by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.statistics.paired import wilson
from autophagy.statistics.twins import survival, survivals

MARKS = st.sampled_from([0.0, 1.0, math.nan])


def test_a_table_by_hand():
    """30 both right, 10 only the original, 2 only the twin, 8 neither: the binomial p of 2 or fewer of 12, twice."""
    original = [1] * 40 + [0] * 10
    twin = [1] * 30 + [0] * 10 + [1] * 2 + [0] * 8
    found = survival(original, twin)
    assert (found.pairs, found.lost, found.gained) == (50, 10, 2)
    assert found.p == pytest.approx(2 * (1 + 12 + 66) / 2**12)
    assert (found.share.value, found.share.low, found.share.high, found.share.n) == (0.75, *wilson(0.75, 40), 40)


@given(st.lists(st.tuples(MARKS, MARKS)))
def test_survival_counts_pairs_whose_original_is_right(pairs):
    found = survival([a for a, _ in pairs], [b for _, b in pairs])
    known = [(a, b) for a, b in pairs if not math.isnan(a + b)]
    right = [b for a, b in known if a == 1]
    assert found.pairs == len(known)
    assert found.share.n == len(right)
    assert found.share.value == pytest.approx(np.mean(right)) if right else math.isnan(found.share.value)
    assert (found.lost, found.gained) == (known.count((1.0, 0.0)), known.count((0.0, 1.0)))


def test_nothing_right_has_no_survival_and_nothing_known_no_p():
    assert survival([0, 0], [1, 1]).share.n == 0
    assert math.isnan(survival([], []).p)
    assert math.isnan(survival([math.nan], [1]).p)


def test_twins_are_held_against_their_own_original_and_sample():
    rows = [
        ("a", "", 1, 0),
        ("a", "renamed", 0, 0),
        ("a", "", 0, 1),
        ("a", "renamed", 1, 1),
        ("b", "renamed", 1, 0),  # without its original
        ("c", "told", 1, 0),
        ("c", "", 1, 0),
    ]
    documents, variants, marks, samples = zip(*rows, strict=True)
    found = survivals(documents, variants, marks, samples)
    assert set(found) == {"renamed", "told"}
    assert (found["renamed"].pairs, found["renamed"].lost, found["renamed"].gained) == (2, 1, 1)
    assert found["told"].share.value == 1


def test_answers_to_one_question_are_not_taken_as_many_questions():
    """Five samples each of twelve questions that all fare alike tell as much as twelve questions."""
    rng = np.random.default_rng(1)
    fate = rng.integers(2, size=12)
    names = np.repeat([f"q{k}" for k in range(12)], 5)
    clustered = survival(np.ones(60), np.repeat(fate, 5), names).share
    single = survival(np.ones(12), fate).share
    assert clustered.value == pytest.approx(single.value)
    assert clustered.high - clustered.low >= 0.95 * (single.high - single.low)
