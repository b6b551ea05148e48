"""Clustered intervals against closed forms and their coverage, tests against scipy and brute force."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as oracle

from autophagy.statistics import paired
from autophagy.statistics.intervals import Score
from autophagy.statistics.paired import difference, mean, wilson
from autophagy.statistics.significance import (
    cochran,
    decisive,
    detectable,
    holm,
    mcnemar,
)

BITS = st.lists(st.sampled_from([0.0, 1.0, math.nan]), min_size=1, max_size=40)


@given(st.integers(0, 60), st.integers(1, 60))
def test_shares_of_independent_questions_get_wilsons_interval_of_scipy(right, n):
    right = min(right, n)
    expected = oracle.binomtest(right, n).proportion_ci(method="wilson")
    assert wilson(right / n, n) == pytest.approx((expected.low, expected.high), abs=1e-12)
    got = mean([1.0] * right + [0.0] * (n - right) + [math.nan])
    assert (got.value, got.low, got.high, got.n) == pytest.approx(
        (right / n, expected.low, expected.high, n), abs=1e-12
    )


def test_the_clustered_error_is_millers():
    """Equation 4 of Miller (2024) written out as its double sum, times clusters / (clusters - 1): equal clusters."""
    rng = np.random.default_rng(0)
    clusters = rng.permutation(np.repeat(np.arange(40), 5))
    a, b = rng.random(200), rng.random(200)
    d = a - b - np.mean(a - b)
    square = sum(d[i] * d[j] for i, j in itertools.product(range(200), repeat=2) if clusters[i] == clusters[j]) / 200**2
    groups = len(set(clusters.tolist()))
    half = oracle.t.ppf(0.975, groups - 1) * math.sqrt(square * groups / (groups - 1))
    got, p = difference(a, b, clusters)
    assert (got.value, got.low, got.high) == pytest.approx(
        (np.mean(a - b), np.mean(a - b) - half, np.mean(a - b) + half)
    )
    assert got.n == 200
    assert (p < 0.05) == got.decided


def test_the_error_of_unequal_documents_is_right_on_average_and_knows_how_little_it_knows():
    """Document means that vary alike: the variance is unbiased, and spread as a chi square of those degrees is."""
    rng, sizes = np.random.default_rng(7), np.array([12.0, 3, 3, 2, 2, 1, 1])
    weights = sizes / sizes.sum()
    means = rng.normal(0, 1, (20_000, len(sizes)))  # in which the true variance of the mean is weights @ weights
    residuals = weights * (means - (means @ weights)[:, None])
    found = [paired.corrected(row, weights) for row in residuals]
    variances, degrees = np.array([variance for variance, _ in found]), found[0][1]
    error = variances.std() / math.sqrt(len(variances))
    assert abs(variances.mean() - weights @ weights) < 4 * error
    assert variances.var() / variances.mean() ** 2 == pytest.approx(2 / degrees, rel=0.1)
    assert 1 < degrees < paired.effective(weights)


def test_one_document_with_most_of_the_questions_decides_nothing():
    """100 questions of one document and 30 of one each are worth 1.7 documents, however much the 31 agree."""
    names = np.r_[np.zeros(100), np.arange(1, 31)]
    marks = np.r_[np.tile([1.0, 1, 1, 0], 25), np.tile([1.0, 0, 0], 10)]
    assert mean(marks, names).high - mean(marks, names).low > 0.8
    got, p = difference(marks, 1 - marks, names, np.random.default_rng(0))
    assert got.high - got.low > 1.8
    assert p > 0.05
    assert mean(np.ones(130), names).low == pytest.approx(wilson(1, 130**2 / (100**2 + 30))[0])
    assert difference(np.ones(130), np.zeros(130), names)[1] > 0.5


def test_without_clusters_and_seeds_it_is_the_paired_t_test_of_scipy():
    rng = np.random.default_rng(1)
    a, b = rng.random(50), rng.random(50)
    expected = oracle.ttest_rel(a, b)
    got, p = difference(a, b)
    assert (got.low, got.high) == pytest.approx(tuple(expected.confidence_interval(0.95)))
    assert p == pytest.approx(expected.pvalue)


def test_every_question_asked_twice_says_no_more_than_once():
    """Clustering by the question undoes a copy of every question, but for the factor of few clusters."""
    rng = np.random.default_rng(2)
    a, b, names = rng.random(60), rng.random(60), np.arange(60)
    once, _ = difference(a, b, names)
    twice, _ = difference(np.tile(a, 2), np.tile(b, 2), np.tile(names, 2))
    naive, _ = difference(np.tile(a, 2), np.tile(b, 2))
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high))
    assert naive.high - naive.low < 0.75 * (twice.high - twice.low)


def test_unknown_marks_are_left_out_on_both_sides():
    nan = math.nan
    got, _ = difference([[1, 0, 1, nan, 1]], [[0, 0, nan, 1, 0]])
    assert (got.value, got.n) == (pytest.approx(2 / 3), 3)
    assert mean([nan, nan]).n == difference([nan, 1.0], [1.0, nan])[0].n == 0
    assert math.isnan(mean([nan]).value)
    assert math.isnan(difference([nan], [1.0])[1])


def test_one_document_says_nothing_of_another():
    got, p = difference([1.0, 0.0, 1.0], [0.0, 0.0, 1.0], ["a", "a", "a"])
    assert got.value == pytest.approx(1 / 3)
    assert math.isnan(got.low)
    assert math.isnan(p)
    assert math.isnan(mean([1.0, 0.0], ["a", "a"]).low)


def test_marks_that_all_agree_are_not_certain():
    """20 questions of 4 documents, all right: as good as 4 of 4; and two arms that never differ may differ yet."""
    documents = np.repeat(np.arange(4), 5)
    assert mean(np.ones((3, 20)), documents).low == pytest.approx(wilson(1, 4)[0])
    same, p = difference(np.ones(20), np.ones(20), documents)
    assert (same.value, same.high, p) == (0, pytest.approx(wilson(0, 4)[1]), 1)
    apart, p = difference(np.ones(20), np.zeros(20), documents)
    assert (apart.value, apart.high, p) == (1, 1, 1 / 8)
    assert apart.low == pytest.approx(1 - 2 * wilson(0, 4)[1])


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(2, 50))
def test_intervals_hold_their_value_and_turn_with_the_sides(seed, seeds, documents):
    rng = np.random.default_rng(seed)
    a, b = (rng.integers(0, 2, (seeds, 60)).astype(float) for _ in range(2))
    clusters = rng.integers(0, documents, 60)
    one, p = difference(a, b, clusters)
    other, q = difference(b, a, clusters)
    assert (one.value, one.low, one.high, p) == pytest.approx((-other.value, -other.high, -other.low, q))
    assert -1 <= one.low <= one.value <= one.high <= 1
    got = mean(a, clusters)
    assert 0 <= got.low <= got.value <= got.high <= 1


def test_the_bootstrap_is_as_wide_as_students_where_nothing_is_skewed():
    """Three seeds, 40 documents, symmetric marks: both intervals agree within a twelfth of their width."""
    rng = np.random.default_rng(10)
    a, b, names = rng.random((3, 400)), rng.random(400), np.repeat(np.arange(40), 10)
    students, _ = difference(a, b, names)
    drawn, _ = difference(a, b, names, rng)
    width = students.high - students.low
    assert (drawn.low, drawn.high) == pytest.approx((students.low, students.high), abs=width / 12)
    assert drawn.low != students.low


# Coverage, by simulation

DRAWS = 1500
TOLERANCE = 4 * math.sqrt(0.95 * 0.05 / DRAWS)  # z = 4: a false alarm in 30,000 runs on a side


@pytest.fixture
def quick(monkeypatch):
    """Fewer bootstrap draws, which widen the spread of an interval's ends and not their place."""
    monkeypatch.setattr(paired, "DRAWS", 400)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("documents", "each", "share", "seeds", "spread"),
    [(5, 5, 0.7, 1, 0.0), (20, 5, 0.9, 1, 0.0), (100, 5, 0.9, 1, 0.0), (50, 5, 0.6, 3, 0.05), (50, 5, 0.6, 3, 0.0)],
)
def test_the_mean_is_covered_as_often_as_it_says(documents, each, share, seeds, spread):
    """Documents differ by a beta law of intraclass correlation .2, seeds by a normal one; 2 points are given away."""
    rng = np.random.default_rng(documents * seeds)
    names = np.repeat(np.arange(documents), each)
    covered = 0
    for _ in range(DRAWS):
        chance = rng.beta(share * 4, (1 - share) * 4, documents)[names] + rng.normal(0, spread, (seeds, 1))
        shared, own = rng.random(len(names)), rng.random((seeds, len(names)))
        luck = np.where(rng.random((seeds, len(names))) < 0.3, own, shared)  # trainings err on like questions
        got = mean(luck < chance, names)
        covered += got.low <= share <= got.high
    assert 0.95 - 0.02 - TOLERANCE < covered / DRAWS < 0.95 + 0.035 + TOLERANCE


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("documents", "seeds", "spread"), [(8, 1, 0.0), (60, 1, 0.0), (40, 3, 0.1), (15, 3, 0.15)])
def test_the_difference_is_covered_as_often_as_it_says(documents, seeds, spread):
    """The truth is 0.1: arm a lifts each document's chance by 0.1 +- 0.1, each of its seeds by a normal step."""
    rng = np.random.default_rng(documents + seeds)
    names = np.repeat(np.arange(documents), 5)
    covered = 0
    for _ in range(DRAWS):
        chance = rng.uniform(0.3, 0.5, documents)[names]
        lift = rng.uniform(0.0, 0.2, documents)[names] + np.clip(rng.normal(0, spread, (seeds, 1)), -0.3, 0.3)
        luck = rng.random((seeds, len(names)))
        got, _ = difference(luck < chance + lift, rng.random(len(names)) < chance, names, rng)
        covered += got.low <= 0.1 <= got.high
    assert 0.95 - 0.01 - TOLERANCE < covered / DRAWS < 0.95 + 0.03 + TOLERANCE


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [[50] + [2] * 9, [100] + [1] * 30, [30, 1, 1], [20] * 3 + [2] * 20, [1] * 6])
def test_documents_of_unequal_sizes_are_covered(sizes):
    """At least 95 % within z = 4, of means and of differences: too wide is honest here, too narrow is not."""
    rng, names = np.random.default_rng(len(sizes)), np.repeat(np.arange(len(sizes)), sizes)
    covered = np.zeros(2)
    for _ in range(500):
        a, b = (rng.random(len(names)) < rng.beta(0.7 / 0.3 * 0.7, 0.3 / 0.3 * 0.7, len(sizes))[names] for _ in "ab")
        got, (gap, _) = mean(a, names), difference(a, b, names, rng)
        covered += [not (got.low > 0.7 or got.high < 0.7), not (gap.low > 0 or gap.high < 0)]
    assert (covered / 500 > 0.95 - 4 * math.sqrt(0.95 * 0.05 / 500)).all()


@pytest.mark.slow
def test_what_leaves_out_seeds_or_clusters_covers_too_little():
    """The same simulation finds the two shortcuts out: it can fail."""
    rng = np.random.default_rng(3)
    names = np.repeat(np.arange(40), 10)
    without_clusters = without_seeds = 0
    for _ in range(400):
        chance = rng.beta(2.8, 1.2, 40)[names]
        got = mean(rng.random(400) < chance)
        without_clusters += got.low <= 0.7 <= got.high
        steps = np.clip(rng.normal(0, 0.1, (3, 1)), -0.3, 0.3)
        got = mean((rng.random((3, 400)) < 0.5 + steps).mean(axis=0))
        without_seeds += got.low <= 0.5 <= got.high
    assert without_clusters / 400 < 0.85
    assert without_seeds / 400 < 0.6


# Tests


@given(BITS, BITS)
def test_mcnemar_is_the_binomial_test(a, b):
    a, b = a[: min(len(a), len(b))], b[: min(len(a), len(b))]
    known = [(x, y) for x, y in zip(a, b, strict=True) if x == x and y == y]
    up, down = sum(x > y for x, y in known), sum(y > x for x, y in known)
    got = mcnemar(a, b)
    assert got[:2] == (up, down)
    if not known:
        assert math.isnan(got[2])
    else:
        tail = sum(math.comb(up + down, k) for k in range(min(up, down) + 1)) / 2 ** (up + down)
        assert got[2] == pytest.approx(min(1.0, 2 * tail))


def test_mcnemar_of_published_flips():
    """GPT-4 on 1,000 primes, March against June 2023: 476 flips one way, 147 the other, p = 2e-41."""
    a, b = np.repeat([1, 0, 1], [476, 147, 377]), np.repeat([0, 1, 1], [476, 147, 377])
    up, down, p = mcnemar(a, b)
    assert (up, down) == (476, 147)
    assert p == pytest.approx(oracle.binomtest(147, 623).pvalue)
    assert f"{p:.0e}" == "2e-41"


def test_cochran_of_two_arms_is_mcnemars_chi_square():
    rng = np.random.default_rng(4)
    marks = rng.integers(0, 2, (2, 80)).astype(float)
    up, down, _ = mcnemar(*marks)
    q, p = cochran(marks)
    assert q == pytest.approx((up - down) ** 2 / (up + down))
    assert p == pytest.approx(oracle.chi2.sf(q, 1))


def test_cochran_is_uniform_where_the_arms_are_alike():
    """Over 2,000 draws of 4 like arms the share of p below .05 is .05 within z = 4, false alarms 6 in 100,000."""
    rng = np.random.default_rng(5)
    hits = np.mean([cochran(rng.random((4, 200)) < rng.random(200))[1] < 0.05 for _ in range(2000)])
    assert abs(hits - 0.05) < 4 * math.sqrt(0.05 * 0.95 / 2000)
    assert math.isnan(cochran(np.ones((3, 5)))[1])
    assert math.isnan(cochran(np.full((3, 5), math.nan))[0])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_holm_is_the_closed_test_of_bonferroni(p):
    """An adjusted p is the largest Bonferroni p of all sets of tests that hold it."""
    sets = [chosen for size in range(1, len(p) + 1) for chosen in itertools.combinations(range(len(p)), size)]
    expected = [max(min(1.0, len(s) * min(p[i] for i in s)) for s in sets if place in s) for place in range(len(p))]
    assert holm(p) == pytest.approx(expected)
    assert holm([*p, math.nan])[:-1] == holm(p)


# How many questions


@pytest.mark.parametrize(("n", "half"), [(50, 0.127), (100, 0.090), (300, 0.052), (1000, 0.028)])
def test_the_half_width_of_one_accuracy(n, half):
    low, high = wilson(0.7, n)
    assert (high - low) / 2 == pytest.approx(half, abs=0.005)


@pytest.mark.slow
def test_a_detectable_difference_is_detected_in_80_of_100_runs():
    """2,000 runs of 300 pairs at the difference that their interval calls detectable; z = 4, and 2 points beside."""
    rng = np.random.default_rng(6)
    null, _ = difference(*(rng.random((2, 30_000)) < np.array([[0.6], [0.6]])))
    size = detectable(null) * math.sqrt(30_000 / 300)
    found = np.mean(
        [difference(rng.random(300) < 0.6 + size / 2, rng.random(300) < 0.6 - size / 2)[0].decided for _ in range(2000)]
    )
    assert abs(found - 0.8) < 0.02 + 4 * math.sqrt(0.8 * 0.2 / 2000)


def test_what_holds_0_or_is_unknown_is_not_decisive():
    assert decisive(Score(0.1, 0.02, 0.2, 9)) == decisive(Score(-0.1, -0.2, -0.02, 9)) == "decisive"
    assert decisive(Score(0.1, -0.02, 0.2, 9)) == decisive(paired.UNKNOWN) == "not decisive"
    assert math.isnan(detectable(paired.UNKNOWN))
    assert detectable(Score(0.0, -1.959964, 1.959964, 9)) == pytest.approx(1.959964 + 0.841621, abs=1e-5)


def test_the_quantile_that_is_written_down_is_the_normal_laws():
    assert oracle.norm.ppf(paired.UPPER) == paired.NORMAL
