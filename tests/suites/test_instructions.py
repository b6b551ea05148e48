"""The suite of instructions: every type, none beside one that it excludes, and prompts that ask for what is checked."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.core.parts import Part
from autophagy.core.registry import build, built_in, entries, find
from autophagy.text.instructions import conflict, parse

KINDS = {name: entry.thing for name, entry in entries("instruction").items() if built_in(entry)}


def drawn(n=200, seed=0, **settings):
    return build("suite", Part("instructions", settings))(n, np.random.default_rng(seed))


def test_every_type_is_the_main_one_equally_often():
    counts = Counter(question.type for question in drawn(250))
    assert set(counts) == set(KINDS)
    assert set(counts.values()) == {10}


def test_no_two_instructions_exclude_each_other():
    for question in drawn():
        found = [parse(text) for text in question.instructions]
        assert found[0].name == question.type
        assert not any(conflict(one, other) for one, other in combinations(found, 2)), question.instructions


def test_a_prompt_says_what_its_answer_must_obey():
    for question in drawn():
        assert question.text.split("\n")[1:] == [parse(text).sentence for text in question.instructions]


def test_words_that_are_asked_for_are_never_forbidden():
    for question in drawn(400):
        found = {(each := parse(text)).name: each for text in question.instructions}
        asked = {*getattr(found.get("keywords"), "words", ()), getattr(found.get("keyword"), "word", "")}
        assert not asked & set(getattr(found.get("forbidden"), "words", ()))


def test_how_many_and_which():
    assert {len(question.instructions) for question in drawn()} == {1, 2, 3}
    assert {len(question.instructions) for question in drawn(most=1)} == {1}
    left = {
        parse(text).name for question in drawn(without="language;capitals;lowercase") for text in question.instructions
    }
    assert left == KINDS.keys() - {"language", "capitals", "lowercase"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"most": 0}, "give most=1"),
        ({"without": "languages"}, "did you mean 'language'"),
        ({"without": ";".join(KINDS)}, "name fewer"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(settings, said):
    with pytest.raises(UsageError, match=said):
        drawn(3, **settings)


def test_its_rules_are_the_strict_and_the_loose_check():
    task = find("suite", "instructions").facts
    assert (str(task.strict), str(task.lenient)) == ("instructions", "instructions:loose=True")
