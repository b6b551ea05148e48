"""Faults of a curation: kills at random moments, a full disk; the same bytes come out, and nothing is counted twice."""

import json
import random
import resource
import signal
import subprocess
import sys
import time

import pytest

from autophagy.cli.ahead import LEAST

pytestmark = pytest.mark.slow  # every test starts processes, and waits for them

KILLS = 20
PARTS = ("kept", "index", "dropped")


def row(number):
    draw = random.Random(number % 5_500)  # the last 500 of 6,000 rows are copies of the first
    return {"id": number, "text": " ".join(f"w{draw.randrange(400)}" for _ in range(60)), "source": f"s{number % 3}"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """6,000 rows in six files."""
    folder = tmp_path_factory.mktemp("corpus")
    for part in range(6):
        lines = (json.dumps(row(number)) + "\n" for number in range(part * 1000, part * 1000 + 1000))
        (folder / f"{part}.jsonl").write_text("".join(lines))
    return folder


def command(corpus, out, *more):
    return [sys.executable, "-m", "autophagy", "curate", str(corpus), "--workers", "2", "--out", str(out), *more]


def outcome(out):
    """What a curation leaves: the bytes of its rows and its summary."""
    files = sorted([*(path for part in PARTS for path in (out / part).iterdir()), out / "summary.json"])
    return {path.relative_to(out): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def whole(corpus, tmp_path_factory):
    """What a curation leaves that nothing disturbed, and the seconds that it took."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    begun = time.monotonic()
    done = subprocess.run(command(corpus, out), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return outcome(out), time.monotonic() - begun


def test_twenty_kills_leave_the_same_bytes(corpus, whole, tmp_path):
    expected, seconds = whole
    assert json.loads(expected[next(path for path in expected if path.name == "summary.json")])["kept"] == 5_500
    draw = random.Random(20)
    for number, out in enumerate(killed(corpus, tmp_path, draw, seconds)):
        done = subprocess.run(command(corpus, out, *resumed(out)), capture_output=True, text=True)
        assert done.returncode == 0, (number, done.stderr)
        assert outcome(out) == expected
        assert not (out / "work").exists()


def test_kills_against_an_index_leave_the_same_bytes(corpus, tmp_path):
    """The first two files of six are judged against what was kept of the others, and killed four times on the way."""
    before, expected, out = tmp_path / "before", tmp_path / "expected", tmp_path / "out"
    files = sorted(corpus.iterdir())
    old, new = [*map(str, files[2:])], [*map(str, files[:2])]
    start = [sys.executable, "-m", "autophagy", "curate", "--workers", "2"]
    assert subprocess.run([*start, *old, "--out", str(before)], capture_output=True).returncode == 0
    command = [*start, *new, "--reference", str(before)]
    begun = time.monotonic()
    assert subprocess.run([*command, "--out", str(expected)], capture_output=True).returncode == 0
    seconds, draw = time.monotonic() - begun, random.Random(4)
    assert len(list((expected / "dropped").iterdir())) == 1
    for _ in range(4):
        process = subprocess.Popen([*command, "--out", str(out), *resumed(out)], stdout=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.3, 0.8) * seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = subprocess.run([*command, "--out", str(out), *resumed(out)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert outcome(out) == outcome(expected)


def test_kills_of_workers_from_a_nursery_leave_the_bytes_of_one_process(corpus, tmp_path):
    """The same texts, each twelve times over, are enough for a nursery; four kills."""
    rows, expected, out = tmp_path / "rows.jsonl", tmp_path / "expected", tmp_path / "out"
    read = (json.loads(line) for path in sorted(corpus.iterdir()) for line in path.read_text().splitlines())
    rows.write_text("".join(json.dumps(row | {"text": f"{row['text']} " * 12}) + "\n" for row in read))
    assert rows.stat().st_size > LEAST
    begun = time.monotonic()
    alone = ["1" if word == "2" else word for word in command(rows, expected)]
    assert subprocess.run(alone, capture_output=True).returncode == 0
    seconds, draw = time.monotonic() - begun, random.Random(5)
    for _ in range(4):
        process = subprocess.Popen(command(rows, out, *resumed(out)), stdout=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.2, 0.7) * seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = subprocess.run(command(rows, out, *resumed(out)), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert outcome(out) == outcome(expected)


def killed(corpus, folder, draw, seconds):
    """Folders of curations that were killed, each several times until it was nearly done, twenty times in all."""
    kills = run = 0
    while kills < KILLS:
        run += 1
        out = folder / f"out{run}"
        while kills < KILLS and not (out / "DONE").exists():
            process = subprocess.Popen(command(corpus, out, *resumed(out)), stdout=subprocess.DEVNULL)
            time.sleep(draw.uniform(0.1, 0.8) * seconds)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.wait()
        yield out


def resumed(out):
    return ["--resume"] if (out / "spec.toml").exists() else []


def test_a_full_disk_is_one_sentence_and_the_rest_can_be_done(corpus, whole, tmp_path):
    """A limit on file sizes stands in for the full disk: the write fails in the same place, in the same way."""
    out = tmp_path / "out"

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))

    full = subprocess.run(command(corpus, out), capture_output=True, text=True, preexec_fn=limit)
    assert full.returncode == 2
    assert "Traceback" not in full.stderr
    assert "cannot be written" in full.stderr.strip().splitlines()[-1]
    assert subprocess.run(command(corpus, out, *resumed(out)), capture_output=True).returncode == 0
    assert outcome(out) == whole[0]
