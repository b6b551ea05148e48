"""Openings: the verb with which the next task begins is one that few made rows have."""

from collections import Counter

import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.core.recipe import Draft, PoolRow, Request
from autophagy.core.registry import build
from autophagy.recipes.openings import opened, openings
from autophagy.text.verbs import VERBS

TEXTS = ["Write a poem.", "Write a letter.", "Name three rivers.", "Please sort the words.", "What is a river?"]
SEEDS = [PoolRow(f"s{n}", text, "", "Done.") for n, text in enumerate(TEXTS)]
MADE = [PoolRow(f"{n}/1", f"Write line {n}.", "", "Done.", True) for n in range(5)]


def rng(seed=0):
    return np.random.default_rng(seed)


def test_verbs_of_the_seeds_that_no_made_row_has_come_first_and_in_turn():
    assert Counter(openings("seeds", [*SEEDS, *MADE], 4, rng())) == {" Name": 2, " Sort": 2}
    assert Counter(openings("seeds", SEEDS, 6, rng())) == {" Name": 2, " Sort": 2, " Write": 2}


def test_all_known_verbs_are_used_once_before_any_is_used_again():
    drawn = openings("all", [*SEEDS, *MADE], len(VERBS) - 1, rng())
    assert len({*drawn}) == len(drawn)
    assert " Write" not in drawn


def test_the_same_random_numbers_give_the_same_verbs_and_others_others():
    assert openings("all", SEEDS, 9, rng(1)) == openings("all", SEEDS, 9, rng(1)) != openings("all", SEEDS, 9, rng(2))


def test_without_a_wish_or_a_verb_nothing_is_begun():
    assert openings("free", SEEDS, 3, rng()) == openings("seeds", SEEDS[4:], 3, rng()) == [""] * 3


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("the words by length.", "Sort the words by length."),
        ("Sort the words.", "Sort the words."),
        ("9. Sort the words.", "9. Sort the words."),
        ("Instruction: Sort the words.", "Instruction: Sort the words."),
        ("sorting is fun", "Sort sorting is fun"),
    ],
)
def test_a_reply_goes_on_with_the_verb_unless_it_begins_anew(reply, text):
    assert opened(" Sort", reply) == text
    assert opened("", reply) == reply


def test_a_task_that_was_begun_is_read_whole_by_both_recipes():
    (request,) = build("recipe", "alpaca:opening=seeds").ask([*SEEDS, *MADE, MADE[0]], 1, rng(3))
    verb = request.of["opening"].strip()
    assert request.text.endswith(f"Instruction: {verb}")
    (row,) = build("recipe", "alpaca").read(request, "the planets by size.\nInput: Mars, Venus\nOutput: Venus, Mars")
    assert row == Draft(f"{verb} the planets by size.", "Mars, Venus", "Venus, Mars")
    recipe = build("recipe", "self_instruct:opening=seeds,classification=no")
    (request,) = recipe.ask([*SEEDS, *MADE], 1, rng(3))
    verb = request.of["opening"].strip()
    assert request.text.endswith(f". {verb}")
    first, second = recipe.read(request, "the planets by size.\n10. Draw a circle of words.")[:2]
    assert isinstance(first, Request)
    assert first.of["instruction"] == f"{verb} the planets by size."
    assert verb not in (second.of["instruction"] if isinstance(second, Request) else second.text)


def test_a_way_that_does_not_exist_is_one_sentence():
    for name in ("alpaca", "self_instruct"):
        with pytest.raises(UsageError, match="opening must be one of free, seeds, all"):
            build("recipe", f"{name}:opening=some")
