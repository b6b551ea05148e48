"""100 answers that were drawn and marked by reading after the grader was made, and read by it before it changed.

45 of TOFU's models and 23 of HC3, drawn by `random.Random(20261129)` among those that no other file here uses, and 32
of SmolLM2's own answers to questions of SQuAD with the right passage in the prompt. See docs/log.md.
"""

import gzip
import json
from pathlib import Path

from autophagy.core.questions import Answer, Question
from autophagy.graders.correct import correct
from autophagy.graders.judge import agreement

ROWS = [json.loads(line) for line in Path(__file__).with_name("fresh_by_hand.jsonl").read_text("utf-8").splitlines()]


def lines(path):
    return [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]


def pairs(real_data):
    """Question, golds and answer of each row."""
    tofu = lines(real_data("tofu-logs/tofu_model_answers.jsonl.gz"))
    golds = {(row["split"], row["question"]): row["answer"] for row in lines(real_data("tofu-logs/tofu_qa.jsonl.gz"))}
    hc3 = lines(real_data("hc3-subset/open_qa.jsonl.gz"))
    squad = json.loads(gzip.decompress(real_data("squad/squad-dev-v1.1.json.gz").read_bytes()))
    asked = {one["id"]: one for article in squad["data"] for part in article["paragraphs"] for one in part["qas"]}
    for row in ROWS:
        if row["source"] == "tofu":
            line = tofu[row["line"]]
            yield line["question"], [golds[line["split"], line["question"]]], line["generated"], row["mark"]
        elif row["source"] == "hc3":
            line = hc3[row["line"]]
            yield line["question"], row["gold"], line["chatgpt_answers"][0], row["mark"]
        else:
            one = asked[row["id"]]
            yield one["question"], [each["text"] for each in one["answers"]], row["said"], row["mark"]


def test_a_person_agrees_with_95_of_100_fresh_marks(real_data):
    rows = [
        (correct(Question("q", question, tuple(gold)), Answer("q", said)), float(mark))
        for question, gold, said, mark in pairs(real_data)
    ]
    same, kappa, _ = agreement(*zip(*rows, strict=True))
    assert len(rows) == 100
    assert same >= 0.95
    assert kappa >= 0.85
