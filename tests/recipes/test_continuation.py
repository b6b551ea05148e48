"""The recipe continue: beginnings of seeds, and what is a row of what goes on behind them."""

import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.core.recipe import Draft, PoolRow, Refused
from autophagy.recipes.continuation import CUT, Continue

SEED = PoolRow("a", "Once there was a small boat.", "", "It sailed far away. It came home.")
SHORT = PoolRow("b", "Go home now.")


def asked(recipe, *pool):
    (request,) = recipe.ask(pool, 1, np.random.default_rng(0))
    return request


@pytest.mark.parametrize(("opening", "text"), [(0, ""), (3, "Once there was"), (100, "Once there was a small boat.")])
def test_a_prompt_is_the_first_words_of_a_seeds_first_line(opening, text):
    request = asked(Continue(opening), SEED)
    assert (request.text, request.complete, request.shown) == (text, True, ("a",))


def test_of_a_short_seed_no_more_than_half_is_given():
    assert asked(Continue(), SHORT).text == "Go"


@pytest.mark.parametrize(
    ("reply", "row"),
    [("a whale.", "Once there was a whale."), (", then, a whale.", "Once there was, then, a whale.")],
)
def test_a_row_is_the_beginning_and_what_goes_on_behind_it(reply, row):
    assert Continue().read(asked(Continue(), SEED), reply) == [Draft("", "", row)]


def test_a_reply_that_did_not_end_is_cut_back_to_the_sentences_of_a_seeds_length():
    request = asked(Continue(), SEED)  # a seed of 13 words
    reply = "a whale. It was big. It sang all night long. It went away and never"
    (draft,) = Continue().read(request, reply, cut=True)
    assert draft == Draft("", "", "Once there was a whale. It was big. It sang all night long.", mended=CUT)
    assert len(draft.output.split()) == 13
    assert Continue().read(request, "a whale and a", cut=True) == [Refused("cut", "Once there was a whale and a")]


def test_made_rows_are_not_gone_on_with():
    with pytest.raises(UsageError, match="give --seeds or --documents"):
        Continue().ask([PoolRow("m", "made", made=True)], 1, np.random.default_rng(0))


def test_a_model_learns_the_whole_texts_of_seeds_and_passages():
    passage = PoolRow("d#1", "A passage.", source="d")
    assert Continue().passages([SEED, passage]) == [
        "Once there was a small boat.\n\nIt sailed far away. It came home.",
        "A passage.",
    ]
