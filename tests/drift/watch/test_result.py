"""Daily looks from Python: a result like that of any verb, from the call and from the file; frames go in.

Run: pytest tests/drift/watch/test_result.py
"""

import json

import numpy as np
import pytest

import autophagy

pytest.importorskip("matplotlib")
pytest.importorskip("jinja2")


def answers(rights, date):
    """A row for each answer to each of the prompts, right where `rights` (prompts, answers) is 1."""
    return [
        {"id": f"q{n}", "prompt": f"Is {n} one? Answer with [Yes] or [No].", "reference": "Yes", "model": "m",
         "response": "[Yes]" if right else "[No]", "sample": sample, "date": date}
        for n, each in enumerate(rights)
        for sample, right in enumerate(each)
    ]  # fmt: skip


@pytest.fixture
def looked(tmp_path):
    """A baseline of answers that are all right, and looks at days on which such a share is right."""
    path = tmp_path / "march.jsonl"
    rows = answers(np.ones((40, 8)), "2026-03-01")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))

    def look(*shares):
        for day, share in enumerate(shares, 2):
            rights = np.arange(40)[:, None] < share * 40
            found = autophagy.watch(path, answers(rights, f"2026-03-{day:02}"))
        return found

    return look


def test_a_look_from_python_is_a_result_that_the_file_gives_back(looked, tmp_path):
    found = looked(1, 0.4)
    again = autophagy.open(tmp_path / "march.looks.jsonl")
    assert again.verdict == found.verdict
    assert again.changed
    assert "seen on 2026-03-03" in found.verdict[0]
    frame = again.frame()
    assert frame.equals(found.frame())
    # against 320 of 320 right: 40 of 40 after one look, and 40 + 16 of 80 after both, from which there is most evidence
    right = frame.query("metric == 'right'").value
    assert right.tolist() == pytest.approx([0.0, -0.3])
    summary = found.summary().set_index("metric")
    assert summary.value["right"] == pytest.approx(-0.3)
    assert summary.low["right"] < -0.3 < summary.high["right"] < 0
    assert summary.value["format"] == 0
    assert repr(found) == f"<watch of march: {found.verdict[0]}>"


def test_rows_in_memory_count_as_a_file_of_them(looked, tmp_path):
    today = answers(np.arange(40)[:, None] < 30, "2026-03-02")
    (tmp_path / "today.jsonl").write_text("".join(json.dumps(row) + "\n" for row in today))
    pandas = pytest.importorskip("pandas")
    looked(1)
    there = autophagy.watch(tmp_path / "march.jsonl", tmp_path / "today.jsonl", state=tmp_path / "a.looks.jsonl")
    here = autophagy.watch(tmp_path / "march.jsonl", pandas.DataFrame(today), state=tmp_path / "b.looks.jsonl")
    assert here.document == there.document
    assert (tmp_path / "a.looks.jsonl").read_bytes() == (tmp_path / "b.looks.jsonl").read_bytes()


def test_a_file_without_a_look_and_a_figure_that_is_not_there_are_sentences(tmp_path, looked):
    (tmp_path / "empty.looks.jsonl").write_text("")
    with pytest.raises(autophagy.RecordError, match="no look yet"):
        autophagy.open(tmp_path / "empty.looks.jsonl")
    with pytest.raises(autophagy.UsageError, match="no chart 'recall'"):
        looked(1).plot("recall")


def test_looks_with_one_that_brought_no_answer_have_a_gap(looked, tmp_path):
    looked(1)
    lines = [json.loads(line) for line in (tmp_path / "march.looks.jsonl").read_text().splitlines()]
    lines[0]["found"] = {
        task: {kind: {**cells, "change": None, "n": 0} for kind, cells in kinds.items()}
        for task, kinds in lines[0]["found"].items()
    }
    (tmp_path / "march.looks.jsonl").write_text(json.dumps(lines[0]) + "\n")
    found = autophagy.open(tmp_path / "march.looks.jsonl")
    assert np.isnan(found.frame().value).all()
    assert found.summary().n.tolist() == [0, 0]
    assert found.charts() == {}


def test_todays_answers_are_marked_by_what_was_recorded_as_right(looked, tmp_path):
    """A log of today that does not say what is right: all wrong, so no share of it is right."""
    today = [{name: row[name] for name in ("prompt", "response", "model", "date")}
             for row in answers(np.zeros((40, 1)), "2026-03-02")]  # fmt: skip
    looked(1)
    found = autophagy.watch(tmp_path / "march.jsonl", today, state=tmp_path / "new.looks.jsonl")
    assert found.changed
    assert found.document["streams"][0]["now"] == 0
