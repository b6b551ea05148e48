"""JSON that is broken: a mistake in one object costs that object, is told with its line, and no part is a row."""

import json

import pytest

from autophagy.core.errors import Unreadable
from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.questions import read_questions
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
