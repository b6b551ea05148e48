"""Graders and arms of a user's own file in a comparison: first class on the terminal, on the page and in the record."""

import json
from collections import Counter

import pytest

pytest.importorskip("qdrant_edge", reason="a comparison needs the extra context")
pytest.importorskip("inspect_ai", reason="a comparison needs the extra context")

from autophagy.cli.main import main
from autophagy.core import registry
from provider import served

BUILT_IN = {name for name, entry in registry.entries("grader").items() if registry.built_in(entry)}
PLUGIN = """
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from autophagy import arm, grader
from autophagy.arms import Preparation, Ready


@grader("length", title="Words said", bounds=(0, 50), better="lower")
def length(question, answer, *, most: int = 50):
    '''The number of words of the answer.'''
    with Path(__file__).with_suffix(".calls").open("a") as file:
        file.write(f"{question.id}\\n")
    return min(len(answer.text.split()), most)


@grader("holds", title="Holds the answer", decides=True)
def holds(question, answer):
    '''Whether an accepted answer stands anywhere in the text.'''
    return float(any(gold in answer.text for gold in question.answers)) if question.answers else float("nan")


@arm("imitator")
@dataclass(frozen=True)
class Imitator:
    '''An arm that learns a style.'''

    needs: ClassVar[frozenset[str]] = frozenset({"style"})

    def fit(self, base, corpus, rng):
        return Ready(base, base.language_model(), Preparation())
"""


BROKEN = """
from autophagy import grader


@grader("broken")
def broken(question, answer):
    '''A mark beyond its bounds, of one answer: which of two is marked first is left to chance.'''
    return 7.0 if "leave" in question.text else 0.0
"""


@pytest.fixture
def words(tmp_path, monkeypatch):
    """The words of a comparison on two documents with a plug-in file, whose plug-ins are forgotten afterwards."""
    registry.discover()
    monkeypatch.setattr(registry, "_entries", dict(registry._entries))
    monkeypatch.setenv("COLUMNS", "200")
    folder = tmp_path / "handbook"
    folder.mkdir()
    (folder / "leave.md").write_text("Everybody has thirty days of leave.")
    (folder / "pay.md").write_text("Pay comes on the last day.")
    rows = [
        {"id": "leave", "question": "How many days of leave?", "answers": ["thirty"], "document": "leave.md"},
        {"id": "pay", "question": "When does pay come?", "answers": ["the last day"], "document": "pay.md"},
    ]
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "mine.py").write_text(PLUGIN)
    (tmp_path / "broken.py").write_text(BROKEN)
    flags = {"documents": folder, "questions": tmp_path / "questions.jsonl", "embedder": "none", "model": "fake",
             "plugin": tmp_path / "mine.py", "out": tmp_path / "run"}  # fmt: skip
    return ["compare", *(word for flag, value in flags.items() for word in (f"--{flag}", str(value)))]


ARMS = ["--arm", "closed", "--arm", "context"]


def play(handler, request, count):
    """A model that reads out its passages, and knows nothing without."""
    text = request["messages"][-1]["content"]
    handler.say("It is thirty days, or the last day" if "<passage" in text else "Nobody knows that here")


def run(words, *more):
    with served(play) as server:
        return main([*words, "--base-url", f"http://127.0.0.1:{server.server_port}/v1", *more])


def test_a_grader_of_the_users_own_is_shown_like_a_built_in_one(words, tmp_path, capsys):
    assert run(words, *ARMS) == 0
    shown = capsys.readouterr().out
    assert "words said" in shown
    rows = [line.split() for line in shown.splitlines()]
    closed, context = (next(row for row in rows if row[:1] == [arm]) for arm in ("closed", "context"))
    assert ("4" in closed, "8" in context) == (True, True)  # words, on average
    environment = json.loads((tmp_path / "run" / "environment.json").read_text())
    assert environment["graders"].keys() == BUILT_IN | {"length", "holds"}
    assert environment["graders"]["length"] == {
        "title": "Words said", "caption": "The number of words of the answer.", "bounds": [0, 50], "better": "lower",
        "about": "all", "decides": False, "headline": True,
    }  # fmt: skip
    assert main(["report", str(tmp_path / "run")]) == 0
    page = (tmp_path / "run" / "report.html").read_text()
    assert "Words said" in page
    assert "Holds the answer" in page


def test_every_answer_is_graded_once(words, tmp_path):
    assert run(words, *ARMS, "--grade", "length") == 0
    calls = Counter((tmp_path / "mine.calls").read_text().split())
    assert calls == {"leave": 2, "pay": 2}  # by two arms


def test_only_the_graders_that_are_named_mark_and_always_the_one_that_decides(words, tmp_path, capsys):
    assert run(words, *ARMS, "--grade", "length:most=3", "--grade", "f1", "--decide", "holds", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    rows = [json.loads(line) for line in (tmp_path / "run" / "answers.jsonl").read_text().splitlines()]
    assert {frozenset(row["marks"]) for row in rows} == {frozenset({"length:most=3", "f1", "correct", "holds"})}
    assert {row["marks"]["length:most=3"] for row in rows} == {3}
    closed, context = found["arms"]
    assert (closed["correct"]["value"], context["correct"]["value"]) == (0, 1)  # by exact match neither is ever right
    assert context["marks"]["correct"]["value"] == 0
    score = context["marks"]["length:most=3"]
    assert (score["value"], score["n"]) == (pytest.approx(3), 2)
    assert 0 <= score["low"] < 3 < score["high"] <= 50


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            ["--plugin", "BROKEN"],
            "the grader broken marks an answer to 'leave' with 7.0: let it return a number from 0 to 1",
        ),
        (["--grade", "lenght"], "did you mean 'length'"),
        (["--grade", "length:least=3"], "has no setting 'least'"),
        (["--grade", "length", "--grade", "length"], "named twice"),
        (["--decide", "length"], "decide is 'length'"),
        (["--arm", "imitator"], "the arm imitator needs other documents in the same style: name them with --style."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_leaves_nothing_behind(words, tmp_path, capsys, more, told):
    more = [str(tmp_path / "broken.py") if word == "BROKEN" else word for word in more]
    assert run(words, *ARMS, *more) == 2
    sentence = capsys.readouterr().err.splitlines()[-1]
    assert told in sentence
    assert not (tmp_path / "run").exists()
