"""Passages told again, and instructions for passages: what is kept of a scripted writer's replies, and why not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.recipe import Draft, PoolRow, Refused, Request
from autophagy.core.registry import build
from autophagy.recipes.backtranslate import Backtranslate
from autophagy.recipes.rephrase import Rephrase
from autophagy.testing.recipes import PASSAGES
from autophagy.text.styles import STYLES

RNG = np.random.default_rng
TOLD = "In 1810 Ada Berg built a mill."
BROKEN = {
    "": "empty",
    " \n\t": "empty",
    "?!": "no words",
    "I'm sorry, but I cannot do that.": "declined",
    "As an AI language model, I have no opinion.": "declined",
    "A mill. <|im_end|> <|im_start|>user What?": "template tokens",
}

# --- rephrase


def told(reply, cut=False):
    recipe = Rephrase()
    (found,) = recipe.read(recipe.ask(PASSAGES[:1], 1, RNG(0))[0], reply, cut=cut)
    return found


@pytest.mark.parametrize(
    "reply",
    [
        TOLD,
        f"  {TOLD}\n",
        f"Sure! Here is the passage, told for a child:\n\n{TOLD}",
        f"```\n{TOLD}\n```",
        f"<passage>\n{TOLD}\n</passage>",
        f"<|im_start|>assistant\n{TOLD}<|im_end|>",
    ],
)
def test_a_passage_is_told_again(reply):
    assert told(reply) == Draft("", "", TOLD, PASSAGES[0].id, 1)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        *BROKEN.items(),
        (f"{PASSAGES[0].instruction.upper()}\n", "the passage itself"),
        (f"<passage>{PASSAGES[0].instruction}</passage>", "the passage itself"),
        ("word " * 20_000, "longer than the passage"),
    ],
)
def test_what_is_no_passage_told_again_is_refused(reply, reason):
    assert told(reply).reason == reason


def test_a_passage_that_was_cut_is_refused():
    assert told(TOLD, cut=True) == Refused("cut", TOLD)


def test_a_passage_takes_all_styles_before_one_again():
    requests = Rephrase().ask(PASSAGES[:2], 20, RNG(1))
    for row in PASSAGES[:2]:
        styles = [request.of["style"] for request in requests if request.shown == (row.id,)]
        assert sorted(styles) == sorted(STYLES)


@pytest.mark.parametrize("styles", ["list+news", "list/news"])
def test_only_the_styles_that_are_named(styles):
    requests = build("recipe", f"rephrase:styles={styles}").ask(PASSAGES, 10, RNG(1))
    assert {request.of["style"] for request in requests} == {"list", "news"}


def test_an_unknown_style_is_refused_before_anything_is_asked():
    with pytest.raises(UsageError, match=r"no style 'lists' \(did you mean 'list'\?\)"):
        build("recipe", "rephrase:styles=news+lists")


# --- backtranslate

RECIPE = Backtranslate()
(ASKED,) = RECIPE.ask(PASSAGES[:1], 1, RNG(0))
WISH = "Tell me how many wheels the mill of Arn has and who built it."


def followed(reply, cut=False):
    (found,) = RECIPE.read(ASKED, reply, cut=cut)
    return found


def rated(reply, recipe=RECIPE, cut=False):
    (found,) = recipe.read(followed(WISH), reply, cut=cut)
    return found


@pytest.mark.parametrize(
    "reply",
    [
        WISH,
        f'"{WISH}"',
        f"Request: {WISH}",
        f"**Instruction:** {WISH}",
        f"1. {WISH}",
        f"Sure, here is the request:\n{WISH}",
        f"```\n{WISH}\n```",
    ],
)
def test_an_instruction_is_rated_before_it_is_kept(reply):
    request = followed(reply)
    assert isinstance(request, Request)
    assert (request.of["instruction"], request.temperature) == (WISH, 0)
    assert WISH in request.text
    assert PASSAGES[0].instruction in request.text


@pytest.mark.parametrize(
    ("reply", "reason"),
    [*BROKEN.items(), ("It was built in 1810 by Ada Berg.", "the passage itself"), ("word " * 20_000, "length")],
)
def test_what_is_no_instruction_is_not_rated(reply, reason):
    assert followed(reply).reason == reason


@pytest.mark.parametrize(
    "reply",
    [
        "5",
        "5/5",
        "Points: 5",
        "It fits.\n**Points:** 5",
        "Score: 3? No.\nPoints: 5 / 5",
        "**5**",
        "I rate: points = 5.",
    ],
)
def test_a_pair_with_all_points_is_kept(reply):
    assert rated(reply) == Draft(WISH, "", PASSAGES[0].instruction, PASSAGES[0].id, 1)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("Points: 4", "rated 4 of 5"),
        ("1", "rated 1 of 5"),
        ("Points: 5, or rather\nPoints: 2/5", "rated 2 of 5"),
        ("Points: 50", "not rated"),
        ("Points: 4.5", "not rated"),
        ("Very good!", "not rated"),
        ("There are 5 wheels.", "not rated"),
        ("", "empty"),
        ("I cannot rate that.", "declined"),
    ],
)
def test_any_other_pair_is_refused(reply, reason):
    assert rated(reply).reason == reason


def test_keep_says_how_many_points_are_enough():
    assert isinstance(rated("Points: 4", Backtranslate(keep=4)), Draft)
    with pytest.raises(UsageError, match="from 1 to 5"):
        build("recipe", "backtranslate:keep=6")


@given(st.sets(st.integers(0, len(PASSAGES) - 1)), st.integers(0, 9), st.integers(0, 99))
def test_a_passage_that_has_its_row_is_not_asked_again(used, n, seed):
    made = [PoolRow(f"m{n}", "Ask.", "", "Text.", True, PASSAGES[n].id, 1) for n in used]
    shown = [request.shown[0] for request in RECIPE.ask([*PASSAGES, *made], n, RNG(seed))]
    assert len(shown) == len(set(shown)) == min(n, len(PASSAGES) - len(used))
    assert not set(shown) & {PASSAGES[n].id for n in used}
