"""Texts as bytes, one after the other, and in parts."""

from hypothesis import example, given
from hypothesis import strategies as st

from autophagy.core.encoded import encoded

ANY = st.text(st.characters(), max_size=20)  # half characters among them


@given(st.lists(ANY, max_size=8))
@example(["\ud800", "", "é"])
def test_every_text_comes_back(texts):
    made = encoded(texts)
    assert [made.text(row) for row in range(len(made))] == texts
    assert [bytes(each) for each in made.each()] == [made.raw(row) for row in range(len(made))]


@given(st.lists(ANY, min_size=1, max_size=12), st.integers(1, 50))
def test_the_parts_hold_all_texts_once_and_no_more_bytes_than_allowed_but_for_one_text(texts, size):
    parts = list(encoded(texts).parts(size))
    assert [part.text(row) for part in parts for row in range(len(part))] == texts
    for part in parts:
        assert part.ends[-1] - part.ends[0] <= size or len(part) == 1


def test_no_text_is_one_part_without_any():
    assert [len(part) for part in encoded([]).parts(10)] == [0]
