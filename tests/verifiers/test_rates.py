"""Rates: shares that were counted by hand, and unknown where nothing is known."""

import math

import numpy as np
import pytest

from autophagy.verifiers.rates import rates_of


def rates(right_kept, right, wrong_kept, wrong, **more):
    keep = np.array([True] * right_kept + [False] * (right - right_kept) + [True] * wrong_kept
                    + [False] * (wrong - wrong_kept))  # fmt: skip
    known = np.array([True] * right + [False] * wrong)
    return rates_of(keep, keep.astype(float), known, [str(n) for n in range(len(keep))], **more)


def test_shares_and_the_breakdown_point_of_feng_and_others():
    """phi = .9 and psi = .3 give p* = .75, phi = .7 and psi = .05 give .933, as the paper says."""
    found = rates(90, 100, 30, 100)
    assert (found.phi.value, found.psi.value, found.breakdown.value) == (0.9, 0.3, pytest.approx(0.75))
    assert found.right_given_kept.value == pytest.approx(90 / 120)
    assert (found.phi.n, found.psi.n, found.right_given_kept.n, found.breakdown.n) == (100, 100, 120, 100)
    assert rates(70, 100, 5, 100).breakdown.value == pytest.approx(0.9333, abs=1e-4)


def test_at_the_breakdown_point_half_of_what_is_kept_is_right():
    found = rates(90, 100, 30, 100)
    wrong = found.breakdown.value
    assert (1 - wrong) * found.phi.value == pytest.approx(wrong * found.psi.value)


def test_of_planted_faults_the_share_of_right_rows_is_unknown_and_each_fault_has_its_own():
    faults = [""] * 10 + ["swapped"] * 4 + ["changed"] * 6
    found = rates(9, 10, 4, 10, faults=faults)
    assert found.right_given_kept.n == 0
    assert {name: (score.value, score.n) for name, score in found.faults.items()} == {
        "swapped": (1.0, 4), "changed": (0.0, 6),
    }  # fmt: skip


def test_where_no_row_could_be_judged_nothing_is_known():
    found = rates_of(np.ones(4, bool), np.full(4, np.nan), np.array([True, True, False, False]), list("abcd"))
    assert (found.phi.n, found.psi.n, found.breakdown.n, found.rows, found.unknown) == (0, 0, 0, 4, 4)
    assert math.isnan(found.phi.value)
    assert found.json()["phi"] == {"value": None, "low": None, "high": None, "n": 0}


def test_without_wrong_rows_psi_and_the_breakdown_point_are_unknown():
    found = rates(3, 4, 0, 0)
    assert (found.phi.n, found.psi.n, found.breakdown.n) == (4, 0, 0)


def test_rows_of_one_cluster_count_less():
    keep, right = np.array([True, False] * 20), np.ones(40, bool)
    apart = rates_of(keep, keep.astype(float), right, [str(n) for n in range(40)]).phi
    together = rates_of(keep, keep.astype(float), right, [str(n // 4 * 2 + n % 2) for n in range(40)]).phi
    assert together.high - together.low > 1.3 * (apart.high - apart.low)
