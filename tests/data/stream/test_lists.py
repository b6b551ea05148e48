"""Columns of lists of texts: the turns of a talk without roles, as UltraChat and DailyDialog have them, and words."""

import json

import pytest

from autophagy.core.errors import DataError
from reading import read


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"id": "0", "data": ["Is a star hot?", "It is."]}, "Is a star hot?\n\nIt is."),
        ({"id": "d-1", "dialog": ["Hi there!", "Hello to you."], "act": [1, 2]}, "Hi there!\n\nHello to you."),
        ({"id": 1, "tokens": ["The", "enzyme", "binds", "."], "ner_tags": [0, 1, 0, 0]}, "The enzyme binds ."),
        (
            {"doc_key": "d 1", "sentences": [["The", "enzyme", "binds"], ["It", "is", "slow"]], "ner": [[[0, 1]], []]},
            "The enzyme binds\n\nIt is slow",
        ),
        ({"title": "Stars", "text": ["A star is hot.", "It shines."]}, "A star is hot.\n\nIt shines."),
        ({"title": "Stars", "lines": ["A star is hot.", "It shines."]}, "A star is hot.\n\nIt shines."),
        ({"title": "On stars", "tags": ["sky", "night"]}, "On stars"),
        ({"instruction": "Name a colour.", "output": "Red", "tags": ["a b", "c d"]}, "Name a colour.\n\nRed"),
    ],
)
def test_what_a_list_holds_is_the_text_where_nothing_else_is(tmp_path, row, text):
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for _ in range(3)))
    rows, _ = read([tmp_path / "in.jsonl"], tmp_path / "work")
    assert [each["text"] for each in rows] == [text] * 3


def test_lists_of_numbers_are_no_text(tmp_path):
    row = {"input_ids": [1, 2], "names": ["1", "2"]}
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for _ in range(3)))
    with pytest.raises(DataError, match="no column of words"):
        read([tmp_path / "in.jsonl"], tmp_path / "work")
