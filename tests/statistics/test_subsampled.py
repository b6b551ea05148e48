"""The intervals of figures that are no means, on a source whose figure is known.

Run: pytest tests/statistics/test_subsampled.py
"""

import math

import numpy as np
import pytest

from autophagy.statistics.intervals import Score
from autophagy.statistics.paired import UNKNOWN, wilson
from autophagy.statistics.subsampled import as_share, subsampled


def entropy(rows):
    shares = np.bincount(rows) / len(rows)
    return -float(np.sum(shares[shares > 0] * np.log2(shares[shares > 0])))


def halves(rows, figure, rng, draws=40):
    return [figure(rng.choice(rows, len(rows) // 2, replace=False)) for _ in range(draws)]


def test_of_a_mean_it_is_the_interval_of_the_mean():
    rng = np.random.default_rng(0)
    rows = rng.normal(10, 1, size=200)
    found = subsampled([rows.mean()], halves(rows, np.mean, rng, 4000), 0.5, 200, 200)
    assert found.value == rows.mean()
    assert found.high - found.value == pytest.approx(1.972 * rows.std(ddof=1) / math.sqrt(200), rel=0.05)


def test_it_holds_the_expected_entropy_of_as_many_rows():
    """300 runs of 120 rows from a Zipf law of 60; it fails where fewer than 95 % less 3 standard errors hold it."""
    rng = np.random.default_rng(1)
    p = 1 / np.arange(1, 61)
    p /= p.sum()
    truth = np.mean([entropy(rng.choice(60, 120, p=p)) for _ in range(4000)])
    held = 0
    for _ in range(300):
        rows = rng.choice(60, 120, p=p)
        found = subsampled([entropy(rows)], halves(rows, entropy, rng), 0.5, 120, 120)
        held += found.low <= truth <= found.high
    assert held / 300 >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / 300)


def test_rows_drawn_with_replacement_would_see_copies_where_there_are_none():
    rng = np.random.default_rng(2)
    rows = np.arange(100)  # all are different
    assert subsampled([entropy(rows)], halves(rows, entropy, rng), 0.5, 100, 100).low == pytest.approx(math.log2(100))
    again = [entropy(rng.integers(0, 100, 100)) for _ in range(40)]
    assert max(again) < math.log2(100) - 0.5


@pytest.mark.parametrize(
    ("values", "draws", "groups", "known"),
    [([], [1.0, 2.0], 9, (0, False)), ([1.0], [], 9, (9, False)), ([1.0], [1.0, 2.0], 1, (9, False)),
     ([math.nan], [1.0, 2.0], 9, (0, False)), ([1.0], [1.0, 2.0], 9, (9, True))],
)  # fmt: skip
def test_what_is_not_known_is_nan(values, draws, groups, known):
    found = subsampled(values, draws, 0.5, groups, 9)
    assert (found.n, math.isfinite(found.low)) == known


def test_it_stays_within_its_bounds():
    found = subsampled([0.95], [0.1, 0.9, 0.5], 0.5, 5, 9, (0.0, 1.0))
    assert (found.low, found.high) == (0.0, 1.0)


def test_the_interval_of_a_share_is_never_narrower_than_wilson_s():
    narrow = as_share(Score(0.1, 0.1, 0.1, 50))
    assert (narrow.low, narrow.high) == pytest.approx(wilson(0.1, 50))
    assert as_share(Score(0.1, 0.0, 0.9, 50)) == Score(0.1, 0.0, 0.9, 50)
    assert as_share(Score(0.1, math.nan, math.nan, 50)) == narrow
    assert as_share(UNKNOWN).n == 0
