"""How much more a difference varies where rows come in groups: simulated, and where it can be worked out.

Run: pytest tests/statistics/test_grouped.py
"""

import math

import numpy as np
import pytest

from autophagy.statistics.grouped import design_effect
from autophagy.statistics.paired import wilson


def counts(found, rows, first=0):
    """Counts by group as two dicts."""
    return tuple({str(first + n): float(each) for n, each in enumerate(values)} for values in (found, rows))


def effect(a, b):
    return design_effect(a[0], b[0], a[1], b[1])


def test_groups_of_alike_rows_count_as_one_row_each():
    """40 groups of 25 rows, all found or none: the effect is the size of a group, but for the quantile and k/(k-1)."""
    a, b = (counts([25, 0] * 20, [25] * 40, first) for first in (0, 40))
    assert effect(a, b) == pytest.approx(25 * 80 / 79 * (1.9905 / 1.95996) ** 2, rel=1e-3)


def test_rows_that_came_alone_have_no_effect_and_it_is_never_below_one():
    rng = np.random.default_rng(0)
    a, b = (counts(rng.binomial(20, 0.3, 200), [20] * 200, first) for first in (0, 200))
    assert 1 <= effect(a, b) < 1.35
    even = counts([5] * 20, [20] * 20)
    assert effect(even, counts([5] * 20, [20] * 20, 20)) == 1


def test_what_both_runs_have_of_a_source_is_no_difference_between_them():
    """The same sources in both runs: what they have in common is taken out."""
    shares = np.random.default_rng(1).random(30)
    a, b = (counts(np.round(shares * 40), [40] * 30) for _ in range(2))
    assert effect(a, b) == 1
    assert effect(a, counts(np.round(shares * 40), [40] * 30, 30)) > 5


def test_too_few_groups_or_none_tell_nothing():
    assert math.isnan(effect(counts([5] * 4, [10] * 4), counts([5] * 4, [10] * 4, 4)))
    assert math.isnan(effect(counts([], []), counts([5], [10])))
    one_is_most = counts([1] * 30, [3000] + [10] * 29)
    assert math.isnan(effect(one_is_most, counts([1] * 30, [3000] + [10] * 29)))
    assert effect(counts([0] * 20, [10] * 20), counts([0] * 20, [10] * 20, 20)) == 1


def test_the_interval_of_a_share_of_groups_covers():
    """400 pairs of 30 groups whose shares are beta: 4 standard errors of the 5 % that may be missed are 4.4 points."""
    rng, missed, plain = np.random.default_rng(2), 0, 0
    for _ in range(400):
        a, b = (counts(rng.binomial(20, rng.beta(0.6, 1.4, 30)), [20] * 30, first) for first in (0, 30))
        p, q = (sum(each[0].values()) / 600 for each in (a, b))
        for name, size in (("grouped", 600 / effect(a, b)), ("plain", 600.0)):
            (la, ha), (lb, hb) = wilson(p, size), wilson(q, size)
            low, high = q - p - math.hypot(q - lb, ha - p), q - p + math.hypot(hb - q, p - la)
            out = not low <= 0 <= high
            missed, plain = missed + (out and name == "grouped"), plain + (out and name == "plain")
    assert missed / 400 <= 0.094
    assert plain / 400 > 0.3
