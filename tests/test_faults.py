"""Faults: kills at random moments, full disks, broken and foreign folders; nothing that was finished is lost."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from autophagy.cli.main import main
from autophagy.core.errors import RecordError
from autophagy.core.files import append, read_lines
from autophagy.loop.record import Record

SLOW = """
import time
from dataclasses import dataclass
from autophagy import model
from autophagy.models.gaussian import Gaussian

@model("slow")
@dataclass(frozen=True)
class Slow:
    "A Gaussian that takes its time."
    def fit(self, train, rng, *, start=None, runs=1):
        time.sleep(0.03)
        return Gaussian().fit(train, rng, runs=runs)
    def load(self, folder):
        return Gaussian().load(folder)
"""
DIES = "import multiprocessing, os; multiprocessing.parent_process() and os._exit(9)"  # the first step is the parent's
pytestmark = pytest.mark.slow  # every test starts processes, and waits for them

WORDS = ["--samples", "40", "--seeds", "3", "--metric", "drift", "--metric", "recall"]
REGIMES = ["--regime", "replace", "--regime", "subsample"]


@pytest.fixture(scope="module")
def plugin(tmp_path_factory):
    """The file of the model that takes its time."""
    path = tmp_path_factory.mktemp("plugin") / "slow.py"
    path.write_text(SLOW)
    return path


@pytest.fixture(scope="module")
def command(plugin):
    """A function that gives the command of a run in a folder."""
    words = ["loop", "ring", "--model", "slow", "--plugin", str(plugin), *WORDS, *REGIMES]

    def build(out, *more, workers=2, generations=14):
        numbers = ["--generations", str(generations), "--workers", str(workers)]
        return [sys.executable, "-m", "autophagy", *words, *numbers, "--out", str(out), *more]

    return build


@pytest.fixture(scope="module")
def whole(command, tmp_path_factory):
    """The folder of a run that nothing disturbed: read it, and copy it to change it."""
    folder = tmp_path_factory.mktemp("undisturbed") / "run"
    assert finish(command(folder)).returncode == 0
    return folder


@pytest.fixture
def here(capsys, own_registry):
    """A function that runs a command in this process, which starts none: its exit code and what it says of faults."""

    def act(command):
        capsys.readouterr()
        return main(command[3:]), capsys.readouterr().err

    return act


def finish(command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


def kill_when(command, record, lines, delay):
    """Start a run and kill it without warning once it has recorded so many lines; False where it ended before."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    path = record / "generations.jsonl"
    while process.poll() is None and (not path.exists() or path.read_bytes().count(b"\n") < lines):
        time.sleep(0.002)
    time.sleep(delay)
    running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return running


def rows_made(folder):
    found = {}
    for path in sorted(folder.glob("samples/*/*.npz")):
        with np.load(path) as file:
            found[str(path.relative_to(folder))] = {name: file[name] for name in file.files}
    return found


def test_twenty_kills_leave_the_same_numbers(whole, command, tmp_path):
    """Every other start has its regimes one after the other in one process, the rest have two workers."""
    expected, rows = (whole / "generations.jsonl").read_bytes(), rows_made(whole)
    assert expected.count(b"\n") == 2 * 3 * 14
    dice, kills, attempt = random.Random(20), 0, 0
    while kills < 20:
        attempt += 1
        out = tmp_path / f"killed-{attempt}"
        while not (out / "DONE").exists():
            have = len(read_lines(out / "generations.jsonl"))
            started = command(out, "--resume", workers=1 + kills % 2)
            kills += kill_when(started, out, have + dice.randrange(2, 20), dice.random() * 0.05)
            time.sleep(0.05)
            if kills >= 20:
                assert finish(command(out, "--resume")).returncode == 0
        assert (out / "generations.jsonl").read_bytes() == expected
        again = rows_made(out)
        assert again.keys() == rows.keys()
        assert all(np.array_equal(again[p][c], rows[p][c]) for p in rows for c in rows[p])
        assert not list(out.rglob(".*.part"))


def test_workers_do_not_change_the_numbers(whole, command, here, tmp_path):
    assert here(command(tmp_path / "one", workers=1))[0] == 0
    assert (tmp_path / "one/generations.jsonl").read_bytes() == (whole / "generations.jsonl").read_bytes()


def test_a_worker_that_is_killed_changes_nothing(whole, command, tmp_path):
    """Two kills, each of a worker of a run that has got further; the run goes on by itself."""
    out, kills = tmp_path / "run", 0
    run = subprocess.Popen(command(out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while run.poll() is None and kills < 2:
        path = out / "generations.jsonl"
        if path.exists() and path.read_bytes().count(b"\n") >= 3 + 9 * kills:
            for worker in workers_of(run.pid)[:1]:
                os.kill(worker, signal.SIGKILL)
                kills += 1
        time.sleep(0.01)
    _, told = run.communicate(timeout=120)
    assert (run.returncode, kills) == (0, 2), told
    assert told.count("a worker process was killed: the run goes on from what is recorded") == 2
    assert (out / "generations.jsonl").read_bytes() == (whole / "generations.jsonl").read_bytes()
    assert not list(out.rglob(".*.part"))


def workers_of(process):
    """The processes that a process has started to work for it; another of its children tracks resources."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    lines = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    return [child for child, line in lines.items() if b"spawn_main" in line]


def test_a_killed_parent_takes_its_workers_with_it(command, tmp_path):
    out = tmp_path / "run"
    assert kill_when(command(out), out, 4, 0.0)
    time.sleep(0.3)
    before = (out / "generations.jsonl").read_bytes(), sorted(out.rglob("*"))
    time.sleep(0.7)
    assert before == ((out / "generations.jsonl").read_bytes(), sorted(out.rglob("*")))


def test_interrupt_keeps_what_is_done_and_exits_130(command, here, tmp_path):
    out, long = tmp_path / "run", 80  # enough that it still runs when the signal comes, on a busy machine, too
    process = subprocess.Popen(
        command(out, generations=long),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a shell's background jobs inherit to ignore it
    )
    while not (out / "generations.jsonl").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert f"go on with autophagy loop --resume --out {out}" in told
    assert "Traceback" not in told
    assert here(command(out, "--resume", generations=long))[0] == 0
    assert (out / "DONE").exists()


def test_a_full_disk_is_one_sentence_and_loses_nothing(whole, command, here, tmp_path):
    """A limit on file sizes stands in for the full disk: the write fails in the same place, in the same way."""
    out = tmp_path / "full"

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (7_000, 7_000))

    stopped = finish(command(out), preexec_fn=limit)
    assert stopped.returncode == 2, stopped.stderr
    assert "cannot be written" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert here(command(out, "--resume"))[0] == 0
    assert (out / "generations.jsonl").read_bytes() == (whole / "generations.jsonl").read_bytes()


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="mounting a small disk needs root")
def test_a_disk_that_is_really_full(command, here, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        stopped = finish(command(disk / "run"))
        assert stopped.returncode == 2, stopped.stderr
        assert "free space" in stopped.stderr
        assert "Traceback" not in stopped.stderr
        lines = read_lines(disk / "run" / "generations.jsonl")
        assert finish(["mount", "-o", "remount,size=8m", str(disk)]).returncode == 0
        assert here(command(disk / "run", "--resume"))[0] == 0
        after = read_lines(disk / "run" / "generations.jsonl")
        assert all(line in after for line in lines)
        assert (disk / "run" / "DONE").exists()
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_folder_of_another_spec_is_refused_and_untouched(whole, command, here, tmp_path):
    out = shutil.copytree(whole, tmp_path / "run")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    code, told = here(command(out, "--resume", "--bias", "0.9"))
    assert code == 2
    assert "another spec (bias differ)" in told
    code, told = here(command(out))
    assert code == 2
    assert "--resume" in told
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_a_folder_of_something_else_is_refused(command, here, tmp_path):
    out = tmp_path / "papers"
    out.mkdir()
    (out / "thesis.tex").write_text("precious")
    code, told = here(command(out, "--resume"))
    assert code == 2
    assert "not a run folder" in told
    assert [path.name for path in out.iterdir()] == ["thesis.tex"]


def test_changed_data_are_refused(here, tmp_path):
    table, out = tmp_path / "rows.npy", tmp_path / "run"
    np.save(table, np.random.default_rng(0).normal(size=(60, 2)))
    command = [sys.executable, "-m", "autophagy", "loop", str(table), "--generations", "2", "--out", str(out)]
    assert here(command)[0] == 0
    np.save(table, np.random.default_rng(1).normal(size=(60, 2)))
    code, told = here([*command, "--resume"])
    assert code == 2
    assert "the data" in told
    assert "changed after" in told


def test_a_changed_plugin_is_refused(whole, plugin, command, here, tmp_path):
    out = shutil.copytree(whole, tmp_path / "run")
    before = (out / "generations.jsonl").read_bytes()
    plugin.write_text(SLOW + "\n# another line\n")
    try:
        code, told = here(command(out, "--resume"))
    finally:
        plugin.write_text(SLOW)  # the other tests share it
    assert code == 2
    assert f"the plug-in {plugin} changed after" in told
    assert (out / "generations.jsonl").read_bytes() == before


def test_two_runs_do_not_share_a_folder(command, here, tmp_path):
    out = tmp_path / "run"
    first = subprocess.Popen(command(out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (out / "generations.jsonl").exists():
        time.sleep(0.01)
    first.send_signal(signal.SIGSTOP)
    code, told = here(command(out, "--resume"))
    first.send_signal(signal.SIGCONT)
    assert code == 2
    assert "in use by another process" in told
    assert first.wait(timeout=60) == 0


def test_a_torn_last_line_is_passed_over_and_a_broken_one_is_told(tmp_path):
    path = tmp_path / "generations.jsonl"
    append(path, [{"a": 1}, {"a": 2}])
    with path.open("ab") as file:
        file.write(b'{"a": ')
    assert read_lines(path) == [{"a": 1}, {"a": 2}]
    path.write_bytes(b'{"a": 1}\n{"a"\n{"a": 3}\n')
    with pytest.raises(RecordError, match="line 2 is not JSON"):
        read_lines(path)


def test_samples_that_were_damaged_are_told(command, here, tmp_path):
    out = tmp_path / "run"
    assert kill_when(command(out), out, 12, 0.0)
    for path in out.glob("samples/*/*.npz"):
        path.write_bytes(path.read_bytes()[:100])
    code, told = here(command(out, "--resume"))
    assert code == 2
    assert "cannot be read" in told
    assert "Traceback" not in told


def test_a_worker_that_dies_is_told(here, tmp_path):
    plugin = tmp_path / "dying.py"
    plugin.write_text(SLOW.replace("time.sleep(0.03)", DIES).replace("slow", "dying"))
    words = ["loop", "normal", "--model", "dying", "--plugin", str(plugin), "--workers", "2", *WORDS, *REGIMES]
    code, told = here([sys.executable, "-m", "autophagy", *words, "--out", str(tmp_path / "run")])
    assert code == 2
    assert "a worker process failed with exit code 9" in told


def test_record_reads_what_it_wrote(whole):
    record = Record(whole)
    assert record.done
    assert record.spec().seeds == 3
    assert record.finished("replace", 3) == 14
    assert {line["regime"] for line in record.lines()} == {"replace", "subsample"}
    assert json.loads((whole / "environment.json").read_text())["data"]["name"] == "ring"
    assert (whole / "samples" / "real.npz").exists()
