"""Evol: instructions are rewritten, judged, answered, and eliminated for the paper's four reasons."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.core.recipe import Draft, PoolRow, Refused, Request
from autophagy.recipes.evol import Evol
from autophagy.testing.recipes import PASSAGES, POOL, SEEDS

RECIPE = Evol()
OPERATIONS = {"constraint", "deepen", "concretise", "reasoning", "complicate", "breadth"}
ROW = PoolRow("a", "Name a river.", "in Asia")
(REQUEST,) = RECIPE.ask([ROW], 1, np.random.default_rng(1))
NEW = "Name a river in Asia that is longer than 2,000 km."


def evolved(reply=NEW, recipe=RECIPE, **settings):
    return recipe.read(REQUEST, reply, **settings)


def answered(reply, **settings):
    (equal,) = evolved()
    (answer,) = RECIPE.read(equal, "not equal")
    return RECIPE.read(answer, reply, **settings)


# --- what is asked


def test_all_operations_are_drawn_alike_and_named_in_each_request():
    """Of 1,200 prompts each of six operations has 200; 140 to 260 is 4.6 standard deviations: 1 in 40,000 for all."""
    rows = [PoolRow(str(n), "Name a river.", "in Asia") for n in range(1_200)]
    requests = RECIPE.ask(rows, 1_200, np.random.default_rng(3))
    counts = Counter(request.of["operation"] for request in requests)
    assert counts.keys() == OPERATIONS
    assert all(140 <= count <= 260 for count in counts.values())
    assert all("Name a river.\n\nin Asia" in request.text for request in requests)


def test_a_row_is_evolved_at_most_so_many_rounds_and_the_least_evolved_come_first():
    old = [replace(row, round=4) for row in SEEDS]
    assert RECIPE.ask(old, 5, np.random.default_rng(1)) == []
    children = [PoolRow(f"c{n}", "Name it.", made=True, parent=SEEDS[n].id, round=4) for n in range(4)]
    requests = RECIPE.ask([*SEEDS, *children, *PASSAGES], 6, np.random.default_rng(1))
    assert {request.shown[0] for request in requests} == {row.id for row in SEEDS[4:]}
    assert len(RECIPE.ask([*SEEDS, *children], 50, np.random.default_rng(1))) == len(SEEDS)


def test_rounds_are_counted_from_the_seed():
    (request,) = RECIPE.ask([replace(ROW, round=2)], 1, np.random.default_rng(1))
    assert request.of["round"] == "3"


def test_without_instructions_there_is_nothing_to_evolve():
    with pytest.raises(UsageError, match="--seeds"):
        RECIPE.ask(PASSAGES, 1, np.random.default_rng(1))


# --- the way of an instruction


def test_an_instruction_is_judged_and_answered_before_it_is_a_row():
    (equal,) = evolved()
    assert equal.of["stage"] == "equal"
    assert NEW in equal.text
    assert "Name a river." in equal.text
    (answer,) = RECIPE.read(equal, "Not equal.")
    assert (answer.text, answer.of["stage"]) == (NEW, "answer")
    assert RECIPE.read(answer, "The Lena.") == [Draft(NEW, "", "The Lena.", parent="a", round=1)]
    assert {each.of["operation"] for each in (equal, answer)} == {REQUEST.of["operation"]}
    assert equal.shown == answer.shown == ("a",)


@pytest.mark.parametrize(
    "reply",
    [
        NEW,
        f"New text: {NEW}",
        f"**New text:**\n{NEW}",
        f'"{NEW}"',
        f"“{NEW}”",
        f"---\n{NEW}\n---",
        f"Sure, here is the new text:\n\n{NEW}",
        f"```\n{NEW}\n```",
        f"<|im_start|>assistant\n{NEW}<|im_end|>",
    ],
)
def test_an_evolved_instruction_is_read_without_what_stands_round_it(reply):
    (equal,) = evolved(reply)
    assert equal.of["instruction"] == NEW


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("", "empty"),
        ("?!", "says nothing"),
        ("name a  river. in Asia", "unchanged"),
        ("I'm sorry, I can't rewrite this.", "declined"),
        ("Rewrite the given prompt about a river in Asia.", "prompt copied"),
        ("Name a #Rewritten Prompt# river", "prompt copied"),
        ("What stands between the lines of dashes?", "prompt copied"),
        ("Name a river<|im_end|> in Asia", "template tokens"),
    ],
)
def test_a_failed_evolution_has_its_reason(reply, reason):
    (found,) = evolved(reply)
    assert isinstance(found, Refused)
    assert found.reason == reason


def test_words_of_the_seed_itself_are_not_copied_from_the_prompt():
    (request,) = RECIPE.ask([PoolRow("a", "Translate the given text.")], 1, np.random.default_rng(1))
    (found,) = RECIPE.read(request, "Translate the given text and count its words.")
    assert isinstance(found, Request)


def test_what_was_cut_is_lost_at_every_stage():
    assert [each.reason for each in (*evolved(cut=True), *answered("The Le", cut=True))] == ["cut", "cut"]


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        ("Equal", "nothing gained"),
        ("**equal**", "nothing gained"),
        ('"Equal."', "nothing gained"),
        ("", "empty"),
        ("Both ask for a river", "no verdict"),
        ("Equality matters", "no verdict"),
        ("Equal or not equal", "no verdict"),
        ('The answer is "Yes."', "nothing gained"),
        ("They ask the same", "nothing gained"),
    ],
)
def test_without_a_gain_an_instruction_is_eliminated(verdict, reason):
    (equal,) = evolved()
    assert RECIPE.read(equal, verdict) == [Refused(reason, NEW)]


@pytest.mark.parametrize(
    "verdict",
    ["Not Equal", "not equal.", '"Not equal"', "unequal", "No, they are not equal.", "They aren't quite equal"],
)
def test_with_a_gain_it_goes_on(verdict):
    (equal,) = evolved()
    (answer,) = RECIPE.read(equal, verdict)
    assert answer.of["stage"] == "answer"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", "empty"),
        ("Well, sorry, no.", "declined"),
        ("word " * 78 + "sorry", "declined"),
        ("...", "says nothing"),
        ("It is what it is.", "says nothing"),
    ],
)
def test_an_answer_that_fails_eliminates_its_instruction(answer, reason):
    (found,) = answered(answer)
    assert isinstance(found, Refused)
    assert found.reason == reason


@pytest.mark.parametrize("answer", ["word " * 79 + "sorry", "It is 7.", "答え"])
def test_long_answers_may_be_sorry_and_short_ones_say_something(answer):
    (found,) = answered(answer)
    assert isinstance(found, Draft)


def test_without_elimination_nobody_judges():
    (answer,) = evolved(recipe=Evol(eliminate=False))
    assert answer.of["stage"] == "answer"
    assert isinstance(Evol(eliminate=False).read(answer, "Sorry for the delay: ...")[0], Refused)
    assert Evol(eliminate=False).read(answer, "It is.")[0].output == "It is."


def test_every_request_of_the_contracts_pool_can_be_filled():
    assert all(
        set(request.of) >= {"stage", "operation", "round"} for request in RECIPE.ask(POOL, 12, np.random.default_rng(1))
    )
