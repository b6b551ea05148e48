"""Cites: what an answer says stands in its passage."""

import pytest

from answered_rows import judge, said

PASSAGE = (
    "The mill of Arn was built in 1830 by Ada Berg, who came from Lohr. It has four wheels, and 1,200 people came to "
    'see it. "Never again," she said.'
)


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("Ada Berg", True),
        ("ada berg.", True),
        ("Otto Berg", False),
        ("1200 people", True),
        ("1300 people", False),
        ("As far as is known it was built by Ada Berg in 1830.", True),
        ("As far as is known it was built by Ada Lohr in 1830.", False),
        ("As far as is known it was built by Ada Berg in 1831.", False),
        ('She is reported to have said "never again" when it was done.', True),
        ('She is reported to have said "always again" when it was done.', False),
        ("As she came from there, this place has a mill and wheels.", None),
        ("yes", None),
        ("", None),
    ],
)
def test_an_answer_is_held_against_its_passage(answer, right):
    assert said("cites", {"output": answer, "passage": PASSAGE}) == [right]


def test_the_input_is_the_passage_where_there_is_no_other():
    rows = [{"output": "Ada Berg", "input": PASSAGE}, {"output": "Ada Berg", "input": PASSAGE, "passage": "Otto."}]
    assert said("cites", *rows, {"output": "Ada Berg"}) == [True, False, None]


def test_what_is_missing_is_told():
    answer = "As far as is known it was built by Ada Lohr in 1830."
    assert judge("cites", {"output": answer, "passage": PASSAGE}).details.tolist() == ["Ada Lohr"]
