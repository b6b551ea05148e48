"""Instruction following: how the checks of a question's instructions become one mark."""

import math

import pytest

from autophagy.core.questions import Answer, Question
from autophagy.graders.correct import correct
from autophagy.graders.exact import exact
from autophagy.graders.instructions import instructions, variants
from autophagy.text.instructions import attach


def asked(*names):
    return Question("q", "Say something.", instructions=names)


def mark(text, *names, **settings):
    return instructions(asked(*names), Answer("q", text), **settings)


def test_every_instruction_must_be_followed():
    assert mark("one two three", "no_comma", "words:least=3") == 1
    assert mark("one two", "no_comma", "words:least=3") == 0
    assert mark("one, two, three", "no_comma", "words:least=3") == 0


def test_each_is_the_share_that_is_followed():
    assert mark("one two", "no_comma", "words:least=3", each=True) == 0.5
    assert mark("one two three", "no_comma", "words:least=3", each=True) == 1


def test_nothing_is_known_without_instructions_or_of_an_answer_that_failed():
    assert math.isnan(mark("one two"))
    assert math.isnan(instructions(asked("no_comma"), Answer("q", "", error="the endpoint failed")))


@pytest.mark.parametrize("loose", [False, True])
@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_answer_follows_nothing(text, loose):
    assert mark(text, "no_comma", loose=loose) == 0
    assert mark(text, "words:most=5", "no_comma", loose=loose, each=True) == 0


def test_the_eight_readings_of_an_answer():
    found = list(variants("*a*\n*b*\n*c*"))
    assert sorted(found) == sorted(
        ["*a*\n*b*\n*c*", "*b*\n*c*", "*a*\n*b*", "*b*", "a\nb\nc", "b\nc", "a\nb", "b"],
    )
    assert list(variants("a")) == ["a", ""]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sure, here it is:\nno comma at all", "no_comma"),
        ("no comma at all\nHope this helps, friend!", "no_comma"),
        ("Sure, here:\nno comma at all\nBye, bye!", "no_comma"),
        ('**"Hello there."**', "quoted"),
        ('Sure!\n*"Hello there."*', "quoted"),
    ],
)
def test_loosely_a_line_around_the_answer_and_asterisks_do_not_count(text, name):
    assert mark(text, name) == 0
    assert mark(text, name, loose=True) == 1


def test_loosely_one_reading_must_follow_an_instruction_and_another_may_follow_the_next():
    text = "Sure, a few words\nhello"
    assert mark(text, "no_comma", "words:least=5", loose=True) == 1


def test_what_is_right_by_rule_is_no_abstention():
    question = attach(Question("q", "Say something."), ["no_comma"])
    assert correct(question, Answer("q", "I do not know.")) == 1
    assert correct(question, Answer("q", "Well, I do not know.")) == 0
    assert math.isnan(exact(question, Answer("q", "I do not know.")))
