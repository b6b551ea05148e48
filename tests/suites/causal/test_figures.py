"""Figures of causal questions, of models whose skill is known."""

import numpy as np
import pytest

from autophagy.suites.causal import GOLDS, RELATIONS, causal, figures

QUESTIONS = causal(360, np.random.default_rng(5), twins="renamed+paraphrased")


def test_a_model_that_knows_letters_alone_does_not_survive_renaming():
    """It is right of every question that names A, and says the next answer of others."""
    said = [one.answers[0] if one.variant != "renamed" else GOLDS[GOLDS.index(one.answers[0]) - 1] for one in QUESTIONS]
    found = figures(QUESTIONS, said)
    assert found["accuracy"]["value"] == found["macro_f1"]["value"] == 1
    assert found["accuracy"]["n"] == 120
    assert found["twins"]["renamed"]["share"]["value"] == 0
    assert found["twins"]["renamed"]["lost"] == 120
    assert found["twins"]["renamed"]["p"] < 1e-30
    assert found["twins"]["paraphrased"]["share"]["value"] == 1
    assert found["twins"]["paraphrased"]["p"] == 1
    assert not found["commonest"]["constant"]


def test_a_model_that_always_says_the_same_is_told():
    found = figures(QUESTIONS, ["entailed"] * len(QUESTIONS))
    assert found["accuracy"]["value"] == pytest.approx(1 / 3)
    assert found["macro_f1"]["value"] == pytest.approx(1 / 6)
    assert found["commonest"] == {"answer": "entailed", "share": 1, "constant": True}


def test_figures_are_by_relation_and_by_size():
    said = [one.answers[0] if one.type != "collider" else None for one in QUESTIONS]
    found = figures(QUESTIONS, said)
    assert set(found["relation"]) == set(RELATIONS)
    assert set(found["variables"]) == {"3", "4", "5"}
    values = {name: each["accuracy"]["value"] for name, each in found["relation"].items()}
    assert values == {name: float(name != "collider") for name in RELATIONS}
    assert sum(each["accuracy"]["n"] for each in found["variables"].values()) == 120


def test_nothing_said_is_no_answer_and_no_questions_are_unknown():
    assert figures(QUESTIONS, [None] * len(QUESTIONS))["commonest"] is None
    assert figures([], [])["accuracy"]["n"] == 0


def test_several_answers_to_one_question_are_held_against_their_own():
    """Each question twice: first all right, then all wrong, twins too."""
    twice = [*QUESTIONS, *QUESTIONS]
    wrong = [GOLDS[GOLDS.index(one.answers[0]) - 1] for one in QUESTIONS]
    said = [*(one.answers[0] for one in QUESTIONS), *wrong]
    found = figures(twice, said, [0] * len(QUESTIONS) + [1] * len(QUESTIONS))
    assert found["twins"]["renamed"]["share"]["value"] == 1
    assert found["twins"]["renamed"]["pairs"] == 240
    assert found["accuracy"]["value"] == 0.5
