"""A generation that is killed again and again makes the same rows, and pays no settled call twice."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter

import pyarrow.parquet as pq
import pytest

from provider import served
from writer import Answerer, Referee

pytestmark = pytest.mark.slow
KILLS = 6
SEEDS = [{"instruction": "Name three rivers of Europe.", "output": "Rhine, Rhone, Po."}]


@pytest.fixture
def serving(tmp_path):
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")
    writer, referee = Answerer(items=3), Referee()
    paid = Counter()

    def script(handler, request, count):
        time.sleep(0.05)
        text = request["messages"][-1]["content"]
        judging = request["model"] == "referee"
        reply = referee.reply(text) if judging else writer.reply(text, request.get("seed"))
        paid[text, request.get("seed")] += 1
        handler.say(reply.text, usage=(100, 50), finish=reply.stop)

    with served(script) as server:
        words = ["generate", "--seeds", str(tmp_path / "seeds.jsonl"), "--model", "fake"]
        address = f"http://127.0.0.1:{server.server_port}/v1"
        yield [*words, "--base-url", address], ["--judge", "referee", "--judge-url", address], paid


def start(words):
    return subprocess.Popen(
        [sys.executable, "-m", "autophagy", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def settled(folder):
    paths = [path for path in (folder / "calls.jsonl", folder / "judge.jsonl") if path.is_file()]
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


@pytest.mark.parametrize("answers", [0, 3])
def test_killed_again_and_again_it_makes_the_same_rows_and_asks_no_settled_call_twice(serving, tmp_path, answers):
    words, judge, paid = serving
    words += ["--rows", "8", "--answers", str(answers), *judge] if answers else ["--rows", "60"]
    assert start([*words, "--out", str(tmp_path / "whole")]).wait() == 0
    whole = pq.read_table(tmp_path / "whole" / "rows.parquet")
    calls = settled(tmp_path / "whole")
    paid.clear()
    folder = tmp_path / "killed"
    for kill in range(1, KILLS + 1):
        running = start([*words, "--out", str(folder), *(["--resume"] if folder.exists() else [])])
        while settled(folder) < calls * kill // (KILLS + 1) and running.poll() is None:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert start([*words, "--out", str(folder), "--resume"]).wait() == 0
    assert pq.read_table(folder / "rows.parquet").equals(whole)
    assert settled(folder) == calls
    assert paid.total() - calls <= KILLS * 16  # no more than what was under way at each kill
