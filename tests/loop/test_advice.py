"""What to do next: the decision follows from what each regime kept and lost, and claims no more."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from autophagy.core.figures import Figure
from autophagy.loop.legend import Legend
from autophagy.loop.verdict import findings

LEGEND = Legend(
    {"recall": Figure("recall", bounds=(0, 1), better="higher", headline=0)},
    {"replace": "only on its own output", "accumulate": "on all data so far"},
)
FALLS, STAYS, SCATTERS = [0.3, 0.31, 0.33], [0.9, 0.91, 0.92], [0.95, 0.6, 0.99]


def run(ends: Mapping[str, Sequence[float]]) -> list[Mapping[str, Any]]:
    """Two generations of each regime; all begin at the same recall."""
    return [
        {"regime": regime, "seed": seed, "generation": generation, "scores": {"recall": value}}
        for regime, values in ends.items()
        for generation, row in ((1, STAYS), (2, values))
        for seed, value in enumerate(row[: len(values)])
    ]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (
            {"replace": FALLS, "accumulate": STAYS},
            "Next: choose trained on all data so far (accumulate), where nothing got worse, and not replace.",
        ),
        (
            {"replace": FALLS, "accumulate": SCATTERS},
            "Next: do not choose replace. More seeds (--seeds) decide whether accumulate keeps the recall.",
        ),
        (
            {"replace": SCATTERS, "accumulate": STAYS},
            "Next: run more seeds (--seeds), for these do not decide what became of the recall.",
        ),
        (
            {"replace": STAYS},
            "Next: nothing got worse, so more generations (--generations) show how long that lasts.",
        ),
    ],
)
def test_the_decision_follows_from_what_was_kept_and_lost(ends: Mapping[str, Sequence[float]], said: str) -> None:
    assert [each.text for each in findings(run(ends), [], LEGEND) if each.about == "next"] == [said]


@pytest.mark.parametrize(
    ("mixtures", "said", "unsaid"),
    [
        ([{"synthetic": 100}], ["accumulate", "fresh"], ["--samples"]),
        ([{"synthetic": 100}, {"fixed": 50, "synthetic": 50}], ["fresh"], ["accumulate", "--samples"]),
        ([{"fresh": 50, "synthetic": 50}], ["accumulate"], ["regime fresh", "--samples"]),
        ([{"fresh": 10, "synthetic": 50}, {"fixed": 5, "synthetic": 50}], ["--samples"], ["accumulate", "fresh"]),
    ],
)
def test_where_all_was_lost_only_what_was_not_tried_is_named(mixtures: Any, said: list[str], unsaid: list[str]) -> None:
    """What was tried is read from the training sets, so that a regime of the user's own counts."""
    own = {f"mine{place}": mixture for place, mixture in enumerate(mixtures)}
    lines = [{**line, "mixture": own[line["regime"]]} for line in run(dict.fromkeys(own, FALLS))]
    (text,) = [each.text for each in findings(lines, [], LEGEND) if each.about == "next"]
    assert all(words in text for words in said)
    assert not any(words in text for words in unsaid)


def test_where_all_lost_something_those_that_kept_the_first_figure_are_preferred() -> None:
    """As the verdict says of recall that two regimes kept it, the advice must not call all three alike."""
    both = Legend(
        {
            "recall": Figure("recall", bounds=(0, 1), better="higher", headline=0),
            "coverage": Figure("coverage", bounds=(0, 1), better="higher", headline=1),
        }
    )
    lines = run({"replace": FALLS, "augment": STAYS, "accumulate": STAYS})
    for line in lines:
        line["scores"]["coverage"] = (STAYS if line["generation"] == 1 else FALLS)[line["seed"]]
        line["mixture"] = {"fixed": 50, "fresh": 10, "synthetic": 50}
    (text,) = [each.text for each in findings(lines, [], both) if each.about == "next"]
    assert text == (
        "Next: prefer augment or accumulate to replace, which lost recall; every regime lost something, so raise the "
        "share of real rows or the rows of a generation (--samples)."
    )


def test_what_decides_nothing_has_no_decision() -> None:
    one_seed = run({"replace": FALLS[:1]})
    one_generation = [line for line in run({"replace": FALLS}) if line["generation"] == 1]
    unknown = run({"replace": [math.nan] * 3})
    for lines in (one_seed, one_generation, unknown):
        assert not any(each.about == "next" for each in findings(lines, [], LEGEND))


def test_three_open_figures_are_a_list() -> None:
    titles = ("recall", "precision", "distance")
    legend = Legend({each: Figure(each, better="higher", headline=n) for n, each in enumerate(titles)}, {})
    lines = [
        {"regime": "replace", "seed": seed, "generation": turn, "scores": dict.fromkeys(titles, value)}
        for turn, row in ((1, STAYS), (2, SCATTERS))
        for seed, value in enumerate(row)
    ]
    (said,) = (each.text for each in findings(lines, [], legend) if each.about == "next")
    assert said.endswith("became of the recall, the precision and the distance.")
