"""No character that hides reaches a page as itself, and no other is changed."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.report.signs import name, visible, words
from autophagy.report.table import Code, Sign
from autophagy.text.unseen import coded

HIDDEN = "\u200b\u200c\u200d\u200e\u202e\u2066\u2069\ufeff\u00ad\u0000\u0007\u001b\u007f\u0085\u2028\u115f\u3164\ufe0f"
TAGS = "\U000e0041\U000e007f\ue000\ud800"


def restored(parts):
    """The text that the parts were made of."""
    codes = re.compile(r"U\+([0-9A-F]{4,6})(?: × (\d+))?")
    whole = ""
    for part in parts:
        found = codes.fullmatch(part.text) if isinstance(part, Sign) else None
        whole += chr(int(found[1], 16)) * int(found[2] or 1) if found else part
    return whole


@given(st.text(st.one_of(st.characters(), st.sampled_from(HIDDEN + TAGS)), max_size=60))
def test_a_text_can_be_told_from_what_is_shown_of_it(text):
    assert restored(visible(text)) == text


@given(st.text(st.one_of(st.characters(), st.sampled_from(HIDDEN + TAGS)), max_size=60))
def test_what_is_shown_holds_no_control_format_or_half_character(text):
    for sign in coded(text):
        assert sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
    coded(text).encode()  # no half of a character, which no page could be written with


@pytest.mark.parametrize("sign", HIDDEN + TAGS)
def test_each_of_them_is_a_sign(sign):
    assert visible(f"a{sign}{sign}b") == ["a", Sign(f"U+{ord(sign):04X} × 2"), "b"]


@pytest.mark.parametrize("text", ["这是一个测试", "هذا نص", "ภาษาไทย", "e\u0301", "🙂", "a\nb\tc", "٪\u0600١"])
def test_texts_of_any_script_stay_as_they_are(text):
    assert visible(text) == [text]


def test_words_between_backticks_are_code():
    assert words("see `autophagy curate\u200b` now") == ["see ", Code(["autophagy curate", Sign("U+200B")]), " now"]


def test_a_long_name_keeps_its_ends():
    shown = "".join(name("a" * 500 + ".jsonl"))
    assert shown.startswith("aaa")
    assert shown.endswith("aaa.jsonl")
    assert len(shown) < 100
