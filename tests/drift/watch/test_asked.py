"""Asking for today's answers: which prompts, with which seeds, and a model that is down or dies meanwhile.

Run: pytest tests/drift/watch/test_asked.py
"""

import json

import numpy as np
import pytest
import tomli_w

from autophagy.answering.language_model import Completion
from autophagy.cli.main import main
from autophagy.core.errors import DataError
from autophagy.core.files import read_lines
from autophagy.core.logged import Logged
from autophagy.core.questions import Answer
from autophagy.core.registry import entries
from autophagy.data.logs.snapshot import answer_line, prompt_line
from autophagy.drift.snapshot.spec import SnapshotSpec
from autophagy.drift.watch import asking
from autophagy.drift.watch.asking import LOOK
from autophagy.drift.watch.run import watch
from provider import served


class Yes:
    """A model that says yes to everything, and dies after so many answers."""

    name = "yes"

    def __init__(self, dies_after=10**6):
        self.seeds, self.left = [], dies_after

    def complete(self, prompts, *, max_tokens, temperature, seed):
        self.seeds += seed
        found = []
        for _ in prompts:
            self.left -= 1
            down = self.left < 0
            found.append(Completion("" if down else "[Yes]", error="connection refused" if down else "", passing=down))
        return found


def snapshot(folder, prompts, each):
    """A folder as drift record leaves it, of a model that says yes to everything."""
    entry, spec = entries("suite")["primes"], SnapshotSpec(suites=["primes"], model="yes")
    questions = entry.build({})(prompts, np.random.default_rng(0))
    folder.mkdir()
    (folder / "spec.toml").write_text(tomli_w.dumps(spec.to_dict()))
    (folder / "prompts.jsonl").write_text(
        "".join(json.dumps(prompt_line(entry.facts, question)) + "\n" for question in questions)
    )
    rows = [
        Logged("primes", question, Answer(question.id, "[Yes]"), "yes", sample, date="2026-03-01")
        for sample in range(each)
        for question in questions
    ]
    (folder / "answers.jsonl").write_text("".join(json.dumps(answer_line(row, 0)) + "\n" for row in rows))
    return folder


@pytest.fixture
def asked(monkeypatch):
    """A function that puts a model in the place of the one that a snapshot names."""

    def put(model):
        monkeypatch.setattr(asking.SnapshotModel, "find", lambda self: model)
        return model

    return put


def test_every_prompt_is_asked_again_with_seeds_of_its_own_each_time(tmp_path, asked):
    model, folder = asked(Yes()), snapshot(tmp_path / "bank", 20, 5)
    first, second = watch(folder).looks, watch(folder).looks
    assert [len(looks.last["tasks"]["primes"]["used"]) for looks in (first, second)] == [20, 20]
    assert second.last["design"] == "fixed prompts"
    assert len(set(model.seeds)) == 40
    assert [line["sample"] for line in read_lines(folder / "daily.jsonl")] == [LOOK] * 20 + [LOOK + 1] * 20


def test_of_a_large_bank_the_prompts_that_were_used_least_are_asked(tmp_path, asked):
    asked(Yes())
    folder = snapshot(tmp_path / "bank", 30, 31)
    used = []
    for _ in range(3):
        looks = watch(folder, prompts=10).looks
        assert looks.last["design"] == "use-once"
        used += [name for name, _ in looks.last["tasks"]["primes"]["used"]]
    assert len(set(used)) == 30, "each prompt once before any is asked again"


def test_a_bank_that_is_used_up_is_not_asked_for(tmp_path, asked):
    model, folder = asked(Yes()), snapshot(tmp_path / "bank", 10, 1)
    watch(folder)
    assert watch(folder).looks.last["reason"] == "the recorded answers are used up"
    assert len(model.seeds) == 10


def test_a_server_that_is_down_is_a_look_without_evidence(tmp_path, monkeypatch, capsys):
    def down(self):
        raise DataError("nothing answers at http://localhost:1")

    monkeypatch.setattr(asking.SnapshotModel, "find", down)
    folder = snapshot(tmp_path / "bank", 10, 5)
    assert main(["drift", "watch", str(folder), "--fail-on", "change"]) == 0
    assert "No evidence today, either way: nothing answers at http://localhost:1." in capsys.readouterr().out
    assert len(read_lines(folder / "looks.jsonl")) == 1


def test_what_a_model_said_before_it_died_counts(tmp_path, asked):
    asked(Yes(dies_after=12))
    line = watch(snapshot(tmp_path / "bank", 40, 5)).looks.last
    assert line["found"]["primes"]["right"]["n"] == 12
    assert any("failed, which is no evidence either way" in note for note in line["notes"])
    assert any(note.startswith("Not all prompts were asked: ") for note in line["notes"])


def test_a_look_that_was_stopped_goes_on_behind_the_last_answer(tmp_path):
    pytest.importorskip("aiohttp", reason="a served model needs aiohttp")

    def stop(what, done, total):
        if done == 12:
            raise KeyboardInterrupt

    folder = snapshot(tmp_path / "bank", 20, 5)
    with served(lambda handler, request, count: handler.say("[Yes]")) as server:
        spec = SnapshotSpec(suites=["primes"], model="yes", base_url=f"http://127.0.0.1:{server.server_port}/v1")
        (folder / "spec.toml").write_text(tomli_w.dumps(spec.to_dict()))
        with pytest.raises(KeyboardInterrupt):
            watch(folder, connections=1, progress=stop)
        asked = server.asked.total()
        assert watch(folder, connections=1).looks.last["found"]["primes"]["right"]["n"] == 20
        assert server.asked.total() - asked == 8
        watch(folder, connections=1)
        assert server.asked.total() - asked == 28, "another look asks all anew"
    assert not (folder / "asked.jsonl").exists()


def test_an_unchanged_model_is_not_accused_and_the_log_of_another_day_joins(tmp_path, asked, capsys):
    asked(Yes())
    folder = snapshot(tmp_path / "bank", 20, 5)
    for _ in range(3):
        assert main(["drift", "watch", str(folder), "--json", "--fail-on", "change"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (found["looks_of_stream"], found["stream"], found["changed"]) == (3, 1, False)
    assert found["p"] == 1


def test_a_log_names_no_model_that_could_be_asked(tmp_path, capsys):
    log = tmp_path / "log.jsonl"
    log.write_text('{"prompt": "a?", "response": "b", "reference": "b"}\n')
    assert main(["drift", "watch", str(log)]) == 2
    assert "names a model to ask: add --answers" in capsys.readouterr().err
