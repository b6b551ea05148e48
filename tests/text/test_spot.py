"""Spots: what is cut off is said, and a passage is shown in the text that shares it."""

from hypothesis import given
from hypothesis import strategies as st

from autophagy.text.spot import around, shared

PASSAGE = "The ferry leaves the harbour at nine and comes back in the evening"


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 60), st.integers(20, 80))
def test_an_excerpt_is_of_the_text_and_no_longer_than_asked(text, start, size, length):
    parts = around(text, min(start, len(text)), start + size, length)
    plain = "".join(part.strip("…") for part in parts)
    assert plain.strip("…") in text
    assert len("".join(parts)) <= length + length // 6 + 2


def test_a_passage_is_shown_where_the_other_text_has_it():
    other = f"{'Before it stand many words. ' * 20}{PASSAGE}, and so on. {'After it, too. ' * 20}"
    assert PASSAGE in shared(other, PASSAGE, 100)
    assert shared(other, "Nothing of the kind", 100) == other[:99] + "…"
    assert shared(other, "", 100) == other[:99] + "…"
    assert shared("short", "", 100) == "short"
