"""A snapshot that is killed again and again asks the same prompts, and no answer twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
import tomli_w

from autophagy.data.logs.snapshot import read_snapshot
from autophagy.drift.snapshot.record import SnapshotRecord
from autophagy.drift.snapshot.run import run
from autophagy.drift.snapshot.spec import SnapshotSpec
from provider import served

pytest.importorskip("aiohttp", reason="a served model needs aiohttp")


def drawn(handler, request, count):
    time.sleep(0.004)
    handler.say(f"[{'Yes' if request.get('seed', 0) % 2 else 'No'}]")


CHILD = """
import sys
from autophagy.drift.snapshot.run import run
from autophagy.drift.snapshot.spec import SnapshotSpec
run(SnapshotSpec.from_toml(sys.argv[1]), sys.argv[2], resume=True, connections=2)
"""


def test_what_was_killed_again_and_again_asks_the_same_prompts_and_no_answer_twice(tmp_path):
    """Killed with -9 six times: what is there at the end is what an undisturbed run has."""
    out = tmp_path / "killed"
    with served(drawn) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        spec = SnapshotSpec(suites="primes", model="fake", base_url=address, prompts=60, repetitions=5, temperature=1.0)
        (tmp_path / "spec.toml").write_text(tomli_w.dumps(spec.to_dict()))
        words = [sys.executable, "-c", CHILD, str(tmp_path / "spec.toml"), str(out)]
        kills = 0
        while kills < 6:
            child = subprocess.Popen(words)
            wanted = _count(out) + 20  # lines, so that each of them comes some way
            while _count(out) < wanted and child.poll() is None:
                time.sleep(0.002)
            assert child.poll() is None, "the run ended before it was killed"
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
            kills += 1
            with (out / "answers.jsonl").open("ab") as file:
                file.write(b'{"task": "primes", "id": "pri')  # a line torn by the kill
        subprocess.run(words, check=True, timeout=120)
        whole = run(spec, tmp_path / "whole")
    lines = [json.loads(line) for line in (out / "answers.jsonl").read_text().splitlines()]
    keys = Counter((line["task"], line["id"], line["sample"]) for line in lines)
    assert len(keys) == 300
    assert set(keys.values()) == {1}
    texts = [
        {(row.question, row.sample): row.answer.text for row in log.rows} for log in (read_snapshot(out), whole.log())
    ]
    assert texts[0] == texts[1]
    assert SnapshotRecord(out).done


def _count(out):
    path = out / "answers.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0
