"""Numeric: wrong arithmetic of the answer is found, and an answer without arithmetic is unknown, not right."""

import pytest

from answered_rows import judge, said


def test_wrong_arithmetic_is_found_with_its_place_and_none_is_not_right():
    rows = [{"output": text} for text in ("2 + 2 = 4", "First 2 + 2 = 4, then 3 * 3 = 8.", "It is four.", "")]
    assert said("numeric", *rows) == [True, False, None, None]
    assert judge("numeric", *rows).details[1] == "3 * 3 = 8, where the left side is 9"


def test_only_the_answer_is_read():
    assert said("numeric", {"instruction": "Is 2 + 2 = 5?", "output": "No."}) == [None]


@pytest.mark.parametrize(("unknown", "keep"), [("keep", True), ("drop", False)])
def test_what_is_unknown_goes_by_the_rule(unknown, keep):
    assert judge(f"numeric:unknown={unknown}", {"output": "four"}).keep.tolist() == [keep]
