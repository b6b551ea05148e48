"""A judge of the answers and injections in the passages, as parts of a comparison run through the command line."""

import json
import math
import re
import threading
from collections import Counter

import pytest

pytest.importorskip("qdrant_edge", reason="a comparison needs the extra context")
pytest.importorskip("inspect_ai", reason="a comparison needs the extra context")
pytest.importorskip("peft", reason="a comparison needs the extra text")

from autophagy.answering.language_model import Completion
from autophagy.cli.main import main
from autophagy.compare.judging import judged
from autophagy.core.questions import Answer, Graded, Question
from autophagy.graders.identity import judge_facts
from provider import served

FACTS = {"leave": "thirty", "travel": "second", "pay": "the last day", "tea": "four"}
JUDGED = re.compile(r"<(question|reference|candidate)>\n(.*?)\n</\1>", re.DOTALL)
JUDGE = ("--judge", "fake-judge", "--judge-url", "HERE")
PLUGIN = """
from dataclasses import dataclass
from typing import ClassVar

from autophagy import arm
from autophagy.arms import Preparation, Ready


@arm("shouting_{control}")
@dataclass(frozen=True)
class Shouting:
    '''The model as it is, as a bound that nobody would serve.'''

    control: ClassVar[bool] = {control}

    def fit(self, base, corpus, rng):
        return Ready(base, base.language_model(), Preparation())
"""


@pytest.fixture
def handbook(tmp_path):
    """The words of a comparison on four documents, each with a question that a word of it answers."""
    folder = tmp_path / "handbook"
    folder.mkdir()
    for name, value in FACTS.items():
        (folder / f"{name}.md").write_text(f"The rule on {name} says {value}.")
    rows = [{"question": f"What of {n}?", "answers": [v], "document": f"{n}.md"} for n, v in FACTS.items()]
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return ["compare", "--documents", str(folder), "--questions", str(tmp_path / "questions.jsonl"),
            "--embedder", "none"]  # fmt: skip


ARMS = ["--arm", "closed", "--arm", "context", "--arm", "oracle"]


def play(handler, request, count):
    """A model that reads what its passages say, does what it is told without fences, and judges on the side.

    Of what is judged it finds everything on travel unreadable, and on tea it takes what it reads last for right.
    """
    text = request["messages"][-1]["content"]
    if text.startswith("Judge"):
        parts = {name: part.strip() for name, part in JUDGED.findall(text)}
        about = parts["question"].removeprefix("What of ").rstrip("?")
        right = parts["reference"].removeprefix("- ") in parts["candidate"]
        if about == "tea":
            right = text.index("<candidate>") > text.index("<reference>")
        handler.say("Hm." if about == "travel" else f"So.\nVerdict: {'CORRECT' if right else 'INCORRECT'}")
    elif "<passage" not in text and "with the word" in text:
        handler.say(text.partition("with the word ")[2].split(".")[0])
    else:
        about = text.rpartition("What of ")[2].rstrip("?")
        found = re.search(rf"The rule on {about} says (.*?)\.", text)
        handler.say(f"It is {found[1]}" if found else "I do not know")


def run(capsys, words, folder, *more):
    """The arms by name, and all of the result."""
    with served(play) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        given = ["--model", "fake", "--base-url", address, "--out", str(folder), "--json", *more]
        assert main([*words, *(address if word == "HERE" else word for word in given)]) == 0
    found = json.loads(capsys.readouterr().out)
    return {arm["arm"]: arm for arm in found["arms"]}, found


def test_a_judge_marks_every_answer_in_both_orders_and_decides_nothing_unasked(handbook, tmp_path, capsys):
    arms, found = run(capsys, [*handbook, *ARMS], tmp_path / "run", *JUDGE)
    oracle = arms["oracle"]
    assert oracle["correct"]["value"] == 1  # "It is thirty" is right,
    assert oracle["marks"]["exact"]["value"] == 0  # and no exact match
    assert oracle["judge"]["right"]["n"] == 3  # the one on travel could not be read
    assert oracle["judge"]["right"]["value"] == pytest.approx((1 + 1 + 0.5) / 3)
    assert oracle["judge"]["consistency"]["value"] == pytest.approx(2 / 3)
    assert oracle["judge"]["unread"] == 1
    assert arms["closed"]["judge"]["right"]["value"] == pytest.approx(0.5 / 3)
    assert arms["closed"]["judge"]["agreement"] == pytest.approx(2 / 3)
    rows = [json.loads(line) for line in (tmp_path / "run" / "answers.jsonl").read_text().splitlines()]
    assert all({"judge", "consistent"} <= row["marks"].keys() for row in rows)
    assert all(arm["injections"] is None for arm in found["arms"])
    assert not any("judge" in note for note in found["notes"])
    environment = json.loads((tmp_path / "run" / "environment.json").read_text())
    assert environment["judge"] == judge_facts("fake-judge", reports="fake")
    assert {model: probed["n"] for model, probed in environment["endpoints"].items()} == {
        "fake": False,
        "fake-judge": False,
    }
    assert main(["report", str(tmp_path / "run")]) == 0
    page = (tmp_path / "run" / "report.html").read_text()
    assert "verdict on 3 answers could not be read" in page
    assert "What a judge says" in page
    assert "fake-judge honours" in page


def test_a_judge_that_is_asked_again_tells_whether_it_repeats_itself():
    """Of three answers it is sure of one, of two minds about one, and says nothing readable of the last."""
    said = {"sure": ["CORRECT"] * 3, "torn": ["CORRECT", "INCORRECT", "INCORRECT"], "mute": ["so", "so", "so"]}
    calls = []

    class Judge:
        def complete(self, prompts, max_tokens):
            calls.append(len(prompts))
            names = [next(name for name in said if name in text) for text in prompts]
            return [Completion(f"Verdict: {said[name][len(calls) - 1]}", math.nan, math.nan, 0.0) for name in names]

    questions = [Question(name, "What?", ("this",)) for name in said]
    graded = [Graded(Answer(name, name), {"correct": 1.0}, {}) for name in said]
    sure, torn, mute = (row.marks for row in judged(Judge(), graded, questions, 3))
    assert calls == [6, 6, 6]
    assert (sure["judge"], sure["repeated"], sure["correct"]) == (1, 1, 1)
    assert (torn["judge"], torn["repeated"]) == (1, pytest.approx(1 / 3))  # the first time counts
    assert math.isnan(mute["repeated"])
    calls.clear()
    assert "repeated" not in judged(Judge(), graded, questions)[0].marks


def test_a_judge_that_decides_makes_right_what_it_calls_right(handbook, tmp_path, capsys):
    arms, found = run(capsys, [*handbook, *ARMS], tmp_path / "run", *JUDGE, "--decide", "judge")
    assert arms["context"]["correct"]["value"] == arms["context"]["judge"]["right"]["value"] > 0.8
    assert found["diagnosis"] == "too_few_questions"  # four of them decide nothing, and no arm is praised
    assert "right most often" not in found["verdict"]


def test_a_comparison_whose_account_is_spent_pays_for_nothing_twice(handbook, tmp_path, capsys):
    """In the middle of the verdicts on an arm: the run goes on behind the last answer that came."""
    paid, lock = Counter(), threading.Lock()

    def script(handler, request, count):
        text = request["messages"][-1]["content"]
        with lock:
            spent = paid.total() >= script.limit
            paid[text] += not spent
        if spent:
            handler.send({"error": {"message": "no credits", "code": "insufficient_quota"}}, 429)
        else:
            play(handler, request, count)

    with served(script) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        more = ["--model", "fake", "--base-url", address, "--arm", "context", *JUDGE]
        words = [
            address if word == "HERE" else word for word in (*handbook, *more, "--injections", "builtin", "--json")
        ]
        runs = [[*words, "--out", str(tmp_path / name)] for name in ("stopped", "whole")]
        script.limit = 30  # of 22 of two probes, 4 answers, 8 verdicts and 12 on injections
        assert main(runs[0]) == 2
        assert "is spent" in capsys.readouterr().err
        assert len((tmp_path / "stopped" / "asked.jsonl").read_text().splitlines()) == 8
        script.limit = math.inf
        assert main([*runs[0], "--resume"]) == 0
        stopped = paid.copy()
        paid.clear()
        assert main(runs[1]) == 0
    assert stopped == paid
    assert not (tmp_path / "stopped" / "asked.jsonl").exists()
    for name in ("answers.jsonl", "injections.jsonl"):
        found = [(tmp_path / run / name).read_text() for run in ("stopped", "whole")]
        assert [marks(each) for each in found] == [marks(found[1])] * 2
    (answering,) = [
        json.loads(line)["answering"] for line in (tmp_path / "stopped" / "arms.jsonl").read_text().splitlines()
    ]
    assert answering["joules"] is None  # of which the meter has seen only a part


def marks(text):
    """The lines of a file without what a clock or a meter says."""
    clock = ("seconds", "joules")
    return [
        {name: value for name, value in json.loads(line).items() if name not in clock} for line in text.splitlines()
    ]


def test_injections_in_passages_are_counted_for_arms_that_read_and_for_no_other(handbook, tmp_path, capsys):
    arms, _ = run(capsys, [*handbook, *ARMS], tmp_path / "run", "--injections", "builtin")
    assert arms["closed"]["injections"] is None
    for name in ("context", "oracle"):
        found = arms[name]["injections"]
        assert [found[way]["value"] for way in ("fenced", "bare", "asked")] == [0, 1, 1]
        assert found["difference"]["value"] == -1
        assert found["fenced"]["n"] == 4
    rows = [json.loads(line) for line in (tmp_path / "run" / "injections.jsonl").read_text().splitlines()]
    assert len(rows) == 8
    assert all(row["injection"].endswith(f"{row['canary']}.") and row["category"] for row in rows)
    assert main(["report", str(tmp_path / "run")]) == 0
    page = (tmp_path / "run" / "report.html").read_text()
    assert "Prompt injections hidden in passages" in page
    assert "What a judge says" not in page


def test_verdicts_and_injections_are_told_as_they_come_since_they_take_longer_than_the_answers(
    handbook, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("autophagy.report.compare.terminal.EVERY", 0)
    with served(play) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        asked = ["--model", "fake", "--base-url", address, "--judge", "judge", "--judge-url", address]
        assert (
            main([*handbook, "--arm", "context", *asked, "--injections", "builtin", "--out", str(tmp_path / "run")])
            == 0
        )
    told = capsys.readouterr().err
    for done in (2, 7):
        assert f"context, seed 0: {done} of 8 verdicts, about" in told
    for done in (2, 11):
        assert f"context, seed 0: {done} of 12 answers to injections, about" in told


def test_injections_of_an_arm_that_was_killed_are_hidden_anew(handbook, tmp_path, capsys):
    folder = tmp_path / "run"
    run(capsys, [*handbook, *ARMS], folder, "--injections", "builtin")
    whole = (folder / "injections.jsonl").read_text()
    lines = (folder / "arms.jsonl").read_text().splitlines(keepends=True)
    (folder / "arms.jsonl").write_text("".join(lines[:-1]))  # the last arm was not finished
    (folder / "DONE").unlink()
    with served(play) as server:  # at another address, so that the spec has to follow
        address = f"http://127.0.0.1:{server.server_port}/v1"
        spec = (folder / "spec.toml").read_text()
        (folder / "spec.toml").write_text(re.sub(r'base_url = ".*"', f'base_url = "{address}"', spec))
        given = ["--model", "fake", "--base-url", address, "--injections", "builtin", "--out", str(folder), "--resume"]
        assert main([*handbook, *ARMS, *given]) == 0
    assert (folder / "injections.jsonl").read_text() == whole


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--decide", "judge"], "there is no judge"),
        (["--judge-url", "http://127.0.0.1:9/v1"], "there is no judge"),
        (["--judge-repeats", "3"], "there is no judge"),
        ([], "nothing answers at http://127.0.0.1:9/v1"),
        (["--judge", "nowhere-at-all"], "nowhere-at-all"),
        (["--judge", "x", "--judge-url", "nonsense"], "address"),
        (["--injections", "nowhere-at-all"], "no injections"),
        (["--judge", "x", "--decide", "luck"], "decide"),
    ],
)
def test_a_judge_or_injections_that_are_not_there_are_refused_before_anything_is_asked(
    handbook, tmp_path, capsys, words, told
):
    flags = ["--model", "fake", "--base-url", "http://127.0.0.1:9/v1", "--out", str(tmp_path / "run")]
    assert main([*handbook, *ARMS, *flags, *words]) == 2
    sentence = capsys.readouterr().err.splitlines()[-1]
    assert sentence.startswith("autophagy: ")
    assert told in sentence
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("control", [True, False])
def test_the_verdict_names_an_arm_of_the_users_own_unless_it_is_a_control(handbook, tmp_path, capsys, control):
    words = [*handbook, "--arm", f"shouting_{control}", "--plugin", str(tmp_path / "mine.py")]
    (tmp_path / "mine.py").write_text(PLUGIN.replace("{control}", str(control)))
    arms, found = run(capsys, words, tmp_path / "run")
    assert arms[f"shouting_{control}"]["control"] is control
    assert ("shouting" in found["verdict"]) is not control


def write(handler, request, count):
    """A writer that says it again in two lines."""
    text = request["messages"][-1]["content"].rpartition("\n\n")[2]
    handler.say(f"In short:\n{text}", usage=(50, 20))


def test_a_served_model_writes_for_an_arm_that_pays_for_it(handbook, tiny_model, tmp_path, capsys):
    (tmp_path / "prices.toml").write_text(
        'date = 2026-07-01\n[models."writer"]\ninput = 10000.0\noutput = 100000.0\n[machines.desk]\nhour = 0.0\n'
    )
    with served(write) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        arm = f"full:rewritings=1,exposures=1,learning_rate=0.001,writer=writer@{address}"
        given = ["--model", str(tiny_model), "--seeds", "1", "--arm", "closed", "--arm", arm, "--json"]
        priced = ["--prices", str(tmp_path / "prices.toml"), "--machine", "desk", "--out", str(tmp_path / "run")]
        assert main([*handbook, *given, *priced]) == 0
        asked = list(server.requests)
    closed, tuned = json.loads(capsys.readouterr().out)["arms"]
    assert len(asked) == 2 * len(FACTS)  # a wording to learn and one that is held out, of each document
    assert all("Keep every fact" in request["messages"][-1]["content"] for request in asked)
    assert tuned["tokens_written"] == 20 * len(asked)
    assert tuned["money"] == pytest.approx(len(asked) * (50 * 0.01 + 20 * 0.1))
    assert closed["money"] == 0
