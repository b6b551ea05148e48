"""A look a day for a year, simulated; bench/daily_looks.py has the same with more runs and more sizes.

Every limit on false alarms is 5 % and 3 standard errors of that many runs, so that a test of a design at 5 % exactly
fails once in 740.

Run: pytest tests/statistics/test_daily_looks.py
"""

import math
import runpy
from pathlib import Path

import numpy as np
import pytest

from autophagy.statistics import baseline
from autophagy.statistics.baseline import PromptMoments, change
from autophagy.statistics.mixture import NormalMixture

BENCH = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "daily_looks.py"))
RUNS = 200
MOST = 0.05 + 3 * math.sqrt(0.05 * 0.95 / RUNS)  # 9.6 %


def first(design, *settings, runs=RUNS, days=365, at=0):
    return BENCH["simulated"](BENCH[design], settings, runs, days, at)


@pytest.mark.parametrize(
    ("design", "settings"),
    [
        ("use_once", (100, 0.0)),
        ("fixed_one_start", (100, 10, 0.0)),
        ("fixed", (50, 5, 0.0)),
        ("two_shares", (100, 10, 0.0)),
    ],
)
def test_an_unchanged_model_hardly_ever_alarms_in_a_year(design, settings):
    assert np.isfinite(first(design, *settings)).mean() <= MOST


@pytest.mark.parametrize(("design", "share"), [("naive", 0.88), ("fixed_flips", 0.785)])
def test_what_one_would_do_first_alarms_in_most_years(design, share):
    """The evidence of flips against the same recorded answers: 78.5 % in 400 runs (3 SE of both: 10.6 points)."""
    found = np.isfinite(first(design, 100, 0.0)).mean()
    assert found == pytest.approx(share, abs=3 * math.sqrt(share * (1 - share) * (1 / RUNS + 1 / 400)))


@pytest.mark.parametrize(
    ("design", "settings", "days"),
    [
        ("use_once_one_start", (20,), (12, 20)),
        ("use_once_one_start", (50,), (6, 8)),
        ("use_once_one_start", (100,), (3, 5)),
        ("use_once_one_start", (200,), (2, 3)),
        ("use_once", (50,), (6, 8)),
        ("use_once", (100,), (3, 5)),
        ("fixed", (50, 10), (4, 7)),
        ("fixed", (100, 5), (3, 5)),
        ("fixed", (100, 10), (2, 4)),
    ],
)
def test_ten_points_less_are_found_within_days(design, settings, days):
    """The median: published for use-once, from one start, are 16, 7, 4 and 3 days."""
    median = np.median(first(design, *settings, 0.1, days=120))
    assert days[0] <= median <= days[1]


def test_the_recorded_means_with_a_share_of_alpha_of_their_own_are_slower():
    """Published: 4 days, 8 in nine of ten, and 86 % of 5 points in a year (3 SE of both: 8.8 points)."""
    found = first("two_shares", 100, 10, 0.1, days=120)
    assert 3 <= np.median(found) <= 6
    assert np.quantile(found, 0.9) <= 14
    assert np.isfinite(first("two_shares", 100, 10, 0.05)).mean() == pytest.approx(0.86, abs=0.088)
    assert np.median(first("fixed", 100, 10, 0.1, days=120)) < np.median(found)


@pytest.mark.parametrize(("design", "settings"), [("use_once", (100,)), ("fixed", (100, 10))])
def test_a_change_on_the_hundredth_day_is_found_within_weeks_since_evidence_is_gathered_anew(design, settings):
    """From one start it takes several times as long, or is not found at all."""
    anew, once = (first(name, *settings, 0.1, days=160, at=100, runs=60) for name in (design, f"{design}_one_start"))
    assert np.median(anew[anew >= 1]) <= 18
    assert np.median(once[once >= 1]) > 1.4 * np.median(anew[anew >= 1])


def rare(rng, days=365, prompts=50, k=5, odds=0.998):
    """The mean change and its variance by day where answers are all but always right."""
    right = rng.binomial(k, odds, prompts) * 1.0
    daily = rng.binomial(1, odds, (days, prompts)).cumsum(axis=0) * 1.0
    counts = np.repeat(np.arange(1.0, days + 1)[:, None], prompts, axis=1)
    return change(PromptMoments(np.full(prompts, float(k)), right, right), PromptMoments(counts, daily, daily))


def test_answers_that_all_but_never_vary_do_not_alarm_and_would_without_the_added_errors(monkeypatch):
    """A model decoded greedily: no recorded answer may have varied though one in 500 does."""

    def alarms():
        rng, mixture = np.random.default_rng(0), NormalMixture.for_change(0.1, 0.05)
        return np.mean([(mixture.log_beyond(*rare(rng)) >= math.log(20)).any() for _ in range(RUNS)])

    assert alarms() <= MOST
    monkeypatch.setattr(baseline, "PSEUDO", 1e-9)
    assert alarms() > 0.25
