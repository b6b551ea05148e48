"""The contract of readings and of suites: what is read of any answer, and what questions a suite may ask."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.questions import Answer, Question
from ..core.samples import Array
from .fixtures import rng
from .graders import NAMES, NUMBERS, ODD, QUESTIONS, RIGHT, answered

Case = Callable[[Entry, Any], None]

ASKED = 24  # questions of a suite


def read(reading: Any) -> list[Array]:
    """What is read of right and odd answers, "" where nothing is."""
    texts = [reading(question, Answer(question.id, text)) or "" for question in QUESTIONS for text in ODD]
    return [np.array([*texts, *(reading(*pair) or "" for pair in answered(RIGHT))], np.dtypes.StringDType())]


def asked(suite: Any) -> list[Array]:
    """The ids and texts of a suite's questions."""
    questions = suite(ASKED, rng())
    return [np.array([getattr(each, name) for each in questions], np.dtypes.StringDType()) for name in ("id", "text")]


def _reads_a_text_or_nothing(entry: Entry, reading: Any) -> None:
    """However odd the answer, and nothing where there is no answer."""
    for question in (NAMES, NUMBERS):
        for text in ODD:
            found = reading(question, Answer(question.id, text))
            assert found is None or (isinstance(found, str) and found), f"of {text[:20]!r} it reads {found!r}"
        assert reading(question, Answer(question.id, "")) is None, "it reads an answer where there is none"


def _reads_no_less_leniently(entry: Entry, reading: Any) -> None:
    lenient = entry.build({"lenient": True})
    for question in QUESTIONS:
        for text in (*ODD, *RIGHT.values(), r"So it is \boxed{30}.", "[Yes]", "(A) a dog", "#### 30", "30"):
            answer = Answer(question.id, text)
            strict = entry.build({})(question, answer)
            assert strict in (None, lenient(question, answer)), f"leniently it reads less of {text[:20]!r}"


def _asks_as_many_as_are_wanted(entry: Entry, suite: Any) -> None:
    questions = suite(ASKED, rng())
    assert len(questions) == ASKED == len({each.id for each in questions}), "ids repeat, or the number is another"
    assert all(isinstance(each, Question) and each.text.strip() for each in questions)
    assert all(each.answers or each.instructions or each.tests for each in questions), "nothing says what is right"
    assert suite(0, rng()) == [], "it asks what was not wanted"


def _other_random_numbers_ask_otherwise(entry: Entry, suite: Any) -> None:
    assert suite(ASKED, rng()) != suite(ASKED, np.random.default_rng(12)), "the random numbers change nothing"


def _no_answer_is_always_right(entry: Entry, suite: Any) -> None:
    """A model that always says the same must not look able."""
    golds = [each.answers[0] for each in suite(ASKED, rng()) if each.answers]
    assert len(set(golds)) > 1 or not golds, f"every answer is {golds[0]!r}"


READING: tuple[Case, ...] = (_reads_a_text_or_nothing, _reads_no_less_leniently)
SUITE: tuple[Case, ...] = (
    _asks_as_many_as_are_wanted,
    _other_random_numbers_ask_otherwise,
    _no_answer_is_always_right,
)
