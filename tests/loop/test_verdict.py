"""The verdict: what it may say, and what it leads with."""

import math
from typing import Any

import numpy as np
import pytest

from autophagy.core.figures import Figure
from autophagy.core.parts import Part
from autophagy.core.registry import entries
from autophagy.loop.legend import Legend, summary
from autophagy.loop.table import tabulate
from autophagy.loop.verdict import findings, verdict

LABELS = ("replace", "augment", "accumulate", "fresh", "fresh:fresh=0.25")
LEGEND = Legend.of([Part(name) for name in entries("metric")], {label: Part.parse(label) for label in LABELS})


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


def regimes(cells: dict[str, Any], baseline: Any = (), legend: Legend = LEGEND) -> list[str]:
    """What is said of each regime."""
    return [str(finding) for finding in findings(lines(cells), baseline, legend) if finding.about == "regime"]


def test_summary_keeps_the_order_of_regimes_and_sorts_generations() -> None:
    rows = summary(
        lines({"b": {2: {"recall": [0.5, 0.7]}, 1: {"recall": [0.9, None]}}, "a": {1: {"recall": [1.0, 1.0]}}}),
        LEGEND,
    )
    assert [(row["regime"], row["generation"]) for row in rows] == [("b", 1), ("b", 2), ("a", 1)]
    assert rows[0]["scores"]["recall"].n == 1
    assert rows[1]["scores"]["recall"].value == pytest.approx(0.6)


def test_a_line_that_is_there_twice_counts_once() -> None:
    twice = lines({"a": {1: {"recall": [0.5]}}}) * 2
    assert LEGEND.score("recall", tabulate(twice)["a"][1]["recall"].values()).n == 1


BASELINE = [{"recall": r, "precision": p} for r, p in ((0.80, 0.79), (0.81, 0.78), (0.79, 0.80))]
FALL = {1: {"recall": [0.80, 0.81, 0.82]}, 10: {"recall": [0.21, 0.22, 0.24]}}


def test_fell_is_said_where_the_paired_interval_excludes_0() -> None:
    said = regimes({"replace": FALL}, BASELINE)
    assert said[0].startswith("Trained only on its own output (replace): by generation 10 recall fell from 0.81 to ")
    assert "0.22 [0.19, 0.26]" in said[0]
    assert "below real rows (0.80)" in said[0]


def test_rose_is_said_of_a_rise() -> None:
    said = regimes({"x": {1: {"frechet": [1.0, 1.1, 1.2]}, 3: {"frechet": [9.0, 9.2, 9.1]}}}, [])
    assert "Fréchet distance rose from 1.10 to 9.1" in said[0]


def test_a_spread_larger_than_the_change_decides_nothing() -> None:
    said = regimes({"fresh:fresh=0.25": {1: {"recall": [0.9, 0.6, 0.7]}, 5: {"recall": [0.6, 0.7, 0.8]}}}, BASELINE)
    assert "recall shows no decided change, 0.73 to 0.70 [0.45, 0.95]" in said[0]
    assert "Trained on its own output with some fresh real data (fresh:fresh=0.25)" in said[0]
    assert not any(word in said[0] for word in ("fell", "rose", "held", "below", "above"))


def test_the_change_in_the_same_seeds_stands_beside_an_end_that_holds_the_start() -> None:
    """Seeds that differ far more than they change: the ends overlap, and the paired change says what is decided."""
    said = regimes({"fresh": {1: {"frechet": [0.1, 0.3, 0.5]}, 5: {"frechet": [0.2, 0.4, 0.61]}}}, [])[0]
    assert "rose from 0.30 to 0.40 [0.00, 0.91], by 0.103 [0.089, 0.118] in the same seeds" in said
    assert "fell from 0.81 to 0.22 [0.19, 0.26], by 0.587 [0.572, 0.601] in the same seeds" in regimes({"x": FALL})[0]


def test_no_more_classes_are_lost_than_there_are() -> None:
    legend = Legend.of([Part("classes")], {}, classes=10)
    assert legend.score("lost_classes", [3.0, 10.0, 10.0]).high == 10
    assert legend.score("lost_classes", [0.0, 1.0, 4.0]).low == 0


def test_held_is_said_only_where_the_whole_interval_is_small() -> None:
    near = {1: {"recall": [0.80, 0.81, 0.79]}, 5: {"recall": [0.805, 0.805, 0.795]}}
    assert "recall held at" in regimes({"fresh": near}, [])[0]


def test_pairs_decide_where_the_seeds_alone_would_not() -> None:
    """Seeds that differ much from each other, each of which falls by nearly as much."""
    cells = {1: {"recall": [0.3, 0.6, 0.9]}, 5: {"recall": [0.10, 0.41, 0.70]}}
    assert "recall fell" in regimes({"replace": cells}, [])[0]


def test_one_seed_decides_nothing() -> None:
    said = verdict(lines({"replace": {1: {"recall": [0.8]}, 10: {"recall": [0.1]}}}), BASELINE, LEGEND)
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
        in regimes({"replace": cells}, BASELINE)[0]
    )
    cells[2] = {"precision": [0.80, 0.78, 0.79]}
    assert "early sign" not in regimes({"replace": cells}, BASELINE)[0]


def test_texts_of_another_kind_are_told() -> None:
    real = [{"surprise_q95": q95} for q95 in (6.1, 6.2, 6.0)]
    later = {"surprise_q50": [5.0, 5.1, 5.2], "surprise_q95": [7.0, 7.0, 7.0], "recall": [0.8, 0.8, 0.8]}

    def said(*first: float) -> str:
        many = {name: values[: len(first)] for name, values in later.items()}
        return regimes({"replace": {1: {**many, "surprise_q50": list(first)}, 2: many}}, real)[0]

    assert "At generation 1 half of the generated texts are more unusual than 95 % of the real ones (7.2 [" in said(
        7.1, 7.2, 7.3
    )
    assert "against 6.10 nats a word" in said(7.1, 7.2, 7.3)
    assert "unusual" not in said(6.0, 6.1, 6.2)  # no more unusual than the rarest real ones
    assert "unusual" not in said(7.2)  # one seed decides nothing


def test_early_signs_are_rare_where_there_is_none() -> None:
    """600 runs of 10 generations at the level of real rows.

    At most 2.5 % of them may warn (one side of a familywise 95 %); the bound is 4 standard errors above, which fails
    by chance less than 3 times in 100,000.
    """
    rng = np.random.default_rng(21)
    runs, alarms = 600, 0
    for _ in range(runs):
        cells = {g: {"precision": list(rng.normal(0.8, 0.01, 3))} for g in range(1, 11)}
        baseline = [{"precision": value} for value in rng.normal(0.8, 0.01, 3)]
        alarms += "early sign" in " ".join(regimes({"replace": cells}, baseline))
    assert alarms / runs < 0.025 + 4 * math.sqrt(0.025 * 0.975 / runs)


def test_changes_are_rarely_decided_where_there_is_none() -> None:
    """2,000 runs without any change: 5 % are called decided within 4 standard errors (6 false alarms in 100,000)."""
    rng = np.random.default_rng(22)
    runs = 2000
    decided = 0
    for _ in range(runs):
        before, after = rng.normal(5, 1, (2, 4))
        said = regimes({"x": {1: {"frechet": list(before)}, 2: {"frechet": list(after)}}}, [])[0]
        decided += "fell" in said or "rose" in said
    assert abs(decided / runs - 0.05) < 4 * math.sqrt(0.05 * 0.95 / runs)


def test_lost_classes_are_told() -> None:
    def said(lost: list[float | None]) -> str:
        return regimes({"r": {1: {"lost_classes": [0.0] * len(lost)}, 2: {"lost_classes": lost}}}, [])[0]

    assert "5 classes are lost in each of 3 seeds" in said([5, 5, 5])
    assert "1 class is lost in each of 2 seeds" in said([1, 1])
    assert "no class is lost" in said([0, 0, 0])
    assert "classes are lost on average" in said([2, 4, 3])


def test_regimes_are_compared_over_the_same_seeds() -> None:
    other = {1: {"recall": [0.80, 0.81, 0.82]}, 10: {"recall": [0.78, 0.79, 0.82]}}
    said = findings(lines({"replace": FALL, "fresh": other}), BASELINE, LEGEND)
    assert [(finding.about, finding.regime) for finding in said] == [
        ("all", ""),
        ("all", ""),
        ("regime", "replace"),
        ("regime", "fresh"),
        ("next", ""),
        ("caution", ""),
    ]
    words = "recall is highest when trained on its own output with some fresh real data (fresh), 0.80"
    assert f"At generation 10, {words}" in said[1].text
    assert "over the same 3 seeds they differ by 0.57" in said[1].text


def test_regimes_that_have_not_reached_the_same_generation_are_compared_at_the_last_common_one() -> None:
    cells = {"replace": FALL, "fresh": {1: {"recall": [0.5, 0.6, 0.7]}}}
    said = verdict(lines(cells), BASELINE, LEGEND)
    assert said[0].startswith("Trained only on its own output (replace): by generation 10")
    assert "only generation 1 is recorded" in said[1]


def test_nothing_recorded_is_no_finding() -> None:
    assert verdict([], [], LEGEND) == ["Nothing is recorded yet: there is no finding."]


def test_a_metric_that_is_unknown_throughout_is_not_told() -> None:
    said = regimes({"r": {1: {"recall": [None, None]}, 2: {"recall": [None, None]}}}, [{"recall": None}])
    assert said[0] == "Trained with r: no metric is known at generation 2."


@pytest.mark.parametrize("label", ["mine", "a:b,c", "replace:memory=2", "", ":", "<script>"])
def test_any_label_can_be_described(label: str) -> None:
    assert label in LEGEND.named(label)


def lead(cells: dict[str, Any], baseline: Any = (), legend: Legend = LEGEND, mixture: Any = None) -> str:
    """The first sentence of the verdict."""
    recorded = [line | ({"mixture": mixture} if mixture else {}) for line in lines(cells)]
    return verdict(recorded, baseline, legend)[0]


HELD = {1: {"recall": [0.80, 0.81, 0.79]}, 10: {"recall": [0.81, 0.80, 0.80]}}


def test_the_verdict_leads_with_what_the_loop_cost() -> None:
    mixture = {"fixed": 0, "fresh": 25, "synthetic": 75}
    assert lead({"replace": FALL, "fresh": HELD}, BASELINE, mixture=mixture) == (
        "Trained only on its own output, the model lost 72 % of its variety in ten generations; "
        "trained on its own output with 25 % fresh real data, it kept its variety."
    )


def test_the_lead_of_one_regime_is_about_that_regime() -> None:
    said = lead({"replace": FALL}, BASELINE)
    assert said == "Trained only on its own output, the model lost 72 % of its variety in ten generations."


def test_the_lead_claims_no_more_than_the_intervals_decide() -> None:
    wide = {1: {"recall": [0.9, 0.6, 0.7]}, 10: {"recall": [0.6, 0.7, 0.8]}}
    said = lead({"replace": FALL, "accumulate": wide}, BASELINE)
    assert said.endswith(", it showed no decided change in its variety.")
    near = {1: {"recall": [0.9, 0.6, 0.7]}, 10: {"recall": [0.61, 0.68, 0.8]}}
    assert lead({"replace": near, "accumulate": wide}).endswith("The difference between the two is not decided.")


def test_one_seed_has_no_lead() -> None:
    said = lead({"replace": {1: {"recall": [0.8]}, 10: {"recall": [0.1]}}}, BASELINE)
    assert said.startswith("Trained only on its own output (replace): ")


def test_the_lead_of_a_figure_that_should_be_low_speaks_of_its_rise() -> None:
    cells = {
        "replace": {1: {"perplexity": [100, 101, 102]}, 3: {"perplexity": [190, 192, 197]}},
        "accumulate": {1: {"perplexity": [100, 101, 102]}, 3: {"perplexity": [110, 112, 113]}},
    }
    assert lead(cells) == (
        "Trained only on its own output, the model saw its perplexity on real text rise by 91 % in three generations; "
        "trained on all real and generated data so far, it saw its perplexity on real text rise by 11 %."
    )
    cells["replace"][3] = {"perplexity": [530.0, 540.0, 550.0]}
    assert "rise to 5.3 times what it was in three generations" in lead(cells)


def test_the_lead_takes_the_regime_that_is_farthest_from_where_it_should_be_as_the_worst() -> None:
    """A variance ratio of 1.6 is worse than one of 0.9: nearer to 1 is better."""
    start = {"variance_ratio": [1.0, 1.01, 0.99]}
    cells = {
        "replace": {1: start, 5: {"variance_ratio": [1.6, 1.62, 1.58]}},
        "accumulate": {1: start, 5: {"variance_ratio": [0.9, 0.905, 0.895]}},
    }
    assert lead(cells) == (
        "Trained only on its own output, the model saw its variance rise by 60 % in five generations; "
        "trained on all real and generated data so far, it lost 10 % of its variance."
    )


def test_leads_are_rarely_decided_where_nothing_changes() -> None:
    """2,000 runs without any change: 5 % of the leads claim one, within 4 standard errors."""
    rng = np.random.default_rng(23)
    runs = 2000
    claims = sum(
        "no decided change" not in lead({"x": {1: {"frechet": list(before)}, 2: {"frechet": list(after)}}})
        for before, after in rng.normal(5, 1, (runs, 2, 4))
    )
    assert abs(claims / runs - 0.05) < 4 * math.sqrt(0.05 * 0.95 / runs)


def test_words_of_a_regime_never_hide_real_rows_that_its_label_adds() -> None:
    labels = ("replace:fresh=10", "replace:memory=3", "fresh:fresh=0.5", "mix:fixed=0.1", "augment:fixed=5")
    legend = Legend.of([], {label: Part.parse(label) for label in labels})
    assert [bool(legend.regimes[label]) for label in labels] == [False, True, True, True, False]


def test_the_facts_of_a_figure_drive_the_verdict_and_not_its_name() -> None:
    figures = {
        "gone": Figure("gone", role="lost classes", bounds=(0, None)),
        "sharp": Figure("sharpness", role="early sign", bounds=(0, 1)),
        "spread": Figure("spread", bounds=(0, None), headline=1, gist="breadth", better="higher"),
    }
    cells = {
        1: {"gone": [0, 0, 0], "sharp": [0.5, 0.5, 0.5], "spread": [4, 5, 6]},
        3: {"gone": [2, 2, 2], "sharp": [0.9, 0.91, 0.92], "spread": [1, 2, 3]},
    }
    baseline = [{"sharp": 0.5}, {"sharp": 0.51}, {"sharp": 0.49}]
    said = verdict(lines({"mine": cells}), baseline, Legend(figures))
    assert said[0] == "Trained with mine, the model lost 60 % of its breadth in three generations."
    assert "2 classes are lost in each of 3 seeds" in said[1]
    assert "sharpness, 0.91" in said[1]
    assert "early sign of lost variety" in said[1]
    assert "spread fell from 5.00 to 2 [0, 4]" in said[1]


def test_the_lead_is_about_the_first_figure_of_the_headline_that_got_worse() -> None:
    """A variety that is kept is no news where the quality is gone."""
    cells = {
        1: {"recall": [0.80, 0.81, 0.79], "precision": [0.80, 0.81, 0.79], "frechet": [1.0, 1.1, 1.2]},
        4: {"recall": [0.80, 0.80, 0.80], "precision": [0.39, 0.41, 0.40], "frechet": [9.0, 9.1, 9.3]},
    }
    baseline = [{"recall": 0.8, "precision": 0.8, "frechet": 0.9}] * 3
    assert lead({"replace": cells}, baseline) == (
        "Trained only on its own output, the model lost 50 % of its quality in four generations."
    )
    cells[4]["precision"] = cells[1]["precision"]
    assert "distance from the real data rise to 8.3 times" in lead({"replace": cells}, baseline)
    cells[4]["frechet"] = [1.0, 1.1, 1.2]
    assert "kept its variety" in lead({"replace": cells}, baseline)


def test_the_figure_that_matters_most_is_told_where_it_is_decided() -> None:
    """The demo's recall, p = .014 over three seeds, beside a distance that stands out more."""
    cells = {
        1: {"recall": [0.88, 0.88, 0.88], "precision": [0.8, 0.8, 0.81], "frechet": [6.0, 6.1, 6.2]},
        2: {"recall": [0.48, 0.36, 0.28], "precision": [0.8, 0.81, 0.8], "frechet": [24.0, 24.2, 24.1]},
    }
    assert "lost 58 % of its variety" in lead({"replace": cells}, [{"recall": 0.9, "precision": 0.8, "frechet": 3.0}])
    cells[2]["recall"] = [0.80, 0.50, 0.28]  # p = .12
    assert "distance from the real data" in lead(
        {"replace": cells}, [{"recall": 0.9, "precision": 0.8, "frechet": 3.0}]
    )


def test_a_quality_that_rises_above_real_rows_is_never_a_lead() -> None:
    cells = {
        1: {"recall": [0.80, 0.81, 0.79], "precision": [0.79, 0.80, 0.78]},
        2: {"recall": [0.80, 0.80, 0.80], "precision": [0.95, 0.96, 0.94]},
    }
    assert "quality" not in lead({"replace": cells}, BASELINE)
