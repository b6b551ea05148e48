"""300 answers that were marked by reading before any grader saw them: 95 % agree, also in the half that tuned nothing.

`marked_by_hand.jsonl` holds the marks, the golds that were written for them, and the lines of the answers in the data
sets TOFU, HC3 and HaluEval; 58 answers in the styles of instruction-tuned models stand in it whole.
"""

import gzip
import json
from pathlib import Path

import pytest

from autophagy.core.questions import Answer, Question
from autophagy.graders.correct import correct
from autophagy.graders.judge import agreement

ROWS = [json.loads(line) for line in Path(__file__).with_name("marked_by_hand.jsonl").read_text("utf-8").splitlines()]
SOURCES = {  # file, its columns of the question and of the answer
    "tofu": ("tofu-logs/tofu_model_answers.jsonl.gz", "question", "generated"),
    "hc3": ("hc3-subset/open_qa.jsonl.gz", "question", "chatgpt_answers"),
    "halueval": ("halueval-general/general_data.json.gz", "user_query", "chatgpt_response"),
}


def lines(path):
    return [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]


@pytest.fixture
def marks(real_data):
    """The grader's mark and the person's of each row, by its half."""
    files = {name: (lines(real_data(path)), asked, said) for name, (path, asked, said) in SOURCES.items()}
    golds = {(row["split"], row["question"]): row["answer"] for row in lines(real_data("tofu-logs/tofu_qa.jsonl.gz"))}
    found = {"open": [], "held out": []}
    for row in ROWS:
        question, said, gold = row.get("question"), row.get("said"), row.get("gold")
        if row["source"] != "own":
            whole, asked, column = files[row["source"]]
            line = whole[row["line"]]
            question, said = line[asked], line[column]
            said = said[0] if isinstance(said, list) else said
            gold = gold if gold is not None else [golds[line["split"], question]]
        choices = tuple(row.get("choices", ()))
        mark = correct(Question("q", question, tuple(gold), choices=choices), Answer("q", said))
        found[row["half"]].append((mark, float(row["mark"])))
    return found


def test_a_person_agrees_with_95_of_100_marks(marks):
    open_half, held_out = marks["open"], marks["held out"]
    assert (len(open_half), len(held_out)) == (150, 150)
    for rows in (held_out, [*open_half, *held_out]):
        same, kappa, _ = agreement(*zip(*rows, strict=True))
        assert same >= 0.95
        assert kappa >= 0.85


def test_the_answers_that_stand_in_the_file_are_marked_as_a_person_marks_them():
    own = [row for row in ROWS if row["source"] == "own"]
    wrong = [
        row["said"]
        for row in own
        if correct(
            Question("q", row["question"], tuple(row["gold"]), choices=tuple(row.get("choices", ()))),
            Answer("q", row["said"]),
        )
        != row["mark"]
    ]
    assert len(own) == 58
    assert len(wrong) <= 2
