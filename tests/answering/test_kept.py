"""What a served model has answered is not asked again, whatever ended the session: no quota, no server, or a kill."""

import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import anyio
import pytest

pytest.importorskip("aiohttp", reason="a served model needs aiohttp")

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.kept import Journal, clock, keeping
from autophagy.answering.language_model import Completion
from autophagy.answering.running import run_async
from autophagy.answering.served import ServedModel
from autophagy.answering.stream import stream
from autophagy.core.errors import DataError
from provider import served

PROMPTS = [f"question {number % 40}" for number in range(60)]  # some of them twice


def model_at(server, connections=4):
    return ServedModel(Endpoint("fake", f"http://127.0.0.1:{server.server_port}/v1", connections=connections, pause=0))


def answered(journal, question, completion):
    async def ask():
        return completion

    return run_async(lambda: journal.answer(question, ask))


def counting(limit=math.inf):
    """A script that answers so many requests, each with how often it was asked, and how many it has answered."""
    came, lock = Counter(), threading.Lock()

    def script(handler, request, count):
        question = request["messages"][-1]["content"]
        with lock:
            spent = came.total() >= script.limit
            came[question] += not spent
        time.sleep(0.002)
        if spent:
            handler.send({"error": {"message": "no credits", "code": "insufficient_quota"}}, 429)
        else:
            handler.say(f"{question}: {came[question]}")

    script.limit = limit
    return script, came


def texts(model, path, prompts=PROMPTS, scope=""):
    with keeping(path, scope):
        return [each.text for each in model.complete(prompts)]


def test_each_answer_is_given_back_once_with_all_that_is_known_of_it(tmp_path):
    before = Journal(tmp_path / "asked.jsonl", "one")
    said = [Completion(f"said {n}", 3, math.nan, 0.5, model="m", stop="stop") for n in range(2)]
    assert [answered(before, "q", each) for each in said] == said
    path = before.path
    path.write_bytes(path.read_bytes() + b'{"asked": "0')  # as a kill leaves it
    after = Journal(path, "one")
    again = [answered(after, "q", Completion("new")) for _ in range(3)]
    assert [each.text for each in again] == ["said 0", "said 1", "new"]
    assert (again[0].tokens_in, again[0].seconds, again[0].model, again[0].stop) == (3, 0.5, "m", "stop")
    assert math.isnan(again[0].tokens_out)
    assert after.recalled == 2
    assert answered(Journal(path, "another"), "q", Completion("new")).text == "new"


def test_what_another_time_may_bring_is_asked_again(tmp_path):
    path = tmp_path / "asked.jsonl"
    for number, failed in enumerate((Completion(error="503: busy", passing=True), Completion(stop="stop"))):
        answered(Journal(path), number, failed)
        assert answered(Journal(path), number, Completion("now")).text == "now"
    answered(Journal(path), "long", Completion("cut", error="the answer was cut", stop="length"))
    assert answered(Journal(path), "long", Completion("now")).text == "cut"


def test_the_clock_counts_what_sessions_before_have_waited_for(tmp_path):
    journal = Journal(tmp_path / "asked.jsonl")
    time.sleep(0.02)
    answered(journal, "q", Completion("slow"))
    with keeping(journal.path) as after:
        begun = clock()
        answered(after, "q", Completion("new"))
        assert clock() - begun >= 0.02


@pytest.mark.parametrize("way", ["complete", "stream"])
def test_a_spent_account_loses_no_answer_that_came(tmp_path, way):
    """With several requests on their way, asked again and again until all is there: no answer is paid for twice."""
    script, came = counting()
    with served(script) as server:
        model, found = model_at(server), {}
        for limit in (7, 20, 45):
            script.limit = limit
            with pytest.raises(DataError, match="spent"):
                texts(model, tmp_path / "asked.jsonl")
            assert came.total() == limit
        script.limit = math.inf
        if way == "complete":
            found = dict(enumerate(texts(model, tmp_path / "asked.jsonl")))
        else:
            with keeping(tmp_path / "asked.jsonl"):
                found = {place: each.text for place, each in stream(model, PROMPTS)}
        assert came == Counter(PROMPTS)
        assert {place: text.partition(":")[0] for place, text in found.items()} == dict(enumerate(PROMPTS))
        assert len(set(found.values())) == 60  # what is asked twice has two answers


def test_answers_are_kept_in_a_notebook_too_whose_event_loop_runs(tmp_path):
    script, came = counting()

    async def cell():
        return texts(model_at(server), tmp_path / "asked.jsonl")

    with served(script) as server:
        assert anyio.run(cell) == anyio.run(cell)
    assert came == Counter(PROMPTS)


def test_what_is_on_its_way_when_the_account_is_spent_is_waited_for(tmp_path):
    def script(handler, request, count):
        if request["messages"][-1]["content"] == "last":
            handler.send({"error": {"message": "no credits", "code": "insufficient_quota"}}, 429)
        else:
            time.sleep(0.05)
            handler.say("slow")

    with served(script) as server:
        model, found = model_at(server), []
        with pytest.raises(DataError, match="spent"):
            found.extend(stream(model, ["one", "two", "last"]))
        with pytest.raises(DataError, match="spent"), keeping(tmp_path / "asked.jsonl"):
            model.complete(["one", "two", "last", *"abcdefgh"])
        assert len((tmp_path / "asked.jsonl").read_text().splitlines()) == 3
        assert server.asked.total() == 7  # and nothing else is sent any more


CHILD = """
import sys
from pathlib import Path
from autophagy.answering.endpoint import Endpoint
from autophagy.answering.kept import keeping
from autophagy.answering.served import ServedModel
with keeping(Path(sys.argv[1])):
    ServedModel(Endpoint("fake", sys.argv[2], connections=4)).complete([f"question {n % 40}" for n in range(60)])
"""


def test_a_kill_loses_only_what_was_on_its_way(tmp_path):
    script, came = counting()
    path = tmp_path / "asked.jsonl"
    with served(script) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(path), address])
        while not (path.exists() and path.read_bytes().count(b"\n") >= 20) and child.poll() is None:
            time.sleep(0.001)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        there = path.read_bytes().count(b"\n")
        assert 20 <= there < 60
        with path.open("ab") as file:
            file.write(b'{"asked": "7f')  # a line torn by the kill
        time.sleep(0.02)  # what was on its way comes to an end
        paid = came.total()
        assert paid <= there + 4
        found = texts(model_at(server), path)
        assert came.total() - paid == 60 - there
        assert [text.partition(":")[0] for text in found] == PROMPTS
