"""How a judge errs: against counts by hand, statsmodels' published form of HC3, and brute force."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as oracle

from autophagy.statistics.raters import (
    excess,
    length_slope,
    repeatability,
    self_preference,
    sensitivity,
    specificity,
)

NAN = math.nan
MARKS = st.lists(st.tuples(st.sampled_from([0, 0.5, 1, NAN]), st.sampled_from([0, 1, NAN])), min_size=1, max_size=40)


@given(MARKS)
def test_sensitivity_and_specificity_are_exact_shares_of_what_people_say(rows):
    judge, people = np.array(rows).T
    for found, what in ((sensitivity(judge, people), 1), (specificity(judge, people), 0)):
        seen = [f for f, y in rows if y == what and not math.isnan(f)]
        assert found.n == len(seen)
        if not seen:
            assert math.isnan(found.value)
            continue
        right = sum(f == what for f in seen)
        ends = oracle.binomtest(right, len(seen)).proportion_ci(method="exact")
        assert (found.value, found.low, found.high) == pytest.approx((right / len(seen), ends.low, ends.high))


def test_one_class_alone_leaves_the_other_unknown():
    assert math.isnan(specificity([1, 0, 1], [1, 1, 1]).value)
    assert math.isnan(sensitivity([1, 0, 1], [0, 0, 0]).value)


@given(st.lists(st.lists(st.sampled_from([0, 0.5, 1, NAN]), min_size=3, max_size=3), min_size=1, max_size=8))
def test_repeatability_is_the_share_of_pairs_that_agree(rows):
    shares = []
    for row in rows:
        pairs = [a == b for a, b in itertools.combinations([x for x in row if not math.isnan(x)], 2)]
        shares += [np.mean(pairs)] if pairs else []
    got = repeatability(np.array(rows, float).T)
    assert got.n == len(shares)
    assert got.value == pytest.approx(np.mean(shares) if shares else NAN, nan_ok=True)


def test_a_judge_that_favours_its_family_is_told_from_one_that_is_lenient_to_all():
    rng = np.random.default_rng(0)
    people, own = rng.random(400) < 0.6, np.arange(400) < 200
    lenient = np.maximum(people, rng.random(400) < 0.3).astype(float)
    partial = np.where(own, np.maximum(people, rng.random(400) < 0.5), people).astype(float)
    assert not self_preference(lenient, people, own).decided
    assert excess(lenient, people).decided
    found = self_preference(partial, people, own)
    expected = oracle.ttest_ind((partial - people)[own], (partial - people)[~own], equal_var=False)
    assert found.decided
    ends = expected.confidence_interval()
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high))
    assert self_preference(partial, people, np.ones(400)).n == 0  # nothing to compare with


def test_the_slope_on_length_is_that_of_a_regression_with_the_hc3_sandwich():
    rng = np.random.default_rng(1)
    words = rng.integers(1, 200, 120).astype(float)
    people = (rng.random(120) < 0.5).astype(float)
    judge = np.where(rng.random(120) < words / 200, 1, people)
    got = length_slope(judge, people, words)
    x, y = np.c_[np.ones(120), np.log2(words)], judge - people
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ y
    hat = np.einsum("ij,jk,ik->i", x, bread, x)
    meat = (x * ((y - x @ beta) / (1 - hat))[:, None] ** 2).T @ x
    error = math.sqrt((bread @ meat @ bread)[1, 1])
    assert got.value == pytest.approx(beta[1])
    assert got.high - got.value == pytest.approx(oracle.t.ppf(0.975, 118) * error)
    assert got.value > 0


def test_lengths_that_say_nothing_give_no_slope():
    assert length_slope([1, 0, 1, 1], [1, 1, 0, 0], [5, 5, 5, 5]).n == 0
    assert length_slope([1, 0, 1], [1, 1, 0], [5, 6, 7]).n == 0
    assert length_slope([1, 0, 1, 1, 0], [1, 1, 0, 0, 0], [0, 0, 6, 7, 8]).n == 0  # an empty answer has no length
    same = length_slope([1, 1, 1, 1], [1, 1, 1, 1], [5, 6, 7, 8])  # one that never errs
    assert (same.value, same.n) == (0, 4)
    assert math.isnan(same.low)
    alone = length_slope([1, 0, 1, 0], [1, 1, 0, 0], [5, 5, 5, 9])  # the slope is of one answer
    assert math.isnan(alone.low)
