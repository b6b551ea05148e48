"""A comparison whose judge is corrected by people: three estimates, the errors of the judge, the page, the commands."""

import csv
import json
import math
import re

import numpy as np
import pytest
import tomli_w

from autophagy.cli.main import main
from autophagy.compare.record import Comparison
from autophagy.compare.result import CompareResult
from autophagy.compare.summary import summarise
from autophagy.statistics.paired import wilson

SIZE = 300
RIGHT = {"closed": 0.1, "context": 0.8, "full:rewritings=1": 0.5}  # of each arm, in truth
COSTS = {"seconds": 0.0, "search_seconds": 0.0, "joules": None, "tokens_trained": 0, "tokens_written": 0, "bytes": 0}

ANSWERING = {"joules": None, "seconds": 1.0, "method": ""}


def line(file, row):
    file.write(json.dumps(row) + "\n")


@pytest.fixture
def judged(tmp_path):
    """A recorded comparison: a judge that calls right nearly all that is, and half of what is not.

    What an answer says tells whether it is right. One answer failed, and one verdict in fifty could not be read.
    """
    rng, folder = np.random.default_rng(0), tmp_path / "run"
    folder.mkdir()
    questions = {
        f"q{n}": {"id": f"q{n}", "text": f"What of {n}?", "answers": [f"word{n}"], "evidence": [], "type": "one-fact",
                  "choices": [], "document": f"d{n}"}
        for n in range(SIZE)
    }  # fmt: skip
    (folder / "dataset.json").write_text(json.dumps({"questions": questions, "documents": {}}))
    (folder / "environment.json").write_text(json.dumps({"notes": [], "graders": {}, "plugins": {}, "digest": "d"}))
    spec = {"documents": "docs", "questions": "q", "model": "m", "judge": "strict", "judge_url": "http://127.0.0.1:9/v1",
            "arms": list(RIGHT), "seeds": 2}  # fmt: skip
    (folder / "spec.toml").write_text(tomli_w.dumps(spec))
    complexity = {"services": [], "artifacts": [], "settings": [], "steps": [], "gpu": False, "count": 0}
    with (folder / "arms.jsonl").open("w") as arms, (folder / "answers.jsonl").open("w") as answers:
        for arm, share in RIGHT.items():
            for seed in range(2 if arm.startswith("full") else 1):
                facts = {"control": arm == "closed", "reads": arm == "context", "tuned": seed > 0}
                line(arms, {"arm": arm, "seed": seed, **facts, "answering": ANSWERING,
                            "preparation": {**COSTS, "details": {}, "complexity": complexity}})  # fmt: skip
                for n in range(SIZE):
                    right = rng.random() < share
                    mark = float(right or rng.random() < 0.5) if rng.random() > 0.02 else None
                    failed = (arm, n) == ("context", 7)
                    wrong = f"It is no{rng.integers(3)} of {n}" * (1 + n % 3)
                    line(answers, {
                        "arm": arm, "seed": seed, "question": f"q{n}", "type": "one-fact", "passages": [],
                        "joules": None, "text": f"It is word{n}" if right else wrong,
                        "tokens_in": 1, "tokens_out": 1, "seconds": share, "error": "timed out" if failed else "",
                        "marks": {} if failed else {"correct": float(right), "judge": mark, "consistent": 1.0},
                    })  # fmt: skip
    (folder / "DONE").touch()
    return folder


def labels(capsys, *words):
    capsys.readouterr()
    assert main(["labels", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def filled(path, rows=10**6):
    """The sheet as a person fills it in who can tell right from wrong, down to a row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    for each in lines[:rows]:
        each["label"] = str(int(each["reference"] in each["answer"]))
    target = path.with_name("filled.csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    return target


def test_people_correct_a_judge_that_lets_much_pass(judged, capsys):
    sheet = labels(capsys, judged, "--n", "200")
    assert sheet["arms"] == ["context", "full:rewritings=1"]
    assert sheet["questions"] == 100
    assert sheet["rows"] < sheet["answers"] <= 200  # what both arms said of a question is asked once
    text = (judged / "labels" / "sheet.csv").read_text(encoding="utf-8-sig")
    assert not re.search("context|full|judge|strict", text)
    found = labels(capsys, judged, "--read", filled(judged / "labels" / "sheet.csv"))
    assert (found["judge"], found["labels"], found["consistency"]["value"]) == ("strict", sheet["rows"], 1)
    assert found["errors"]["sensitivity"]["value"] == 1
    assert 0.3 < found["errors"]["specificity"]["value"] < 0.7
    assert found["errors"]["unread"] > 0
    for arm in found["arms"]:
        truth = RIGHT[arm["arm"]]
        assert arm["judge"]["low"] > truth + 0.02
        assert arm["corrected"]["low"] < truth < arm["corrected"]["high"]
        people, n = arm["people"], arm["people"]["n"]
        assert (people["low"], people["high"]) == pytest.approx(wilson(people["value"], n))
        assert arm["adds"]
        assert arm["worth"] > n
    (pair,) = found["pairs"]
    assert pair["corrected"]["low"] < 0.3 < pair["corrected"]["high"]
    assert pair["judge"]["high"] < 0.27
    told = r"context: \d+ % .* right, by the judge corrected with"
    assert any(re.match(told, sentence) for sentence in found["verdict"])
    assert any("context against full:rewritings=1: " in sentence for sentence in found["verdict"])


def test_labels_stand_in_the_result_on_the_page_and_in_the_terminal(judged, capsys):
    assert summarise(Comparison(judged))["labels"] is None
    labels(capsys, judged, "--n", "100")
    assert summarise(Comparison(judged))["labels"] is None  # a sheet is no label yet
    found = labels(capsys, judged, "--read", filled(judged / "labels" / "sheet.csv"))
    assert summarise(Comparison(judged))["labels"]["arms"] == found["arms"]
    assert CompareResult(Comparison(judged)).verdict[-1] == found["verdict"][-1]
    assert main(["labels", str(judged), "--read", str(judged / "labels" / "filled.csv")]) == 0
    printed = capsys.readouterr().out
    assert "people alone" in printed
    assert "context - full:rewritings=1" in printed
    pytest.importorskip("jinja2", reason="a page needs the extra report")
    assert main(["report", str(judged)]) == 0
    section = re.search(r"Is the judge right\?.*?</section>", (judged / "report.html").read_text(), re.DOTALL)[0]
    assert "People alone" in section
    assert "Sensitivity" in section
    assert "unknown" not in section


def test_a_sheet_that_is_half_done_is_read_as_far_as_it_goes(judged, capsys):
    labels(capsys, judged, "--n", "100", "--arm", "context")
    sheet = judged / "labels" / "sheet.csv"
    found = labels(capsys, judged, "--read", filled(sheet, 9))
    (arm,) = found["arms"]
    assert (arm["people"]["n"], arm["corrected"], arm["adds"]) == (9, None, False)
    assert found["notes"] == ["91 rows of 100 have no label yet."]
    assert any("9 labels, too few to correct a judge" in sentence for sentence in found["verdict"])
    assert labels(capsys, judged, "--read", filled(sheet, 40))["arms"][0]["corrected"]["n"] == 40


def test_an_answer_that_failed_is_on_no_sheet_and_in_no_figure(judged, capsys):
    labels(capsys, judged, "--n", "1000", "--arm", "context")
    key = [json.loads(each) for each in (judged / "labels" / "key.jsonl").read_text().splitlines()]
    assert len(key) == SIZE - 1
    assert "q7" not in {each["question"] for each in key}
    found = labels(capsys, judged, "--read", filled(judged / "labels" / "sheet.csv"))
    (arm,) = found["arms"]
    assert arm["people"]["n"] == SIZE - 1
    assert arm["weight"] == 0  # people labelled everything, so there is nothing to carry over to
    assert not arm["adds"]


def test_without_a_judge_the_grader_that_decides_is_corrected(judged, capsys):
    spec = (judged / "spec.toml").read_text()
    (judged / "spec.toml").write_text("\n".join(each for each in spec.splitlines() if "judge" not in each))
    labels(capsys, judged, "--n", "60", "--arm", "context")
    found = labels(capsys, judged, "--read", filled(judged / "labels" / "sheet.csv"))
    assert (found["mark"], found["judge"], found["consistency"]) == ("correct", "the grader correct", None)
    assert found["errors"]["kappa"] == 1
    assert not math.isnan(found["arms"][0]["worth"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--n", "many"], "--n is 'many': give a whole number"),
        (["--n", "0"], "--n is '0': give a whole number, 1 or more"),
        (["--read", "x.csv", "--by", "type"], "leave --out, --by and --arm out"),
        (["--by", "luck"], "--by is 'luck': choose from verdict, type, document"),
        (["--by", "arm"], "every arm is labelled on the same questions"),
        (["--arm", "contxt"], "did you mean 'context'"),
        (["--read", "nowhere.csv"], "has no sheet of labels"),
    ],
)
def test_wrong_words_are_one_sentence_and_write_nothing(judged, capsys, words, told):
    assert main(["labels", str(judged), *words]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1
    assert told in errors[0]
    assert not (judged / "labels").exists()


def test_labels_before_a_run_or_its_sheet_are_one_sentence(tmp_path, capsys):
    (tmp_path / "mine.csv").write_text("id,label\nx,1\n")
    given = ["--labels", str(tmp_path / "mine.csv"), "--out", str(tmp_path / "new")]
    assert main(["compare", "--arm", "closed", *given]) == 2
    assert "has no sheet of labels: once it has run" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_run_that_answers_no_questions_has_no_sheet(tmp_path, capsys):
    (tmp_path / "spec.toml").write_text('data = "normal:d=1"\nmodel = "gaussian"\n')
    assert main(["labels", str(tmp_path)]) == 2
    assert "holds a loop, which answers no questions: give a run of compare" in capsys.readouterr().err
