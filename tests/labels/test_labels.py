"""Sheets of labels: a blind and fair draw, cells that no spreadsheet runs, and what can be wrong with a filled one."""

import csv
import io
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, RecordError, UsageError
from autophagy.core.questions import Question
from autophagy.labels.draw import draw
from autophagy.labels.read import read_labels
from autophagy.labels.record import LabelRecord
from autophagy.labels.run import keep_labels, write_sheet
from autophagy.labels.sheet import COLUMNS, identity, sheet
from autophagy.labels.unit import Candidate, LabelUnit


def unit(place, texts=("yes", "no"), marks=(1.0, 0.0), seeds=1):
    answers = [
        Candidate(f"arm{number}", seed, f"{text} {place}", mark)
        for number, (text, mark) in enumerate(zip(texts, marks, strict=True))
        for seed in range(seeds)
    ]
    return LabelUnit(Question(f"q{place}", f"What of {place}?", ("yes",), type=("a", "b")[place % 2]), tuple(answers))


@dataclass(frozen=True)
class Some:
    """A run of 40 questions, two arms and a control."""

    folder: Path

    def units(self):
        return [unit(place, ("yes", "no", "maybe"), (1.0, float(place % 4 == 0), math.nan)) for place in range(40)]

    def controls(self):
        return frozenset({"arm2"})


def rows_of(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def fill(path, marks, **more):
    """The sheet with these labels from its first row on."""
    rows = rows_of(path)
    for row, mark in zip(rows, marks, strict=False):
        row["label"] = mark
    target = path.with_name("filled.csv")
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, **more)
        writer.writeheader()
        writer.writerows(rows)
    return target


@given(st.integers(1, 60), st.integers(1, 130), st.integers(1, 3), st.integers(0, 5))
def test_a_draw_has_all_arms_of_a_question_once_and_no_question_twice(size, n, seeds, seed):
    units = [unit(place, seeds=seeds) for place in range(size)]
    drawn = draw(units, n, np.random.default_rng(seed))
    names = [each.question.id for each in drawn]
    assert len(set(names)) == len(names) == min(size, max(1, n // 2))
    assert all([answer.arm for answer in each.answers] == ["arm0", "arm1"] for each in drawn)


def test_every_question_has_the_same_chance_whatever_the_judge_says_of_it():
    """15 of 50 with unequal strata, 600 draws: a chi square of 49 degrees beyond 98 has odds of 3 in 100,000."""
    units = [unit(place, marks=(float(place < 42), float(place % 7 == 0))) for place in range(50)]
    counts = Counter(
        each.question.id
        for seed in range(600)
        for each in draw(units, 30, np.random.default_rng(seed), ["verdict", "type"])
    )
    expected = 600 * 15 / 50
    # a systematic draw varies less than a multinomial one; its variance of a count is p (1 - p)
    square = sum((counts[f"q{place}"] - expected) ** 2 for place in range(50)) / (expected * (1 - 0.3))
    assert square < 98


def test_a_rare_verdict_has_its_share_of_every_sheet():
    units = [unit(place, marks=(float(place >= 20), 1.0)) for place in range(200)]  # one in ten
    for seed in range(30):
        drawn = draw(units, 80, np.random.default_rng(seed))
        assert 3 <= sum(each.answers[0].mark == 0 for each in drawn) <= 5
        drawn = draw(units, 80, np.random.default_rng(seed), ["type"])
        assert sum(each.question.type == "a" for each in drawn) == 20


def test_seeds_of_an_arm_are_drawn_alike():
    counts = Counter(draw([unit(0, seeds=4)], 2, np.random.default_rng(seed))[0].answers[0].seed for seed in range(400))
    assert set(counts) == {0, 1, 2, 3}
    assert max(counts.values()) < 150  # 100 each; one in 10,000,000 by chance


@pytest.mark.parametrize(
    ("by", "n", "told"), [(["arm"], 5, "every arm"), (["verdct"], 5, "verdict"), (["type"], 0, "--n is 0")]
)
def test_a_draw_that_cannot_be_is_refused(by, n, told):
    with pytest.raises(UsageError, match=told):
        draw([unit(0)], n, np.random.default_rng(0), by)


def test_a_sheet_names_no_arm_and_no_verdict_and_shows_the_same_answer_once():
    units = [unit(place, ("same", "same"), (1.0, 0.0)) for place in range(20)]
    made = sheet(units, np.random.default_rng(0))
    text = made.csv().decode("utf-8-sig")
    assert "arm" not in text
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert len(made.rows) == 20
    assert len(made.key) == 40
    assert {name for name, *_ in made.key} == {row[0] for row in made.rows}
    assert [row[1] for row in made.rows] != [each.question.text for each in units]  # shuffled
    assert all(row[0].isalpha() and row[-1] == "" for row in made.rows)


@given(st.text(max_size=40), st.sampled_from(["=", "+", "-", "@", "\t", "\r", " =", "\n=", ""]))
def test_no_cell_of_a_sheet_is_a_formula_and_every_cell_comes_back(text, start):
    text = start + text
    one = LabelUnit(Question("q", text, (text,)), (Candidate("a", 0, text, 1.0),))
    read = list(csv.reader(io.StringIO(sheet([one], np.random.default_rng(0)).csv().decode("utf-8-sig"), newline="")))
    assert len(read) == 2
    for cell in read[1]:
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert not any(ord(letter) < 32 and letter not in "\n\t\r" for letter in cell)


def test_an_answer_too_long_for_a_cell_is_cut_and_counted():
    one = LabelUnit(Question("q", "?"), (Candidate("a", 0, "x" * 40_000, 1.0), Candidate("b", 0, "", 0.0)))
    made = sheet([one], np.random.default_rng(0))
    assert made.cut == 1
    assert all(len(cell) < 32_767 for row in made.rows for cell in row)
    assert "(empty)" in {row[3] for row in made.rows}
    assert any("do not contain the answer" in row[2] for row in made.rows)


@given(st.text(), st.text(), st.text(), st.text())
def test_ids_differ_where_question_or_answer_do(question, answer, other, reply):
    same = (question, answer) == (other, reply)
    assert (identity(question, answer) == identity(other, reply)) is same


def test_labels_come_back_to_the_answers_that_they_are_of(tmp_path):
    source = Some(tmp_path)
    written = write_sheet(source, 20)
    assert (written.rows, written.questions, written.arms) == (20, 10, ("arm0", "arm1"))
    assert "Controls are not labelled unless --arm names them: arm2." in written.notes
    filled = fill(written.path, [str(int("yes" in row["answer"])) for row in rows_of(written.path)])
    count, notes = keep_labels(tmp_path, filled)
    assert (count, notes) == (20, ())
    lines = LabelRecord(tmp_path).labelled()
    assert len(lines) == 20
    assert all(line["label"] == (line["arm"] == "arm0") for line in lines)


def test_a_second_sheet_asks_for_other_questions_and_adds_to_the_labels(tmp_path):
    first = write_sheet(Some(tmp_path), 20)
    keep_labels(tmp_path, fill(first.path, ["1"] * 20))
    second = write_sheet(Some(tmp_path), 20, out=tmp_path / "more.csv", by=["type"])
    assert not {row["id"] for row in rows_of(first.path)} & {row["id"] for row in rows_of(second.path)}
    assert any("10 questions of earlier sheets" in note for note in second.notes)
    assert keep_labels(tmp_path, fill(second.path, ["0"] * 20))[0] == 40
    count, notes = keep_labels(tmp_path, fill(second.path, ["1"] * 3))  # somebody thought again
    assert (count, notes) == (40, ("17 rows of 20 have no label yet.", "3 labels given before: replaced."))
    assert sum(line["label"] for line in LabelRecord(tmp_path).labelled()) == 23
    write_sheet(Some(tmp_path), 1000, out=tmp_path / "rest.csv")
    with pytest.raises(DataError, match="nothing left to label"):
        write_sheet(Some(tmp_path), 20, out=tmp_path / "none.csv")


def test_a_sheet_that_is_there_is_never_overwritten(tmp_path):
    written = write_sheet(Some(tmp_path), 10)
    before = written.path.read_bytes()
    with pytest.raises(RecordError, match="is there already: read it with --read"):
        write_sheet(Some(tmp_path), 10)
    assert written.path.read_bytes() == before
    with pytest.raises(UsageError, match="the arm 'arm7' has not answered"):
        write_sheet(Some(tmp_path), 10, arms=["arm7"], out=tmp_path / "x.csv")


def test_few_questions_an_arm_are_told_before_anybody_labels(tmp_path):
    assert any(
        "ask for 30 answers with --n" in note
        for note in write_sheet(Some(tmp_path), 9, arms=["arm0", "arm1", "arm2"]).notes
    )


def test_labels_without_a_sheet_are_refused(tmp_path):
    (tmp_path / "mine.csv").write_text("id,label\nx,1\n")
    with pytest.raises(UsageError, match="has no sheet of labels: once it has run, write one with autophagy labels"):
        keep_labels(tmp_path, tmp_path / "mine.csv")


KNOWN = {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("text", "labels", "told"),
    [
        ("id,label\na,1\nb,0\n", {"a": 1, "b": 0}, []),
        ("ID;Label ;note\na;1.0;x\nb; 0 ;\n", {"a": 1, "b": 0}, []),
        ("\ufeffid,label\na,1\nb,\nc,\n", {"a": 1}, ["2 rows of 3 have no label yet."]),
        ("id,label\na,1\nzz,1\nyy,0\n", {"a": 1}, ["2 ids of no sheet of this run, such as 'yy': left out."]),
        ("id,label\na,1\nb,yes\n", {"a": 1}, ["1 label neither 0 nor 1, such as 'yes': left out."]),
        ("id,label\na,1\nb,2\nc,-1\n", {"a": 1}, ["2 labels neither 0 nor 1, such as '2': left out."]),
        ("id,label\na,1\na,1\n", {"a": 1}, ["1 id with the same label more than once: counted once."]),
        (
            "id,label\na,1\nb,1\nb,0\n",
            {"a": 1},
            ["1 id with labels that contradict each other, such as 'b': left out."],
        ),
        ("id,label\na,1\n,1\n", {"a": 1}, ["1 row of 2 has no id or cannot be read."]),
    ],
)
def test_what_is_wrong_with_a_filled_sheet_is_counted_and_told(tmp_path, text, labels, told):
    (tmp_path / "f.csv").write_text(text, encoding="utf-8")
    filled = read_labels(tmp_path / "f.csv", KNOWN)
    assert filled.labels == labels
    assert list(filled.notes) == told


def test_labels_as_json_lines_with_a_broken_one(tmp_path):
    lines = [
        json.dumps({"id": "a", "label": 1}),
        json.dumps({"id": "b", "label": 0}),
        "{",
        json.dumps({"id": "c", "label": True}),
    ]
    (tmp_path / "f.jsonl").write_text("\n".join(lines))
    filled = read_labels(tmp_path / "f.jsonl", KNOWN)
    assert filled.labels == {"a": 1, "b": 0}
    assert filled.notes == (
        "1 row of 4 has no id or cannot be read.",
        "1 label neither 0 nor 1, such as 'True': left out.",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,mark\na,1\n", "has no column 'label' (it has id, mark): keep the columns"),
        ("name,label\na,1\n", "has no column 'id'"),
        ("id,label\n", "holds no label that can be used (it has no rows.): write 1 for right"),
        ("id,label\na,\nb,\n", "(2 rows of 2 have no label yet.)"),
        ("", "is empty"),
        (None, "there is no file of labels"),
    ],
)
def test_a_file_without_labels_is_one_sentence(tmp_path, text, told):
    if text is not None:
        (tmp_path / "f.csv").write_text(text)
    with pytest.raises(DataError) as failed:
        read_labels(tmp_path / "f.csv", KNOWN)
    assert told in str(failed.value)
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize("name", ["key.jsonl", "labels.jsonl"])
def test_a_damaged_record_of_labels_is_one_sentence(tmp_path, name):
    keep_labels(tmp_path, fill(write_sheet(Some(tmp_path), 20).path, ["1"] * 20))
    with (tmp_path / "labels" / name).open("a") as file:
        file.write('{"id": "x"}\n')
    with pytest.raises(RecordError, match=f"{name} is damaged: remove the folder"):
        LabelRecord(tmp_path).labelled()


def test_a_torn_last_line_of_labels_is_as_if_it_were_not_there(tmp_path):
    path = write_sheet(Some(tmp_path), 20).path
    keep_labels(tmp_path, fill(path, ["1"] * 20))
    with (tmp_path / "labels" / "labels.jsonl").open("a") as file:
        file.write('{"id": "x", "lab')
    assert len(LabelRecord(tmp_path).labelled()) == 20
    keep_labels(tmp_path, fill(path, ["0"] * 20))
    assert [line["label"] for line in LabelRecord(tmp_path).labelled()] == [0] * 20
