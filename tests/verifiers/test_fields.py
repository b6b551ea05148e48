"""Fields: what a row must have."""

import pytest

from answered_rows import judge, said
from autophagy.core.errors import UsageError

WHOLE = {"instruction": "Name a river.", "output": "The Rhine."}


@pytest.mark.parametrize(
    ("part", "row", "right"),
    [
        ("fields", {}, True),
        ("fields", {"output": " - "}, False),
        ("fields", {"instruction": ""}, False),
        ("fields:needs=instruction+input+output", {}, False),
        ("fields", {"input": "The Rhine.", "output": "The Rhine."}, False),
        ("fields", {"output": "These are:"}, False),
        ("fields", {"output": "def f("}, False),
        ("fields", {"output": "f(x)"}, True),
        ("fields:least=3", {}, False),
        ("fields:most=2", {"output": "one two three"}, False),
        (r"fields:shape=The \w+\.", {}, True),
        (r"fields:shape=The \w+", {}, False),
        (r"fields:shape=\d+\x2c\d", {"output": "12,5"}, True),
    ],
)
def test_what_a_row_must_have(part, row, right):
    assert said(part, WHOLE | row) == [right]


def test_the_reason_is_told():
    assert judge("fields", {"instruction": "a"}).details.tolist() == ["no output"]


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("fields:needs=outptu", "choose from"),
        ("fields:shape=(", "regular expression"),
        ("fields:most=1,least=2", "most"),
    ],
)
def test_wrong_settings_are_one_sentence(part, sentence):
    with pytest.raises(UsageError, match=sentence):
        judge(part, WHOLE)
