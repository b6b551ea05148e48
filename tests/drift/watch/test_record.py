"""The file of looks: kills, damage, two at once, and looks that repeat from the file alone.

Run: pytest tests/drift/watch/test_record.py
"""

import json

import numpy as np
import pytest

from autophagy.core.errors import RecordError
from autophagy.drift.watch.document import document
from autophagy.drift.watch.looks import Looks
from autophagy.drift.watch.record import keep, place_of, read_looks
from watching import Watching, rows


def ones(prompts, answers=1):
    return np.ones((prompts, answers), int)


@pytest.fixture
def lines():
    watching = Watching(rows(ones(10, 5), "2026-01-01"))
    for at in range(2, 5):
        watching.look(rows(ones(10), f"2026-01-0{at}"), f"2026-01-0{at}")
    return list(watching.history.lines)


def kept(path, lines):
    for line in lines:
        keep(path, line, read_looks(path))
    return path


def test_looks_that_are_kept_are_read_as_they_were(tmp_path, lines):
    path = kept(tmp_path / "looks.jsonl", lines)
    assert read_looks(path).lines == lines
    assert document(read_looks(path)) == document(Looks(lines))


def test_the_file_only_ever_grows(tmp_path, lines):
    path = kept(tmp_path / "looks.jsonl", lines[:2])
    before = path.read_bytes()
    kept(path, lines[2:])
    assert path.read_bytes().startswith(before)


def test_half_a_line_that_a_kill_left_is_passed_over_and_taken_away(tmp_path, lines):
    path = kept(tmp_path / "looks.jsonl", lines[:2])
    with path.open("a") as file:
        file.write(json.dumps(lines[2])[:50])
    assert len(read_looks(path).lines) == 2
    kept(path, lines[2:])
    assert read_looks(path).lines == lines


def test_a_line_that_is_no_look_is_one_sentence(tmp_path):
    path = tmp_path / "looks.jsonl"
    path.write_text('{"date": "2026-01-02"}\n')
    with pytest.raises(RecordError, match="line 1 is no look: give --state the file that drift watch wrote"):
        read_looks(path)


def test_of_two_looks_at_once_one_is_refused(tmp_path, lines):
    path = kept(tmp_path / "looks.jsonl", lines[:1])
    read = read_looks(path)
    keep(path, lines[1], read)
    with pytest.raises(RecordError, match="meanwhile: look again"):
        keep(path, lines[2], read)


def test_the_looks_lie_in_the_folder_or_beside_the_file_of_the_baseline(tmp_path):
    assert place_of(tmp_path, None) == tmp_path / "looks.jsonl"
    assert place_of(tmp_path / "march.jsonl", None) == tmp_path / "march.looks.jsonl"
    assert place_of(tmp_path, "elsewhere.jsonl").name == "elsewhere.jsonl"
