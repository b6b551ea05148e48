"""Rows as frames of three libraries, with the same numbers."""

import math

import pytest

from autophagy.core.errors import MissingExtra, UsageError
from autophagy.results.frames import KINDS, to_frame

ROWS = [
    {"regime": "replace", "generation": 1, "value": 0.5},
    {"regime": 'ünï, "quoted"', "generation": 2, "value": math.nan},
    {"regime": None, "generation": 3, "value": 1.0},
]


@pytest.mark.parametrize("kind", KINDS)
def test_each_library_holds_the_same_rows(kind):
    frame = to_frame(ROWS, kind)
    columns = frame.to_pydict() if kind == "arrow" else {name: list(frame[name]) for name in frame.columns}
    assert list(columns) == ["regime", "generation", "value"]
    assert columns["regime"][:2] == ["replace", 'ünï, "quoted"']
    assert list(columns["generation"]) == [1, 2, 3]
    assert columns["value"][::2] == [0.5, 1.0]
    assert math.isnan(columns["value"][1])


def test_no_rows_are_an_empty_frame():
    assert to_frame([], "arrow").num_rows == 0
    assert len(to_frame([])) == 0


def test_an_unknown_kind_and_a_library_that_is_not_there_are_told_in_a_sentence(monkeypatch):
    with pytest.raises(UsageError, match=r"no frame 'panda' \(did you mean 'pandas'\?\): choose one of"):
        to_frame(ROWS, "panda")
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    with pytest.raises(MissingExtra, match=r"frame\(\"arrow\"\) needs none.*autophagy\[frames\]"):
        to_frame(ROWS, "polars")
