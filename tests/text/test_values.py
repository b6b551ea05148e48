"""Values in an answer: numbers beyond all numbers are words, and end no comparison."""

import pytest

from autophagy.core.questions import Answer, Question
from autophagy.graders.correct import correct
from autophagy.text.values.tokens import tokens


@pytest.mark.parametrize(
    "text", ["-1e999", "1/0", "3 1/0", f"{'9' * 5000}", f"10^{'9' * 50}", "1e" + "9" * 5000, "99/99/99999"]
)
def test_a_number_beyond_all_numbers_is_read_to_its_end(text):
    assert tokens(f"It is {text}, I think.")
    assert correct(Question("q", "How many?", ("5",)), Answer("q", f"It is {text}.")) == 0


@pytest.mark.parametrize(
    ("gold", "said"), [("second class", "Second-class."), ("well-known", "well known"), ("21", "twenty-one")]
)
def test_a_hyphen_between_words_is_a_blank(gold, said):
    assert correct(Question("q", "Which?", (gold,)), Answer("q", said)) == 1


@pytest.mark.parametrize(("gold", "said"), [("x-ray", "x"), ("C-3", "C 4"), ("re-sign", "design")])
def test_a_hyphen_joins_what_it_joined(gold, said):
    assert correct(Question("q", "Which?", (gold,)), Answer("q", said)) == 0
