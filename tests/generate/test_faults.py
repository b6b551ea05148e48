"""A generation killed at twenty moments makes the same rows and pays no settled call twice; so on a full disk."""

import json
import multiprocessing
import random
import resource
import subprocess
import sys
import time
from collections import Counter

import pytest

from autophagy.cli.main import main
from autophagy.core.parts import Part
from autophagy.core.recipe import Request
from autophagy.generate.calls import Call
from provider import served
from writer import Answerer, Referee, generate_with

pytestmark = pytest.mark.slow
KILLS, SEVERAL = 20, 8
SEEDS = [{"instruction": "Name three rivers of Europe.", "output": "Rhine, Rhone, Po."}]


@pytest.fixture
def serving(tmp_path):
    """The words of a generation, those of a judge, and how often each reply was paid, by the seed of its call."""
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")
    writer, referee = Answerer(items=3), Referee()
    paid = Counter()

    def script(handler, request, count):
        paid[request["seed"]] += 1
        time.sleep(0.01)
        text = request["messages"][-1]["content"]
        judging = request["model"] == "referee"
        reply = referee.reply(text) if judging else writer.reply(text, request["seed"])
        handler.say(reply.text, usage=(100, 50), finish=reply.stop)

    with served(script) as server:
        words = ["generate", "--seeds", str(tmp_path / "seeds.jsonl"), "--model", "fake"]
        address = f"http://127.0.0.1:{server.server_port}/v1"
        yield [*words, "--base-url", address], ["--judge", "referee", "--judge-url", address], paid


def settled(folder):
    """The seeds of the calls in both ledgers of which a reply is there."""
    paths = [path for path in (folder / "calls.jsonl", folder / "judge.jsonl") if path.is_file()]
    lines = [json.loads(row) for path in paths for row in path.read_bytes().split(b"\n")[:-1]]
    calls = [Call(line["call"], Part("alpaca"), Request("")) for line in lines if line["state"] == "settled"]
    return [call.seed(0) for call in calls]


@pytest.mark.parametrize(("answers", "connections"), [(0, 1), (0, SEVERAL), (3, SEVERAL)])
def test_killed_at_twenty_moments_it_makes_the_same_rows_and_pays_no_settled_call_twice(
    serving, tmp_path, answers, connections
):
    words, judge, paid = serving
    words += ["--rows", "8", "--answers", str(answers), *judge] if answers else ["--rows", "60"]
    assert main([*words, "--out", str(tmp_path / "whole")]) == 0
    calls = settled(tmp_path / "whole")
    paid.clear()
    folder, rng, before = tmp_path / "killed", random.Random(connections), []
    for share in sorted(rng.uniform(0, 0.95) for _ in range(KILLS)):
        running = start([*words, "--out", str(folder), *(["--resume"] if folder.exists() else [])], connections)
        while len(settled(folder)) < int(len(calls) * share) and running.is_alive():
            time.sleep(0.005)
        time.sleep(rng.uniform(0, 0.05))
        running.kill()
        running.join()
        assert running.exitcode == -9, "it ended before it was killed"
        before.append({seed: paid[seed] for seed in settled(folder)})
    assert len(before[-1]) > len(calls) // 2  # they came while there was something to lose
    assert main([*words, "--out", str(folder), "--resume"]) == 0
    assert (folder / "rows.parquet").read_bytes() == (tmp_path / "whole" / "rows.parquet").read_bytes()
    assert sorted(settled(folder)) == sorted(calls)
    for known in before:
        assert {seed: paid[seed] for seed in known} == known  # what was settled was never asked for again
    assert paid.total() - len(calls) <= KILLS * connections  # no more than what was under way at each kill


def start(words, connections):
    """The command in a process of its own, which has all that is imported from another one."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["autophagy.generate.run", "autophagy.answering.served", "autophagy.report.write"])
    process = server.Process(target=generate_with, args=(words, connections))
    process.start()
    return process


def test_a_full_disk_is_one_sentence_and_the_last_line_of_the_ledger_is_whole(serving, tmp_path):
    """A limit on file sizes stands in for the full disk: the write fails in the same place, in the same way."""
    words, _, paid = serving
    words += ["--rows", "60"]
    assert main([*words, "--out", str(tmp_path / "whole")]) == 0
    size = (tmp_path / "whole" / "calls.jsonl").stat().st_size // 2
    paid.clear()
    folder = tmp_path / "full"
    told = subprocess.run(
        [sys.executable, "-m", "autophagy", *words, "--out", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert told.returncode == 2, told.stderr
    assert "calls.jsonl cannot be written" in told.stderr
    assert "Traceback" not in told.stderr
    assert (folder / "calls.jsonl").read_bytes().endswith(b"}\n")
    before = {seed: paid[seed] for seed in settled(folder)}
    assert len(before) > 5
    assert main([*words, "--out", str(folder), "--resume"]) == 0
    assert (folder / "rows.parquet").read_bytes() == (tmp_path / "whole" / "rows.parquet").read_bytes()
    assert {seed: paid[seed] for seed in before} == before
