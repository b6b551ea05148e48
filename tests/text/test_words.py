"""Words: marks stay on their letters, and what is written without blanks is no endless word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.text.chunks import words
from autophagy.text.excerpts import cut
from autophagy.text.words import join, tokenize

CHINESE = "员工每年有三十天假期。工资在月底支付。"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("cafe\u0301 naïve", ["cafe\u0301", "naïve"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("假期。30 Tage", ["假", "期", "。", "30", "Tage"]),
        ("วันลา", ["วั", "น", "ลา"]),
    ],
)
def test_tokens(text, tokens):
    assert tokenize(text) == tokens
    assert join(tokens) == text.replace("。30", "。 30")


@given(st.lists(st.text("aé\u0301假期。、ンวั่เกหिन्.(", min_size=1, max_size=5), max_size=8))
def test_what_is_joined_has_just_these_tokens(parts):
    tokens = tokenize(" ".join(parts))
    assert tokenize(join(tokens)) == tokens


def test_text_without_blanks_is_cut_into_readable_pieces():
    pieces = list(cut(CHINESE * 20, 60))
    assert max(map(words, pieces)) <= 60
    assert "".join(pieces) == CHINESE * 20
    assert all(piece.endswith("。") for piece in pieces)
    thai = "พนักงานมีวันลาสามสิบวันต่อปี" * 20
    pieces = list(cut(thai, 20))
    assert ("".join(pieces), max(map(words, pieces))) == (thai, 20)
