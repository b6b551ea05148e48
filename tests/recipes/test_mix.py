"""A mix shares the calls among recipes, and each of them reads the replies to its own."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.recipe import Request
from autophagy.core.registry import build
from autophagy.testing.recipes import POOL, SEEDS


def names(requests):
    return Counter(request.of["recipe"] for request in requests)


@given(st.lists(st.integers(1, 9), min_size=3, max_size=3), st.integers(0, 60), st.integers(0, 99))
def test_every_recipe_has_its_share_but_for_rounding(shares, n, seed):
    mix = build("recipe", f"mix:of=alpaca+rephrase+magpie,shares={'+'.join(map(str, shares))}")
    requests = mix.ask(POOL, n, np.random.default_rng(seed))
    assert len(requests) == n
    for name, share in zip(("alpaca", "rephrase", "magpie"), shares, strict=True):
        assert abs(names(requests)[name] - n * share / sum(shares)) < 1


def test_rounding_favours_no_recipe():
    """One call to share by 1 to 3, 400 times: 60 to 140 times the first, or 1 false alarm in 100,000."""
    mix = build("recipe", "mix:of=alpaca+magpie,shares=1+3")
    drawn = Counter(mix.ask(POOL, 1, np.random.default_rng(n))[0].of["recipe"] for n in range(400))
    assert 60 <= drawn["alpaca"] <= 140


def test_a_reply_is_read_by_the_recipe_that_asked():
    mix = build("recipe", "mix:of=magpie+textbook")
    for request in mix.ask(SEEDS, 2, np.random.default_rng(0)):
        inner = build("recipe", request.of["recipe"])
        found = mix.read(request, "Name three rivers of Asia.")
        alone = inner.read(request, "Name three rivers of Asia.")
        follow = one(each for each in found if isinstance(each, Request))
        assert [type(each) for each in found] == [type(each) for each in alone]
        assert follow.of["recipe"] == request.of["recipe"]
        assert mix.read(follow, "Indus") == inner.read(follow, "Indus")


def one(each):
    (only,) = each
    return only


def test_recipes_of_a_mix_have_settings():
    mix = build("recipe", "mix:of=alpaca:shots=1;per_call=7+rephrase:styles=list/news")
    requests = mix.ask(POOL, 20, np.random.default_rng(0))
    assert set(names(requests)) == {"alpaca:shots=1,per_call=7", "rephrase:styles=list/news"}
    assert {len(request.shown) for request in requests} == {1}
    assert {request.of["style"] for request in requests if "style" in request.of} == {"list", "news"}


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("mix:of=alpaca+rephrse", "no recipe 'rephrse'.*did you mean 'rephrase'"),
        ("mix:of=alpaca:shot=1", "no setting 'shot'"),
        ("mix:of=alpaca+mix", "cannot hold a mix"),
        ("mix:of=alpaca+alpaca", "names a recipe twice"),
        ("mix:of=alpaca+magpie,shares=1+0", "2 numbers above 0"),
        ("mix:of=alpaca+magpie,shares=1+2+3", "2 numbers above 0"),
        ("mix:of=alpaca+magpie,shares=half+half", "2 numbers above 0"),
    ],
)
def test_a_mix_that_cannot_be_is_refused(part, sentence):
    with pytest.raises(UsageError, match=sentence):
        build("recipe", part)


def test_a_recipe_that_lacks_its_rows_says_so():
    with pytest.raises(UsageError, match="rephrase works on passages"):
        build("recipe", "mix:of=alpaca+rephrase").ask(SEEDS, 4, np.random.default_rng(0))


def test_no_recipe_is_always_asked_first():
    """The rows of the first calls are kept where no more are wanted: 14 to 46 of 60, or 1 in 30,000."""
    mix = build("recipe", "mix:of=alpaca+magpie")
    first = Counter(mix.ask(POOL, 20, np.random.default_rng(n))[0].part for n in range(60))
    assert 14 <= first["alpaca"] <= 46
