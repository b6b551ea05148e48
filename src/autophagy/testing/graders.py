"""The contract of graders: what every mark must be, so that its mean over questions means something."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.questions import Answer, Question
from ..core.samples import Array

Case = Callable[[Entry, Any], None]

NAMES = Question("names", "Who ruled?", ("Ada Lovelace", "Ada"), ("a.md",))
NUMBERS = Question("numbers", "How many days?", ("30", "thirty"), ("b.md",))
CHOICES = Question("choices", "Which animal?", ("a cat",), ("a.md",), choices=("a dog", "a cat"))
NOWHERE = Question("nowhere", "Who is the director?", type="unanswerable")
RULED = Question("ruled", "Greet me without a comma.", type="ruled", instructions=("no_comma",))
CODED = Question("coded", "Write add(a, b) in Python.", type="coded", tests="assert add(1, 2) == 3")
QUESTIONS = (NAMES, NUMBERS, CHOICES, NOWHERE, RULED, CODED)
RIGHT = {
    "names": "Ada Lovelace",
    "numbers": "30",
    "choices": "a cat",
    "nowhere": "not in the documents",
    "ruled": "Hello there!",
    "coded": "def add(a, b): return a + b",
}
WRONG = {
    "names": "Charles Babbage",
    "numbers": "31",
    "choices": "a dog",
    "nowhere": "Ada Lovelace",
    "ruled": "Hello, you!",
    "coded": "def add(a, b): return a - b",
}
PASSAGES = ("c.md#1", "a.md#2", "b.md#1")
ODD = (
    "",
    " \n\t",
    "?!",
    "Ada " * 2_000,
    "答えはありません。",
    "\x00\ufffd",
    "I do not know, but I think: 30.",
    "-1e999",
)


def answered(texts: dict[str, str], passages: tuple[str, ...] = PASSAGES) -> list[tuple[Question, Answer]]:
    """Each question with its answer of those texts."""
    return [
        (question, Answer(question.id, texts[question.id], passages, tokens_in=9, tokens_out=3, seconds=0.1))
        for question in QUESTIONS
    ]


def exercise(grader: Any) -> list[Array]:
    """The marks of right and of wrong answers."""
    return [np.array([grader(*pair) for pair in answered(texts)], float) for texts in (RIGHT, WRONG)]


def _marks_lie_between_its_bounds(entry: Entry, grader: Any) -> None:
    """However odd the answer: empty, very long, in another script, or a number beyond all numbers."""
    odd = [(question, Answer(question.id, text)) for question in QUESTIONS for text in ODD]
    for question, answer in (*answered(RIGHT), *answered(WRONG), *odd):
        mark = grader(question, answer)
        what = f"the mark of {answer.text[:20]!r} to {question.text!r} is {mark!r}"
        assert isinstance(mark, float | int), f"{what}: return a number"
        assert math.isnan(mark) or _low(entry) <= mark <= _high(entry), f"{what}, which is out of its bounds"


def _applies_to_some_answer(entry: Entry, grader: Any) -> None:
    marks = [grader(*pair) for texts in (RIGHT, WRONG) for pair in answered(texts)]
    assert not all(map(math.isnan, marks)), "it marks no answer at all"


def _marks_what_it_is_about_and_nothing_else(entry: Entry, grader: Any) -> None:
    """A mean is over the answers that have a mark: one that cannot have any has NaN, and not 0."""
    about = entry.facts.about if entry.facts else "all"
    for question, answer in answered(RIGHT, () if about == "passages" else PASSAGES):
        if about == "passages" or (about == "choices" and not question.choices):
            mark = grader(question, answer)
            assert math.isnan(mark), f"it marks {question.text!r} with {mark} where there are no {about}"


def _right_is_1_and_wrong_is_less(entry: Entry, grader: Any) -> None:
    """Where it says what is right."""
    if not (entry.facts and entry.facts.decides):
        return
    for texts, right in ((RIGHT, True), (WRONG, False)):
        for question, answer in answered(texts):
            mark = grader(question, answer)
            assert math.isnan(mark) or (mark == 1) == right, f"{answer.text!r} to {question.text!r} gets {mark}"


def _low(entry: Entry) -> float:
    return entry.facts.bounds[0] if entry.facts else 0.0


def _high(entry: Entry) -> float:
    return entry.facts.bounds[1] if entry.facts else 1.0


GRADER: tuple[Case, ...] = (
    _marks_lie_between_its_bounds,
    _applies_to_some_answer,
    _marks_what_it_is_about_and_nothing_else,
    _right_is_1_and_wrong_is_less,
)
