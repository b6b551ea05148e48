"""What a message says, where it is no plain text."""

import pytest

from autophagy.answering.message import said


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"title": "Apples", "pages": 3}, '{"title": "Apples", "pages": 3}'),
        ([{"city": "Köln"}], '[{"city": "Köln"}]'),
        ([1, 2], "[1, 2]"),
        (42, "42"),
        (True, "true"),
        ({"type": "text", "text": "Paris"}, "Paris"),
        ([{"type": "text", "text": "Par"}, {"type": "output_text", "text": "is"}], "Paris"),
        ([{"type": "refusal", "refusal": "I cannot say."}], "I cannot say."),
        ([], None),
    ],
)
def test_json_that_a_server_has_read_already_is_the_text_that_the_model_wrote(content, text):
    """Cloudflare sends an object where JSON was asked for; it was taken for parts, and the answer was empty."""
    assert said({"message": {"content": content}}) == (text, "")
