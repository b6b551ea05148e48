"""The figures of a verdict in words: that they say no more than the intervals decide."""

import pytest

from autophagy.compare.verdict import lead, pays_back, verdict


def arm(name, value, *, reads=False, tuned=False, control=False):
    low, high = (None, None) if value is None else (value - 0.05, value + 0.05)
    correct = {"value": value, "low": low, "high": high}
    return {"arm": name, "correct": correct, "control": control, "reads": reads, "tuned": tuned}


def pair(a, b, value, decisive=True):
    difference = {"value": value, "low": value - 0.1, "high": value + 0.2}
    return {"a": a, "b": b, "difference": difference, "decisive": decisive}


def even(**more):
    known = {"queries": 500.0, "low": 400.0, "high": 700.0, "never": False, "open": False, "unit": "seconds"}
    return known | {"tuned": "full", "context": "context"} | more


ARMS = [arm("closed", 0.9, control=True), arm("context", 0.77, reads=True), arm("full", 0.34, tuned=True)]


@pytest.mark.parametrize(
    ("pairs", "first", "figures"),
    [
        (
            [pair("context", "full", 0.43)],
            "Retrieval gives more right answers than fine-tuning: 77 % against 34 %.",
            "context is right most often, 77 % (72 to 82), ahead of the next best, full, by 43 points, 33 to 63.",
        ),
        (
            [pair("full", "context", -0.43)],
            "Retrieval gives more right answers than fine-tuning: 77 % against 34 %.",
            "context is right most often, 77 % (72 to 82), ahead of the next best, full, by 43 points, 23 to 53.",
        ),
        (
            [pair("context", "full", 0.04, decisive=False)],
            None,
            "context is right most often, 77 % (72 to 82), but its lead over full (4 points, -6 to 24) could be "
            "chance.",
        ),
    ],
)
def test_one_sentence_says_what_is_decided_and_the_next_by_how_much(pairs, first, figures):
    assert lead(ARMS, pairs, "context", "full") == (first and (False, first))
    assert verdict(ARMS, pairs, even()) == f"{figures} {pays_back(even())}"


def test_fine_tuning_that_is_decidedly_better_leads():
    arms = [arm("context", 0.3, reads=True), arm("full", 0.6, tuned=True)]
    told = (True, "Fine-tuning gives more right answers than retrieval: 60 % against 30 %.")
    assert lead(arms, [pair("context", "full", -0.3)], "context", "full") == told


def test_every_arm_that_the_best_is_not_decidedly_ahead_of_is_named():
    """Also one that is neither the best that reads nor the best that is tuned, of which nothing was said before."""
    arms = [*ARMS, arm("both", 0.8, reads=True, tuned=True)]
    pairs = [pair("context", "full", 0.43), pair("context", "both", -0.03, decisive=False), pair("full", "both", -0.46)]
    said = verdict(arms, pairs, even())
    assert "both is right most often, 80 % (75 to 85), but its lead over context (3 points, -17 to 13) could be" in said
    assert "ahead of the next best" not in said


def test_an_arm_without_rivals_and_a_comparison_without_arms():
    nothing = even(tuned=None, context="context")
    assert verdict(ARMS[:2], [pair("closed", "context", 0.1)], nothing) == "context is right on 77 % (72 to 82)."
    assert (
        verdict(ARMS[:1], [], even(tuned=None, context=None)) == "No arm that could be put into service has answered."
    )
    assert "No arm" in verdict([arm("context", None)], [], even(tuned=None, context=None))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({}, "full pays back its preparation against context after 500 queries (95 % interval 400 to 700), counted in"),
        ({"high": None, "open": True}, "after 500 queries (95 % interval 400 to never), counted in seconds."),
        ({"low": None, "high": None}, "after 500 queries, counted in seconds."),
        ({"low": 500.0, "high": 500.0}, "after 500 queries, counted in seconds."),
        ({"queries": 0.0, "low": 0.0, "high": 0.0}, "full costs less than context from the first query on, counted in"),
        ({"queries": 0.0, "low": 0.0}, "from the first query on, counted in seconds (95 % interval at once to 700)."),
        (
            {"queries": None, "low": None, "high": None, "never": True, "open": True},
            "full never pays back its preparation against context, counted in seconds.",
        ),
        (
            {"queries": None, "high": None, "never": True, "open": True, "unit": "money"},
            "counted in money, or after 400 queries at the earliest.",
        ),
        (
            {"queries": None, "low": None, "high": None},
            "It is unknown after how many queries full pays back its preparation against context.",
        ),
    ],
)
def test_the_break_even_is_put_into_words_from_its_numbers(numbers, told):
    assert told in pays_back(even(**numbers))
