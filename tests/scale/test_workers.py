"""Workers that take one job after the other, and what becomes of the jobs of those that fail, hang or are killed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import nullcontext, suppress
from functools import partial

import pytest

import jobs
from autophagy.core.errors import RecordError, Unreadable
from autophagy.scale import processes
from autophagy.scale.nursery import nursery
from autophagy.scale.processes import spread


@pytest.fixture(autouse=True, params=["anew", "nursery"])
def how(request):
    """Each test twice: with workers that are started anew, and with such as come from a nursery."""
    with nursery(["jobs"]) if request.param == "nursery" else nullcontext():
        yield request.param


def test_workers_of_a_nursery_are_its_forks(how):
    parents = {parent for _, parent in spread(jobs.where_from, range(4), 2)}
    assert (os.getpid() in parents) == (how == "anew")
    assert len(parents) == 1


def test_a_nursery_is_there_until_it_is_closed(how):
    with nursery([]):
        pass
    assert (os.getpid() in dict(spread(jobs.where_from, range(2), 2)).values()) == (how == "anew")


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_every_message_comes_once(workers):
    found = list(spread(jobs.count_to, [0, 3, 1, 0, 2], workers))
    assert Counter(found) == Counter([0, 1, 2, 0, 0, 1])


def test_a_worker_takes_one_job_after_the_other_unless_they_are_to_be_fresh():
    lasting = dict(spread(jobs.who, range(40), 2))
    assert lasting.keys() == set(range(40))
    assert len(set(lasting.values())) <= 2
    assert os.getpid() not in lasting.values()
    assert len(set(dict(spread(jobs.who, range(3), 2, fresh=True)).values())) == 3


class Made:
    """Jobs that are made one by one, and how many were by now."""

    def __init__(self, count):
        self.count, self.made = count, 0

    def __len__(self):
        return self.count

    def __iter__(self):
        for job in range(self.count):
            self.made += 1
            yield job


def test_a_job_is_made_while_those_before_it_are_done():
    ahead, done = Made(20), 0
    for _ in spread(jobs.who, ahead, 2):
        done += 1
        assert ahead.made <= done + 3  # two that are worked on, and the next
    assert (done, ahead.made) == (20, 20)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_job_that_was_killed_is_run_again_and_its_messages_come_once(number, tmp_path):
    """Killed before the first message, between two, and after the last."""
    found = list(spread(partial(jobs.die_at_first, tmp_path, number=number), range(5), 2))
    assert sorted(found) == [(job, step) for job in range(5) for step in range(4)]
    assert len(list(tmp_path.iterdir())) == 5


def test_a_job_that_is_always_killed_ends_all_after_three_times(tmp_path):
    with pytest.raises(RecordError, match=r"was killed \(SIGKILL\).*--resume"):
        list(spread(partial(jobs.always_die, tmp_path), [1, 2], 2))
    assert max(Counter(path.name.partition("-")[0] for path in tmp_path.iterdir()).values()) == 3


def test_a_fresh_job_that_was_killed_ends_all(tmp_path):
    with pytest.raises(RecordError, match="was killed"):
        list(spread(partial(jobs.always_die, tmp_path), [1, 2], 2, fresh=True))
    assert max(Counter(path.name.partition("-")[0] for path in tmp_path.iterdir()).values()) == 1


def test_workers_that_are_killed_at_random_moments_change_nothing(caplog):
    """Twenty kills, each of a worker that has just sent something: none can strike the same job three times."""
    dice, kills, seen, found = random.Random(7), 0, 0, []
    for job, process in spread(jobs.who_slowly, range(2_000), 2):
        found.append(job)
        seen += 1
        if kills < 20 and seen >= 20:
            threading.Timer(dice.random() * 0.003, kill, [process]).start()
            kills, seen = kills + 1, 0
    assert kills == 20
    assert caplog.text.count("its job is run again") >= 10  # some strike one that was killed before
    assert sorted(found) == list(range(2_000))


def kill(process):
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def test_a_worker_that_is_killed_with_half_a_message_sent_is_run_again():
    """The second message does not fit the pipe, and nobody reads it before the worker is killed."""
    found = []
    for message in spread(jobs.big, [1, 2], 2):
        if isinstance(message, int):
            time.sleep(0.2)  # it is now at its second message
            kill(message)
        found.append(message if isinstance(message, int) else len(message))
    assert sorted(found)[2:] == [5_000_000] * 2
    assert len(found) == 4


def test_a_worker_that_is_killed_as_it_starts_holds_nobody_up(monkeypatch):
    """The task does not fit a pipe, so that it is still on its way when the worker is gone."""
    started, kills = processes.start, []

    def start_and_kill(process):
        started(process)
        if len(kills) < 3:
            kills.append(process.pid)
            kill(process.pid)

    monkeypatch.setattr(processes, "start", start_and_kill)
    weight = bytes(5_000_000)
    assert list(spread(partial(jobs.weigh, weight), range(4), 2)) == [len(weight)] * 4
    assert len(kills) == 3


@pytest.mark.parametrize("code", [0, 9])
def test_a_process_that_leaves_in_the_middle_of_a_job_is_told(code):
    with pytest.raises(RecordError, match=f"exit code {code}"):
        list(spread(partial(jobs.leave, code), range(4), 2))


def test_an_error_of_a_job_is_raised_as_it_was():
    with pytest.raises(Unreadable, match=r"^a.txt is broken: mend it\.$") as caught:
        list(spread(jobs.fail, range(8), 2))
    assert (caught.value.place, caught.value.reason) == ("a.txt", "is broken")


def test_want_of_memory_is_raised():
    with pytest.raises(MemoryError, match="too much"):
        list(spread(jobs.no_memory, range(8), 2))


def test_nothing_runs_on_where_no_more_is_asked_for(tmp_path):
    messages = spread(partial(jobs.hang, tmp_path), range(4), 2)
    next(messages)
    messages.close()
    assert not any(map(jobs.alive, [path.name for path in tmp_path.iterdir()]))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_their_parent(number, how, tmp_path):
    nursed = "nursery([])" if how == "nursery" else "contextlib.nullcontext()"
    code = (
        "import contextlib, sys, signal, jobs, pathlib, functools\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from autophagy.scale.nursery import nursery\n"
        "from autophagy.scale.processes import spread\n"
        "task = functools.partial(jobs.hang, pathlib.Path(sys.argv[1]))\n"
        f"with {nursed}:\n"
        "    for _ in spread(task, range(4), 2): print(_, flush=True)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    parent.stdout.readline(), parent.stdout.readline()
    parent.send_signal(number)
    _, told = parent.communicate(timeout=60)
    assert parent.returncode == -number
    assert told.count("Traceback") == (number == signal.SIGINT)  # the parent's own
    workers = [path.name for path in tmp_path.iterdir()]
    assert len(workers) == 2
    end = time.monotonic() + 30
    while any(map(jobs.alive, workers)) and time.monotonic() < end:
        time.sleep(0.01)
    assert not any(map(jobs.alive, workers))
