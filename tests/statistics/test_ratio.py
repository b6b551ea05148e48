"""The share of a sum of two shares: its interval covers, by counting every outcome, and its ends lie right."""

import numpy as np
import pytest
from scipy.stats import binom

from autophagy.statistics.intervals import Score
from autophagy.statistics.paired import UNKNOWN, wilson
from autophagy.statistics.ratio import share_of_sum


def score(k, n):
    return Score(k / n, *wilson(k / n, n), n)


@pytest.mark.parametrize("n", [20, 60])
@pytest.mark.parametrize(("phi", "psi"), [(0.9, 0.3), (0.99, 0.95), (0.7, 0.05), (0.5, 0.5), (0.98, 0.6)])
def test_the_interval_covers_about_as_often_as_it_says(n, phi, psi):
    """Exact: every outcome of two binomials with its probability; Wilson's own interval dips as low."""
    true, covered = phi / (phi + psi), 0.0
    likely = [np.flatnonzero(binom.pmf(np.arange(n + 1), n, p) > 1e-7) for p in (phi, psi)]
    for a in likely[0]:
        for b in likely[1]:
            found = share_of_sum(score(a, n), score(b, n))
            if found.n and found.low <= true <= found.high:
                covered += binom.pmf(a, n, phi) * binom.pmf(b, n, psi)
    assert 0.92 < covered < 0.999


def test_ends_lie_about_the_value_and_within_0_and_1():
    for a in range(21):
        for b in range(21):
            found = share_of_sum(score(a, 20), score(b, 20))
            if a + b:
                assert 0 <= found.low <= found.value + 1e-12
                assert found.value <= found.high + 1e-12 <= 1 + 1e-9
            else:
                assert found == UNKNOWN or found.n == 0


def test_what_keeps_no_wrong_row_breaks_down_nowhere_that_is_known():
    found = share_of_sum(score(20, 20), score(0, 20))
    assert found.value == 1
    assert found.high == pytest.approx(1)
    assert 0.8 < found.low < 0.9


def test_unknown_stays_unknown():
    assert share_of_sum(UNKNOWN, score(1, 2)).n == share_of_sum(score(1, 2), UNKNOWN).n == 0
    assert share_of_sum(score(0, 5), score(0, 5)).n == 0
