"""Rows with one answer each and whether it is right; and the answer of a system beside what is right."""

import json

import pytest

from autophagy.data.questions import read_questions

ANSWERS = [("How many?", "thirty", 1), ("How many?", "twenty", 0), ("Which?", "first", 0), ("Which?", "second", 1)]
ANSWERS += [("Which?", "the second", 1), ("Who?", "nobody", 0)]


def read(tmp_path, rows):
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    questions, notes = read_questions(path)
    return [(each.text, each.answers) for each in questions], notes


@pytest.mark.parametrize("kind", [int, bool, str, float])
def test_what_is_marked_as_wrong_is_no_gold(tmp_path, kind):
    rows = [{"idx": {"n": n}, "question": q, "answer": a, "label": kind(m)} for n, (q, a, m) in enumerate(ANSWERS)]
    found, notes = read(tmp_path, rows)
    assert found == [("How many?", ("thirty",)), ("Which?", ("second", "the second"))]
    assert notes == [
        "the column 'label' was read as whether the answer is right, so that 6 rows are 2 questions; "
        "left out for want of a right one: 1."
    ]


def test_one_question_of_two_paragraphs_is_two(tmp_path):
    names = ("Ada", "Bo")
    rows = [{"paragraph": p, "question": "Who?", "answer": a, "label": int(a == p)} for p in names for a in names]
    assert read(tmp_path, rows)[0] == [("Who?", ("Ada",)), ("Who?", ("Bo",))]


@pytest.mark.parametrize(
    "rows",
    [
        [{"question": f"What is {n}?", "answer": "x", "label": n % 2} for n in range(4)],  # each comes once
        [{"question": "What?", "answer": a, "gold": "y", "is_correct": a == "y"} for a in "xyz"],  # answers of a system
        [{"question": "What?", "choices": ["x", "y"], "answer": "x", "label": n} for n in (0, 1)],
    ],
)
def test_other_rows_with_a_label_stay_what_they_are(tmp_path, rows):
    assert len(read(tmp_path, rows)[0]) == len(rows)


@pytest.mark.parametrize(
    "name", ["ground_truth", "ground_truths", "correct_answer", "expected_answer", "gold", "reference_answer"]
)
def test_the_answer_of_a_system_is_not_what_is_right(tmp_path, name):
    row = {"question": "How many?", "answer": "I think twenty.", "contexts": ["It is thirty."], name: "thirty"}
    found, notes = read(tmp_path, [row])
    assert found == [("How many?", ("thirty",))]
    assert notes == [f"the column {name!r} was read as the answers of 1 row."]


@pytest.mark.parametrize(
    ("row", "golds"),
    [
        ({"inputs": {"question": "Q?"}, "outputs": {"answer": "x"}, "reference_outputs": {"answer": "y"}}, ("y",)),
        ({"query": "Q?", "reference_contexts": ["x"], "reference_answer": "y"}, ("y",)),  # LlamaIndex, Giskard
        ({"query": "Q?", "retrieval_gt": [["d"]], "generation_gt": ["y", "z"]}, ("y", "z")),  # AutoRAG
        ({"question": "Q?", "long_answer": "It is.", "final_decision": "yes"}, ("yes",)),  # PubMedQA
        ({"question": "Q?", "answer": {"number": "30", "date": {"day": ""}, "spans": []}}, ("30",)),  # DROP
        (
            {"question": "Q?", "answer": {"number": "", "date": {"month": "May", "year": "1999"}, "spans": []}},
            ("May 1999",),
        ),
        ({"question": "Q?", "answer": {"number": "", "date": {}, "spans": ["a", "b"]}}, ("a", "b")),
    ],
)
def test_what_is_right_in_other_sets(tmp_path, row, golds):
    assert read(tmp_path, [row])[0] == [("Q?", golds)]
