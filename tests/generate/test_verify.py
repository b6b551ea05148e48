"""Verify: what each verifier says of rows, in their order, counted; and what it is tried on."""

import json
from collections import Counter

import pytest

from autophagy import GenerateSpec
from autophagy.core.errors import DataError, UsageError
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.generate.checks import Checks
from autophagy.generate.made import MadeRow
from autophagy.generate.tried import TriedRows, tried_rows
from autophagy.generate.trust import trust
from autophagy.generate.verify import Verify

NOTHING = TriedRows()
RIGHT, WRONG, BARE = "2 + 2 = 4", "2 + 2 = 5", "four"


def line(output, **more):
    return {"instruction": "Add them.", "input": "", "output": output, "parent": "", **more}


def verify(*names, passages=None, tried=NOTHING):
    return Verify([Part.parse(name) for name in names], passages or {}, 0, tried)


def test_rows_go_with_the_name_of_the_verifier_and_all_are_counted():
    judge = verify("numeric", "fields:most=3")
    lines = [line(RIGHT), line(WRONG), line(BARE), line("  ")]
    assert judge(lines) == ["verifier fields", "verifier numeric", "", "verifier fields"]
    assert judge([]) == []
    assert judge([line(WRONG)]) == ["verifier numeric"]
    assert judge.counts == {
        "numeric": Counter(kept=1, rejected=2, unknown=2, set_aside=0),
        "fields:most=3": Counter(kept=1, rejected=2, unknown=0, set_aside=0),
    }


def test_rows_that_cannot_be_judged_are_set_aside_where_that_is_the_rule():
    judge = verify("numeric:unknown=drop")
    assert judge([line(RIGHT), line(BARE)]) == ["", "verifier numeric cannot tell"]
    assert judge.counts["numeric:unknown=drop"] == Counter(kept=1, rejected=0, unknown=1, set_aside=1)


def test_the_passage_is_the_one_that_the_row_was_made_from():
    judge = verify("cites", passages={"mill#1": "Ada Berg built it."})
    assert judge([line("Ada Berg", parent="mill#1"), line("Otto", parent="mill#1"), line("Otto", parent="seed")]) == [
        "", "verifier cites", "",
    ]  # fmt: skip


def test_answers_are_read_off_the_row_s_column():
    answers = json.dumps(["4", "4", "5"])
    assert verify("agrees")([line("4", answers=answers), line("5", answers=answers), line("4")]) == [
        "", "verifier agrees", "",
    ]  # fmt: skip


def test_a_wrong_row_keeps_no_right_one_out():
    rows = [MadeRow(PoolRow(f"{n}/1", "Add 2 and 2.", "", out, True), "alpaca", str(n), ()) for n, out in
            enumerate((WRONG, RIGHT, RIGHT))]  # fmt: skip
    checks = Checks([], 0.7, verify=verify("numeric"))
    assert [reason for reason, *_ in checks(rows)] == ["verifier numeric", "", "not new"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("numerc", "did you mean 'numeric'"), ("novelty", "verifies no answers: give it as --curator"),
     ("fields:shape=(", "regular expression"), ("agrees:share=2", "share must be"), ("cites:tall=1", "no setting")],
)  # fmt: skip
def test_wrong_names_and_settings_are_one_sentence_before_any_row(name, sentence):
    with pytest.raises(UsageError, match=sentence):
        verify(name)


# what they are tried on -----------------------------------------------------------------------------------------------

SEEDS = [{"instruction": f"Add {n} and 3.", "output": f"{n} + 3 = {n + 3}."} for n in range(12)]


def spec(tmp_path, rows=SEEDS, labels=None, **more):
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    if labels is not None:
        (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
        more["labels"] = str(tmp_path / "labels.jsonl")
    return GenerateSpec(seeds=str(tmp_path / "seeds.jsonl"), model="x", verifiers=["numeric"], **more)


def test_seeds_and_a_wrong_twin_of_each_are_tried_where_there_are_no_labels(tmp_path):
    tried = tried_rows(spec(tmp_path))
    assert (tried.source, len(tried.rows), int(tried.right.sum())) == ("planted", 24, 12)
    assert [bool(fault) for fault in tried.faults] == [False] * 12 + [True] * 12
    found = verify("numeric", tried=tried).document()["numeric"]
    wrong = tried.faults.count("a wrong result")
    assert (found["phi"]["value"], found["phi"]["n"]) == (1.0, 12)
    assert found["psi"]["value"] == pytest.approx(1 - wrong / 12)  # it finds these, and no other fault
    assert [found["psi_by_fault"]["a wrong result"][name] for name in ("value", "n")] == [0, wrong]
    assert found["right_given_kept"]["n"] == 0
    assert tried_rows(spec(tmp_path)).faults == tried.faults
    assert tried_rows(spec(tmp_path, seed=1)).faults != tried.faults


def test_labels_give_true_rates(tmp_path):
    labels = [
        *({"question": f"q{n}", "answer": RIGHT, "label": "right"} for n in range(8)),
        *({"question": f"p{n}", "answer": WRONG, "label": "right"} for n in range(2)),  # called right, with a slip
        *({"question": f"r{n}", "answer": WRONG, "label": "wrong"} for n in range(6)),
        *({"question": f"s{n}", "answer": RIGHT, "label": 0} for n in range(4)),
        {"question": "t", "answer": RIGHT, "label": ""},
    ]
    tried = tried_rows(spec(tmp_path, labels=labels))
    assert (tried.source, len(tried.rows)) == ("labels", 20)
    found = verify("numeric", tried=tried).document()["numeric"]
    assert (found["phi"]["value"], found["psi"]["value"]) == (0.8, 0.4)
    assert found["breakdown"]["value"] == pytest.approx(2 / 3)
    assert (found["right_given_kept"]["value"], found["right_given_kept"]["n"]) == (pytest.approx(8 / 12), 12)
    (sentence,) = trust({"numeric": found})
    assert "Tried on 20 labelled rows, it keeps 80 %" in sentence


@pytest.mark.parametrize(("made", "told"), [([RIGHT] * 10 + [WRONG] * 30, 1), ([RIGHT] * 30 + [WRONG] * 20, 0)])
def test_labelled_rows_that_are_not_like_those_that_were_made_are_told_of(tmp_path, made, told):
    labels = [{"question": f"q{n}", "answer": RIGHT if n < 24 else WRONG, "label": n % 4 > 0} for n in range(40)]
    judge = verify("numeric", tried=tried_rows(spec(tmp_path, labels=labels)))
    judge([line(output) for output in made])
    sentences = trust(judge.document())
    assert sum("differ from the generated ones" in sentence for sentence in sentences) == told
    assert judge.document()["numeric"]["kept_of_these"]["value"] == 0.6


def test_a_verifier_that_can_judge_no_tried_row_is_unknown(tmp_path):
    rows = [{"instruction": f"Name river {n}.", "output": f"River {n}."} for n in range(4)]
    found = verify("agrees", tried=tried_rows(spec(tmp_path, rows))).document()["agrees"]
    assert [found[name]["n"] for name in ("phi", "psi", "breakdown", "right_given_kept")] == [0, 0, 0, 0]
    assert "it could judge none of 8 seeds" in trust({"agrees": found})[0]


def test_without_seeds_with_answers_nothing_is_tried(tmp_path):
    found = verify("numeric", tried=tried_rows(spec(tmp_path, [{"instruction": "Name a river."}]))).document()
    assert found["numeric"]["phi"]["n"] == 0
    assert "there are neither labels nor seeds with answers" in trust(found)[0]


def test_tests_and_answers_of_a_file_are_read(tmp_path):
    labels = [{"instruction": "Write f.", "output": "def f(x): return x", "tests": "assert f(1) == 1", "label": 1,
               "answers": ["a", "b"]}]  # fmt: skip
    (row,) = tried_rows(spec(tmp_path, labels=labels)).rows
    assert (row.tests, row.answers) == ("assert f(1) == 1", '["a", "b"]')


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ([{"instruction": "a", "output": "b"}], "lacks a column of labels"),
        ([{"instruction": "a", "output": "b", "label": "maybe"}], "the label 'maybe' in .* is unknown"),
        ([{"instruction": "a", "output": "b", "label": ""}], "labels no row"),
    ],
)
def test_labels_that_cannot_be_used_are_one_sentence(tmp_path, labels, sentence):
    with pytest.raises(DataError, match=sentence):
        tried_rows(spec(tmp_path, labels=labels))
