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
