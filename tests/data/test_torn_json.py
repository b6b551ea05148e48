"""JSON that is broken: a mistake in one object costs that object, is told with its line, and no part is a row."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import Unreadable
from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.questions import read_questions
from autophagy.data.readers import torn as room
from reading import read as stream

ROWS = [
    {"question": f"How much is {i}?", "answers": [f"just {i}", str(i)], "text": f"Just {i} it is."} for i in range(40)
]
WRONG = '"just 7"', '"just 7""'


def read(path):
    return [*map(str, load(str(path)).samples.x)]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_mistake_costs_its_object_alone(tmp_path, indent):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(ROWS, indent=indent).replace(*WRONG))
    left = [row["text"] for row in ROWS if row["text"] != "Just 7 it is."]
    line = 1 + 8 * 7 + 4 if indent else 1
    found = load(str(path))
    assert ([*map(str, found.samples.x)], found.unreadable) == (left, 1)
    assert any(f"being no JSON object, the first in row 8: line {line}, expecting ','" in note for note in found.notes)
    questions, notes = read_questions(path)
    assert [question.text for question in questions] == [row["question"] for row in ROWS if row["text"] in left]
    assert notes[0].startswith("1 of 40 rows was set aside")
    assert "first is row 8" in notes[0]
    assert f"line {line}" in notes[0]
    assert [*map(str, read_documents(str(path)).samples.x)] == left
    rows, told = stream([path], tmp_path / "work")
    assert ([row["text"] for row in rows], told.unreadable) == (left, 1)


def test_a_brace_too_few_costs_its_object_alone(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(ROWS, indent=1).replace("\n },", "", 1))
    assert read(path) == [row["text"] for row in ROWS[1:]]


def test_what_is_behind_and_cannot_be_told_apart_is_told(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"text": "a b"}, {"text": "c d"}, {"text": }, {"name": "e"}, {"name": "f"}]')
    found = load(str(path))
    assert found.unreadable == 2
    assert any("for standing behind broken JSON" in note for note in found.notes)


def test_values_one_after_the_other_go_on_behind_a_broken_one(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("\n".join(json.dumps(row, indent=1) for row in ROWS).replace(*WRONG))
    assert len(read(path)) == 39


def test_a_broken_object_around_the_rows_is_one_sentence(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"version": 1, "data": ROWS}, indent=1).replace(*WRONG))
    for reader in (load, read_questions):
        with pytest.raises(Unreadable, match=r"a\.json is broken JSON \(line 63, expecting ',' delimiter at .*mend it"):
            reader(str(path))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.sampled_from(["", " ", ",", "]", "\n{"]), st.integers(1, 9), st.integers(0, 40))
def test_a_value_is_the_same_through_a_small_window(value, behind, window, broken):
    """Also a number or a word that the window cuts; where the value is broken, it breaks in the same place."""
    text = json.dumps(value, indent=1) + behind
    if broken < len(text):
        text = text[:broken] + "%" + text[broken:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "WINDOW", window)
        patch.setattr(room, "WIDER", 2)
        through = room._decoded(text, 0)
    assert repr(through) == repr(whole_decoded(text))


def whole_decoded(text):
    try:
        return room.DECODER.raw_decode(text)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text) - 1 or error.msg.startswith("Unterminated")
        shown = " ".join(text[error.pos : error.pos + 20].split()) or "its end"
        wrong = f"{error.msg[0].lower()}{error.msg[1:].removesuffix(' at')} at {shown}"
        return room.Mistake(error.lineno, wrong, cut), 0
