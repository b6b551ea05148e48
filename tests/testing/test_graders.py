"""The contract of graders finds the wrong ones: each grader here breaks one promise, and its check says so."""

import math
import random

import pytest

from autophagy.core import registry
from autophagy.core.decorators import grader
from autophagy.core.errors import UsageError
from autophagy.testing.contract import checks


def good(question, answer):
    """Whether the answer is accepted."""
    return float(answer.text in question.answers) if question.answers else math.nan


def beyond(question, answer):
    """A number of words."""
    return float(len(answer.text.split()))


def worded(question, answer):
    """A mark in words."""
    return "good"


def silent(question, answer):
    """No mark at all."""
    return math.nan


def lucky(question, answer):
    """A mark by chance."""
    return random.random()


def crashes(question, answer):
    """The first letter."""
    return float(answer.text[0] == "A")


def lenient(question, answer):
    """All is right."""
    return 1.0


WRONG = {
    beyond: "marks_lie_between_its_bounds",
    worded: "marks_lie_between_its_bounds",
    silent: "applies_to_some_answer",
    lenient: "right_is_1_and_wrong_is_less",
    lucky: "repeats_itself",
}


@pytest.fixture
def check(monkeypatch):
    """A function that holds one promise against a function, as if a plug-in file had registered it."""
    registry.discover()
    monkeypatch.setattr(registry, "_entries", dict(registry._entries))

    def check(function, case, **facts):
        registry._entries.pop(("grader", "mine"), None)
        grader("mine", **{"decides": True, **facts})(function)
        (one,) = (one for one in checks("grader", "mine") if str(one) == f"mine-{case}")
        one()

    return check


@pytest.mark.parametrize(("function", "case"), WRONG.items(), ids=lambda value: getattr(value, "__name__", value))
def test_a_wrong_grader_is_found(check, function, case):
    with pytest.raises(AssertionError):
        check(function, case)
    check(good, case)


def test_a_grader_that_breaks_on_odd_answers_is_found(check):
    with pytest.raises(IndexError):
        check(crashes, "marks_lie_between_its_bounds")


def test_a_grader_that_marks_what_it_is_not_about_is_found(check):
    case = "marks_what_it_is_about_and_nothing_else"
    check(good, case)
    for about in ("choices", "passages"):
        with pytest.raises(AssertionError, match="where there are no"):
            check(good, case, about=about)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"bounds": (0, math.inf)}, "give two numbers"),
        ({"bounds": (1, 0)}, "give two numbers"),
        ({"bounds": (0, 10), "decides": True}, "cannot decide"),
        ({"better": "more"}, "must be one of higher, lower"),
        ({"about": "everything"}, "must be one of all"),
    ],
)
def test_facts_that_cannot_be_are_refused(facts, told):
    with pytest.raises(UsageError, match=told):
        grader("mine", **facts)(good)
