"""Words: a story holds the words that it was asked for, is asked for once more, and then refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.core.recipe import Draft, PoolRow, Refused
from autophagy.recipes.forms import absent, forms
from autophagy.recipes.vocabulary import read_vocabulary, words_of
from autophagy.recipes.words import Words
from autophagy.testing.recipes import POOL

LINES = "# mine\nnoun: boat, river\n\nVerbs: run\nadjective: happy, big\nnoun: boat, ice cream\n"


@pytest.fixture
def vocabulary(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text(LINES, encoding="utf-8")
    return str(path)


@pytest.fixture
def recipe(vocabulary):
    return Words(vocabulary=vocabulary)


@pytest.fixture
def request_(tmp_path):
    path = tmp_path / "three.txt"
    path.write_text("noun: boat\nverb: run\nadjective: happy\n", encoding="utf-8")
    return Words(vocabulary=str(path)).ask(POOL, 1, np.random.default_rng(1))[0]


# --- words


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("run", "runs running runner ran"),
        ("happy", "happier happiest happily"),
        ("big", "bigger biggest"),
        ("bake", "bakes baked baking baker"),
        ("cry", "cries cried crying"),
        ("box", "boxes boxed boxing"),
        ("play", "played playing plays"),
        ("go", "went gone goes going"),
        ("mouse", "mice"),
        ("simple", "simply simpler"),
        ("slow", "slowly slower"),
    ],
)
def test_a_word_is_found_in_its_forms(word, told):
    assert set(told.split()) <= forms(word)
    assert word in forms(word)


@pytest.mark.parametrize(
    ("word", "other"), [("run", "rune"), ("cat", "catalogue"), ("big", "bigot"), ("sing", "single")]
)
def test_a_longer_word_is_none_of_its_forms(word, other):
    assert absent((word,), f"a {other} here") == [word]


def test_words_of_several_parts_are_sought_whole():
    assert absent(("ice cream",), "We ate ice creams.") == []
    assert absent(("ice cream",), "Cream on ice.") == ["ice cream"]


def test_the_file_of_words(vocabulary):
    assert read_vocabulary(vocabulary) == {
        "noun": ["boat", "river", "ice cream"],
        "verb": ["run"],
        "adjective": ["happy", "big"],
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("boat, river", "line 1"),
        ("noun: a\nadverb: well", "line 2"),
        ("noun: a\nverb: b", "no adjective"),
        ("", "no noun"),
    ],
)
def test_a_file_that_is_none_is_told(text, told, tmp_path):
    path = tmp_path / "w.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((DataError, UsageError), match=told):
        read_vocabulary(str(path))
    with pytest.raises(DataError, match="cannot be read"):
        read_vocabulary(str(tmp_path / "none.txt"))


def test_words_of_texts_are_told_by_their_place():
    found = words_of(["Describe the old red boat.", "She can swim to the shore, and he was very happy."])
    assert found == {"noun": ["boat", "shore"], "verb": ["describe", "swim"], "adjective": ["happy", "old", "red"]}
    with pytest.raises(UsageError, match="vocabulary=PATH"):
        words_of(["1 2 3"])


# --- prompts


def test_prompts_name_the_words_and_a_random_few_features(recipe):
    requests = recipe.ask(POOL, 40, np.random.default_rng(1))
    for request in requests:
        assert all(request.of[kind] in request.text for kind in ("noun", "verb", "adjective"))
    assert {request.of["noun"] for request in requests} == {"boat", "river", "ice cream"}
    chosen = [request.of["features"] for request in requests]
    assert {"", "dialogue", "twist", "bad_ending", "moral"} <= {part for each in chosen for part in each.split("+")}
    assert len(set(chosen)) > 5


def test_features_may_be_chosen_and_are_checked(vocabulary):
    (request,) = Words(vocabulary=vocabulary, features="none").ask(POOL, 1, np.random.default_rng(1))
    assert request.of["features"] == ""
    with pytest.raises(UsageError, match="did you mean 'twist'"):
        Words(features="twits")


def test_without_a_file_words_come_from_the_seeds_alone():
    rows = [PoolRow("a", "Describe the old boat."), PoolRow("b", "Paint the new house.", made=True)]
    (request,) = Words().ask(rows, 1, np.random.default_rng(1))
    assert (request.of["verb"], request.of["adjective"], request.of["noun"]) == ("describe", "old", "boat")


# --- stories


def test_a_story_with_all_words_in_any_form_is_a_row(request_):
    story = "Tom ran to the boats. He was the happiest boy."
    assert Words().read(request_, f"Sure! Here is a story:\n\n{story}") == [Draft("", "", story)]


def test_missing_words_are_asked_for_once_and_then_refused(request_):
    (again,) = Words().read(request_, "Tom saw a boat.")
    assert again.of["stage"] == "again"
    assert '"run" and "happy"' in again.text
    assert "Tom saw a boat." in again.text
    assert request_.text in again.text
    assert Words().read(again, "Tom saw a boat.") == [Refused("words missing", "Tom saw a boat.")]
    assert Words().read(again, "Happy Tom runs to a boat.") == [Draft("", "", "Happy Tom runs to a boat.")]
    assert Words(must_use=False).read(request_, "Tom saw.") == [Draft("", "", "Tom saw.")]


@pytest.mark.parametrize(
    ("reply", "cut", "reason"),
    [
        ("", False, "empty"),
        ("Tom ran to a boat. He was hap", True, "cut"),
        ("I'm sorry, I cannot write stories.", False, "declined"),
        ("Happy Tom ran to a boat.<|im_end|>\n<|im_start|>user\nMore!", False, "template tokens"),
    ],
)
def test_a_broken_story_has_its_reason(request_, reply, cut, reason):
    (found,) = Words().read(request_, reply, cut=cut)
    assert isinstance(found, Refused)
    assert found.reason == reason


@given(st.sampled_from(["run", "happy", "boat", "cry", "bake"]), st.data())
def test_every_form_counts_as_the_word(word, data):
    form = data.draw(st.sampled_from(sorted(forms(word))))
    assert absent((word,), f"The {form.upper()}, it was.") == []
