"""Two comparisons side by side: paired by question where both asked it, apart where not."""

import json

import numpy as np
import pytest
import tomli_w

import autophagy
from autophagy.runs.listing import find_runs
from autophagy.statistics import paired

QUESTIONS = 40
MARK = {
    "title": "liked", "caption": "How much it is liked.", "bounds": [1, 5], "better": "higher", "about": "all",
    "decides": False, "headline": True,
}  # fmt: skip


def make(folder, right, arms=("closed", "context"), prefix="q", **spec):
    """A comparison whose arm a is right on question n where right[a][n] is 1, one question a document."""
    folder.mkdir()
    names = [f"{prefix}{n}" for n in range(QUESTIONS)]
    asked = {
        name: {"id": name, "text": f"What is {name}?", "answers": ["this"], "evidence": [name], "type": "mine",
               "choices": [], "document": name}
        for name in names
    }  # fmt: skip
    (folder / "dataset.json").write_text(json.dumps({"questions": asked, "documents": dict.fromkeys(names, "text")}))
    facts = {"digest": prefix * 32, "documents": QUESTIONS, "questions": QUESTIONS, "versions": {}, "plugins": {}}
    (folder / "environment.json").write_text(json.dumps(facts | {"graders": {"liked": MARK}, "trials": 3}))
    fields = {"documents": "docs", "questions": "q", "model": "m/base", "arms": list(arms), **spec}
    (folder / "spec.toml").write_bytes(tomli_w.dumps(fields).encode())
    nothing = {"seconds": 0, "joules": None, "bytes": 0, "details": {}, "complexity": {}, "search_seconds": 0,
               "method": "none", "tokens_trained": 0, "tokens_read": 0, "tokens_written": 0}  # fmt: skip
    with (folder / "arms.jsonl").open("w") as lines, (folder / "answers.jsonl").open("w") as answers:
        for place, arm in enumerate(arms):
            facts = {"control": arm == "oracle", "reads": arm != "closed", "tuned": False}
            energy = {"joules": None, "seconds": 1.0, "method": "none"}
            memory = {"preparation": None, "answering": 1e8}
            line = {"arm": arm, "seed": 0, **facts, "answering": energy, "memory": memory, "preparation": nothing}
            lines.write(json.dumps(line) + "\n")
            for name, mark in zip(names, right[place], strict=True):
                marks = {"correct": float(mark), "liked": 1.0 + 4 * mark}
                row = {
                    "arm": arm,
                    "seed": 0,
                    "question": name,
                    "type": "mine",
                    "text": "this",
                    "passages": [],
                    "tokens_in": 10,
                    "tokens_out": 2,
                    "seconds": 0.1,
                    "error": "",
                    "joules": None,
                    "marks": marks,
                }
                answers.write(json.dumps(row) + "\n")  # fmt: skip
    (folder / "DONE").touch()
    return folder


RIGHT = np.array([[1] * 10 + [0] * 30, [1] * 20 + [0] * 20])
BETTER = np.array([[1] * 10 + [0] * 30, [1] * 38 + [0] * 2])


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Comparisons that no test changes."""
    root = tmp_path_factory.mktemp("comparisons")
    make(root / "plain", RIGHT)
    make(root / "again", RIGHT)
    make(root / "better", BETTER, embedder="none")
    make(root / "others", BETTER, prefix="z")
    make(root / "arms", RIGHT, arms=("closed", "oracle"))
    return root


def figures(found, metric="correct"):
    return {each.where["arm"]: each for each in found.comparable.figures if each.metric == metric}


def test_the_same_marks_are_the_same_run(shop):
    found = autophagy.diff(shop / "plain", shop / "again")
    assert found.verdict == [f"The same run: every one of {found.same.shared} recorded numbers is equal."]


def test_an_arm_that_became_better_is_found_by_its_questions(shop):
    found = autophagy.diff(shop / "plain", shop / "better")
    assert found.comparable.pairing == "question"
    assert found.verdict[0].startswith("B is right more often than A: right 0.95 against 0.50 (arm context)")
    closed, context = figures(found)["closed"], figures(found)["context"]
    assert not closed.differs
    assert context.differs
    names = [str(n) for n in range(QUESTIONS)]
    score, p = paired.difference(BETTER[1], RIGHT[1], names)
    assert (context.difference, context.contrast.p) == (score, p)
    assert {each.what: (each.a, each.b) for each in found.differing} == {"embedder": ("minilm", "none")}


def test_marks_of_other_bounds_keep_their_scale(shop):
    liked = figures(autophagy.diff(shop / "plain", shop / "better"), "liked")["context"]
    assert liked.a.value == pytest.approx(1 + 4 * 0.5)
    assert liked.difference.value == pytest.approx(4 * 0.45)
    assert liked.difference.low > 0


def test_a_chart_has_the_arms_of_both_runs_side_by_side(shop):
    chart = autophagy.diff(shop / "plain", shop / "arms").chart("correct")
    a, b = chart.curves
    assert dict(chart.ticks) == {0: "closed", 1: "context", 2: "oracle"}
    assert [round(x) for x in a.x] == [0, 1]
    assert [round(x) for x in b.x] == [0, 2]
    assert max(a.x) < 1 < max(b.x)
    assert [score.value for score in a.scores] == [0.25, 0.5]


def test_costs_are_told_and_decide_nothing(shop):
    cost = figures(autophagy.diff(shop / "plain", shop / "better"), "tokens_per_query")["closed"]
    assert (cost.a.value, cost.b.value) == (12, 12)
    assert not cost.differs


def test_other_questions_are_not_paired(shop):
    found = autophagy.diff(shop / "plain", shop / "others")
    assert found.comparable.pairing == "nothing"
    assert "no question in common" in found.comparable.why
    assert figures(found)["context"].differs
    assert figures(found)["context"].difference.low > 0
    pairs = autophagy.diff(shop / "plain", shop / "better")
    assert figures(found)["context"].contrast.p > figures(pairs)["context"].contrast.p


def test_an_arm_that_one_run_has_alone_is_told(shop):
    found = autophagy.diff(shop / "plain", shop / "arms")
    assert set(figures(found)) == {"closed"}
    assert "the arm context is in A only" in found.comparable.alone
    assert "the arm oracle is in B only" in found.comparable.alone


def test_a_list_of_runs_has_the_best_arm_that_is_no_control(shop):
    listed = {run.folder.name: run for run in find_runs(shop)[0]}
    assert listed["better"].figure.startswith("right 0.95")
    assert listed["better"].headline.where == {"arm": "context"}
    assert listed["arms"].headline.where == {"arm": "closed"}


def test_a_list_of_runs_tells_how_many_arms_have_answered(tmp_path):
    (make(tmp_path / "run", RIGHT) / "DONE").unlink()
    assert find_runs(tmp_path)[0][0].progress == "stopped, 2 of 3"


def test_a_judge_that_changed_voids_what_is_right(tmp_path):
    """Where a judge decides, and is another one in B, how often arms are right is not compared; costs still are."""
    right, judges = [[1] * QUESTIONS] * 2, {"judge_url": "http://127.0.0.1:9/v1", "decide": "judge"}
    a = make(tmp_path / "a", right, judge="big", **judges)
    b = make(tmp_path / "b", right, judge="small", **judges)
    same = make(tmp_path / "same", right, judge="big", **judges)
    alone = make(tmp_path / "alone", right)
    found = autophagy.diff(a, b)
    assert not any(each.metric == "correct" for each in found.comparable.figures)
    assert list(found.comparable.alone) == [
        "how often arms are right, for the judge changed (its model was big and is small): judge both with one"
    ]
    assert any(each.metric == "correct" for each in autophagy.diff(a, same).comparable.figures)
    assert "before alone" in autophagy.diff(a, alone).comparable.alone[0]
    facts = json.loads((same / "environment.json").read_text())
    (same / "environment.json").write_text(json.dumps(facts | {"judge": {"model": "big", "prompt": "1"}}))
    facts = json.loads((a / "environment.json").read_text())
    (a / "environment.json").write_text(json.dumps(facts | {"judge": {"model": "big", "prompt": "2"}}))
    assert "its prompt was 2 and is 1" in autophagy.diff(a, same).comparable.alone[0]
