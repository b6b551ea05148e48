"""What the tests of scale run in other processes: tasks that yield, fail, hang or die."""

import os
import signal
import time
from contextlib import suppress

from autophagy.core.errors import Unreadable


def alive(process):
    """Whether a process runs; one that has ended and waits for its parent does not."""
    with suppress(OSError), open(f"/proc/{process}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"
    return False


def count_to(job):
    yield from range(job)


def who(job):
    yield job, os.getpid()


def where_from(job):
    yield job, os.getppid()


def who_slowly(job):
    time.sleep(0.001)
    yield job, os.getpid()


def weigh(weight, job):
    yield len(weight)


def die_at_first(folder, job, number=signal.SIGKILL):
    """Killed in its first run, as much later as the job says; the second run finds the mark of the first."""
    for step in range(4):
        mark = folder / f"{job}"
        if step == job % 5 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), number)
        yield job, step
    if job % 5 == 4 and not (folder / f"{job}").exists():
        (folder / f"{job}").touch()
        os.kill(os.getpid(), number)


def always_die(folder, job):
    (folder / f"{job}-{time.monotonic_ns()}").touch()
    os.kill(os.getpid(), signal.SIGKILL)
    yield


def leave(code, job):
    if job == 1:
        os._exit(code)
    yield job


def big(job):
    """A small message, and one that no pipe holds whole."""
    yield os.getpid()
    yield bytes(5_000_000)


def fail(job):
    yield job
    if job == 3:
        raise Unreadable("a.txt", "is broken", "mend it")


def divide(job):
    yield 1 / job


def no_memory(job):
    yield job
    if job == 3:
        raise MemoryError("too much")


def hang(folder, job):
    (folder / f"{os.getpid()}").touch()
    yield job
    time.sleep(600)
