"""Figures with intervals against scipy, their coverage against the binomial law, and what the verdict may say."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as oracle

from autophagy.loop.table import summary, tabulate
from autophagy.loop.verdict import describe, findings, verdict
from autophagy.statistics.intervals import SHARE, Score, contrast, difference, figure, interval, score

NUMBERS = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)


def lines(cells: dict[str, dict[int, dict[str, list[float | None]]]]) -> list[dict[str, Any]]:
    """generations.jsonl from regime -> generation -> metric -> one value a seed."""
    return [
        {
            "regime": regime,
            "seed": seed,
            "generation": generation,
            "scores": {metric: values[seed] for metric, values in metrics.items()},
        }
        for regime, generations in cells.items()
        for generation, metrics in generations.items()
        for seed in range(len(next(iter(metrics.values()))))
    ]


@given(st.lists(NUMBERS, min_size=2, max_size=20, unique=True))
def test_the_interval_is_students(values: list[float]) -> None:
    got = interval(values)
    low, high = oracle.t.interval(0.95, len(values) - 1, np.mean(values), oracle.sem(values))
    assert (got.value, got.low, got.high) == pytest.approx((np.mean(values), low, high), rel=1e-9, abs=1e-9)
    assert got.n == len(values)


@given(st.dictionaries(st.integers(0, 30), st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=20))
def test_the_difference_is_the_paired_t_test_of_scipy(pairs: dict[int, tuple[float, float]]) -> None:
    a, b = ({seed: pair[side] for seed, pair in pairs.items()} for side in (0, 1))
    if np.ptp([a[seed] - b[seed] for seed in a]) < 1e-3:
        return
    got = difference(a, {**b, 99: 5.0})
    expected = oracle.ttest_rel(list(a.values()), list(b.values())).confidence_interval(0.95)
    assert (got.low, got.high) == pytest.approx((expected.low, expected.high), rel=1e-6, abs=1e-6)
    assert got.n == len(pairs)


def test_the_contrast_is_the_welch_test_of_scipy() -> None:
    rng = np.random.default_rng(5)
    for sizes in ((2, 2), (3, 7), (12, 4)):
        x, y = rng.normal(0, 1, sizes[0]), rng.normal(0.5, 3, sizes[1])
        expected = oracle.ttest_ind(x, y, equal_var=False).confidence_interval(0.95)
        got = contrast(x, y)
        assert (got.low, got.high) == pytest.approx((expected.low, expected.high), rel=1e-9)
        assert got.n == min(sizes)


def test_intervals_cover_the_mean_as_often_as_they_say() -> None:
    """4,000 sets of 3 seeds: the share that covers is 0.95 within 4 standard errors, false alarms 6 in 100,000."""
    rng = np.random.default_rng(11)
    draws = 4000
    covered = sum(abs(got.value) <= got.high - got.value for got in map(interval, rng.normal(0, 1, (draws, 3))))
    z = (covered / draws - 0.95) / math.sqrt(0.95 * 0.05 / draws)
    assert abs(z) < 4


def test_cutting_a_share_at_its_bounds_loses_no_coverage() -> None:
    """Every uncut interval that holds the true mean of a share still does when it is cut."""
    rng = np.random.default_rng(12)
    beta = rng.beta(8, 1, (500, 3))
    cut = 0
    for values in beta:
        free, bound = interval(values), interval(values, bounds=SHARE)
        assert 0 <= bound.low <= bound.value <= bound.high <= 1
        assert (free.low <= 8 / 9 <= free.high) == (bound.low <= 8 / 9 <= bound.high)
        cut += free.high > bound.high
    assert cut > 50


def test_values_outside_the_bounds_are_not_cut() -> None:
    assert interval([1.2, 1.4], bounds=SHARE) == interval([1.2, 1.4])


def test_unknown_is_nan_and_not_a_number() -> None:
    none = interval([None, math.nan, math.inf])
    assert none.n == 0
    assert none.json() == {"value": None, "low": None, "high": None, "n": 0}
    assert interval([2.0, None]).json() == {"value": 2.0, "low": None, "high": None, "n": 1}
    assert interval([1.0, None, 3.0]).n == 2
    json.dumps(interval([1, 2]).json(), allow_nan=False)


def test_equal_values_have_an_interval_of_no_width() -> None:
    assert interval([0.1] * 7) == Score(0.1, 0.1, 0.1, 7)


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        (Score(0.22, 0.19, 0.25, 3), "0.22 [0.19, 0.25]"),
        (Score(0.034, -0.0015, 0.069, 3), "0.034 [-0.002, 0.069]"),
        (Score(59.12, 58.1, 60.1, 3), "59.1 [58.1, 60.1]"),
        (Score(0.0019, 0.0012, 0.0025, 3), "0.0019 [0.0012, 0.0025]"),
        (Score(0.5, 0.0, 1.0, 3), "0.50 [0.00, 1.00]"),
        (Score(1234.0, 1200.0, 1300.0, 3), "1,234 [1,200, 1,300]"),
        (Score(2e-9, 1e-9, 3e-9, 3), "2e-09 [1e-09, 3e-09]"),
        (Score(0.8, math.nan, math.nan, 1), "0.80"),
        (Score(math.nan, math.nan, math.nan, 0), "unknown"),
    ],
)
def test_figures_are_written_with_the_digits_that_they_have(given_: Score, text: str) -> None:
    assert str(given_) == text


@given(NUMBERS, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_a_decided_interval_never_reads_as_if_it_held_0(value: float, below: float, above: float) -> None:
    shown = str(Score(value, value - below, value + above, 3)).replace(",", "").replace("[", "").replace("]", "")
    low, high = (float(number) for number in shown.split()[1:])
    if abs(value - below) > 1e-3 * max(1, below + above) and value - below > 0:
        assert low > 0
    assert low <= high


def test_figure_of_large_and_small_numbers() -> None:
    assert [figure(x) for x in (0, 0.81, 12.34, 123.4, 0.0123, 1.5e7)] == [
        "0.00",
        "0.81",
        "12.3",
        "123",
        "0.012",
        "1.5e+07",
    ]


def test_summary_keeps_the_order_of_regimes_and_sorts_generations() -> None:
    rows = summary(
        lines({"b": {2: {"recall": [0.5, 0.7]}, 1: {"recall": [0.9, None]}}, "a": {1: {"recall": [1.0, 1.0]}}})
    )
    assert [(row["regime"], row["generation"]) for row in rows] == [("b", 1), ("b", 2), ("a", 1)]
    assert rows[0]["scores"]["recall"].n == 1
    assert rows[1]["scores"]["recall"].value == pytest.approx(0.6)


def test_a_line_that_is_there_twice_counts_once() -> None:
    twice = lines({"a": {1: {"recall": [0.5]}}}) * 2
    assert score("recall", tabulate(twice)["a"][1]["recall"].values()).n == 1


LEVEL = [{"recall": r, "precision": p} for r, p in ((0.80, 0.79), (0.81, 0.78), (0.79, 0.80))]
FALL = {1: {"recall": [0.80, 0.81, 0.82]}, 10: {"recall": [0.21, 0.22, 0.24]}}


def test_fell_is_said_where_the_paired_interval_excludes_0() -> None:
    said = verdict(lines({"replace": FALL}), LEVEL)
    assert said[0].startswith("Fully synthetic (replace): by generation 10 recall fell from 0.81 to 0.22 [0.19, 0.26]")
    assert "below real rows (0.80)" in said[0]


def test_rose_is_said_of_a_rise() -> None:
    said = verdict(lines({"x": {1: {"frechet": [1.0, 1.1, 1.2]}, 3: {"frechet": [9.0, 9.2, 9.1]}}}), [])
    assert "Fréchet distance rose from 1.10 to 9.1" in said[0]


def test_a_spread_larger_than_the_change_decides_nothing() -> None:
    said = verdict(lines({"fresh:fresh=0.25": {1: {"recall": [0.9, 0.6, 0.7]}, 5: {"recall": [0.6, 0.7, 0.8]}}}), LEVEL)
    assert "recall shows no decided change, 0.73 to 0.70 [0.45, 0.95]" in said[0]
    assert "Fresh real data (fresh:fresh=0.25)" in said[0]
    assert not any(word in said[0] for word in ("fell", "rose", "held", "below", "above"))


def test_held_is_said_only_where_the_whole_interval_is_small() -> None:
    near = {1: {"recall": [0.80, 0.81, 0.79]}, 5: {"recall": [0.805, 0.805, 0.795]}}
    assert "recall held at" in verdict(lines({"fresh": near}), [])[0]


def test_pairs_decide_where_the_seeds_alone_would_not() -> None:
    """Seeds that differ much from each other, each of which falls by nearly as much."""
    cells = {1: {"recall": [0.3, 0.6, 0.9]}, 5: {"recall": [0.10, 0.41, 0.70]}}
    assert "recall fell" in verdict(lines({"replace": cells}), [])[0]


def test_one_seed_decides_nothing() -> None:
    said = verdict(lines({"replace": {1: {"recall": [0.8]}, 10: {"recall": [0.1]}}}), LEVEL)
    assert "went from 0.80 to 0.10 in the one seed" in said[0]
    assert "fell" not in " ".join(said)
    assert said[-1].startswith("One seed decides nothing")


def test_precision_above_that_of_real_rows_is_an_early_sign() -> None:
    cells = {
        1: {"precision": [0.79, 0.80, 0.78]},
        2: {"precision": [0.95, 0.96, 0.94]},
        3: {"precision": [0.2, 0.3, 0.25]},
    }
    assert (
        "At generation 2 precision, 0.95 [0.93, 0.97], is above that of real rows (0.79)"
        in verdict(lines({"replace": cells}), LEVEL)[0]
    )
    cells[2] = {"precision": [0.80, 0.78, 0.79]}
    assert "early sign" not in verdict(lines({"replace": cells}), LEVEL)[0]


def test_early_signs_are_rare_where_there_is_none() -> None:
    """600 runs of 10 generations at the level of real rows.

    At most 2.5 % of them may warn (one side of a familywise 95 %); the bound is 4 standard errors above, which fails
    by chance less than 3 times in 100,000.
    """
    rng = np.random.default_rng(21)
    runs, alarms = 600, 0
    for _ in range(runs):
        cells = {g: {"precision": list(rng.normal(0.8, 0.01, 3))} for g in range(1, 11)}
        level = [{"precision": value} for value in rng.normal(0.8, 0.01, 3)]
        alarms += "early sign" in " ".join(verdict(lines({"replace": cells}), level))
    assert alarms / runs < 0.025 + 4 * math.sqrt(0.025 * 0.975 / runs)


def test_changes_are_rarely_decided_where_there_is_none() -> None:
    """2,000 runs without any change: 5 % are called decided within 4 standard errors (6 false alarms in 100,000)."""
    rng = np.random.default_rng(22)
    runs = 2000
    decided = 0
    for _ in range(runs):
        before, after = rng.normal(5, 1, (2, 4))
        said = verdict(lines({"x": {1: {"frechet": list(before)}, 2: {"frechet": list(after)}}}), [])[0]
        decided += "fell" in said or "rose" in said
    assert abs(decided / runs - 0.05) < 4 * math.sqrt(0.05 * 0.95 / runs)


def test_lost_classes_are_told() -> None:
    def said(lost: list[float | None]) -> str:
        return verdict(lines({"r": {1: {"lost_classes": [0.0] * len(lost)}, 2: {"lost_classes": lost}}}), [])[0]

    assert "5 classes are lost in each of 3 seeds" in said([5, 5, 5])
    assert "1 class is lost in each of 2 seeds" in said([1, 1])
    assert "no class is lost" in said([0, 0, 0])
    assert "classes are lost on average" in said([2, 4, 3])


def test_regimes_are_compared_over_the_same_seeds() -> None:
    other = {1: {"recall": [0.80, 0.81, 0.82]}, 10: {"recall": [0.78, 0.79, 0.82]}}
    said = findings(lines({"replace": FALL, "fresh": other}), LEVEL)
    assert said[0][0] is None
    assert "At generation 10, recall is highest with fresh real data (fresh), 0.80" in said[0][1]
    assert "over the same 3 seeds they differ by 0.57" in said[0][1]
    assert [regime for regime, _ in said[1:]] == ["replace", "fresh", None]


def test_regimes_that_have_not_reached_the_same_generation_are_compared_at_the_last_common_one() -> None:
    said = verdict(lines({"replace": FALL, "fresh": {1: {"recall": [0.5, 0.6, 0.7]}}}), LEVEL)
    assert not said[0].startswith("At generation")
    assert "only generation 1 is recorded" in said[1]


def test_nothing_recorded_is_no_finding() -> None:
    assert verdict([], []) == ["Nothing is recorded yet: there is no finding."]


def test_a_metric_that_is_unknown_throughout_is_not_told() -> None:
    said = verdict(lines({"r": {1: {"recall": [None, None]}, 2: {"recall": [None, None]}}}), [{"recall": None}])
    assert said[0] == "R: no metric is known at generation 2."


@pytest.mark.parametrize("label", ["mine", "a:b,c", "replace:memory=2", "", ":", "<script>"])
def test_any_label_can_be_described(label: str) -> None:
    assert label in describe(label)
