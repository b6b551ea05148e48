"""Jobs in other processes of this machine: their messages come back as they are sent."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from operator import index
from typing import Any, cast

from ..core.errors import AutophagyError, RecordError, UsageError
from ..core.machine import available_cores
from .crew import END, ERROR, KILLED, MESSAGE, Assignment, CountedJobs, Job, Task, carry_out
from .nursery import context
from .plugins import First
from .start import apart, die_with_parent, start

TASK, JOB = "task", "job"  # what a worker is sent


def processes(workers: Any, jobs: int) -> int:
    """How many processes work on so many jobs: `workers`, by default one a core; raises UsageError for no number."""
    if workers is None:
        return max(1, min(available_cores(), jobs))
    count = index(workers) if hasattr(workers, "__index__") else 0
    if count < 1:
        raise UsageError(f"workers is {workers!r}: give a whole number of processes, 1 or more.")
    return count


def spread(task: Task[Job], jobs: CountedJobs[Job], workers: int, *, fresh: bool = False) -> Iterator[Any]:
    """Run `task(job)` for every job, `workers` at a time, and yield what the tasks yield, as it comes.

    A worker takes one job after the other, and keeps what the task has cached; with `fresh` every job has a process of
    its own. With one worker all runs in this process. An AutophagyError or a MemoryError in a job ends all of them and
    is raised here. Where a worker is killed its job is run again, at most twice, and what it had passed on is not
    passed on again: the task must send the same messages each time. Raises WorkerKilled where a job is killed once
    more, or at once where it is `fresh`.
    """
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield from task(job)
        return
    yield from carry_out(_Processes(task), jobs, workers, fresh)


@dataclass
class _Process:
    """A process of this machine, and the pipe to it."""

    process: BaseProcess
    connection: Connection
    work: Assignment

    def begin(self, task: Task[Any]) -> None:
        """Tell it the task of the jobs that follow."""
        with suppress(BrokenPipeError, ConnectionResetError):  # which is heard of when it has a job
            self.connection.send((TASK, (First(), task)))

    def take(self, work: Assignment) -> None:
        self.work = work
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send((JOB, work.job))

    def hear(self) -> tuple[str, Any]:
        try:
            return cast("tuple[str, Any]", self.connection.recv())
        except (EOFError, OSError):  # nothing, or half a message
            self.process.join()
        code = self.process.exitcode or 0
        if code < 0:
            return KILLED, signal.Signals(-code).name
        return ERROR, RecordError(
            f"a worker process failed with exit code {code}, for the reason above: mend it and go on with --resume."
        )

    def leave(self) -> None:
        if _own.waiting is not None and self.process.is_alive():
            _own.waiting.append(self)
        else:
            self.end()

    def end(self) -> None:
        """Let it end in peace, whoever may want it."""
        self.connection.close()  # which ends it
        self.process.join()

    def kill(self) -> None:
        self.process.kill()
        self.end()


class _Own(threading.local):
    """What each thread has for itself, for a worker dies with the thread that started it (see die_with_parent).

    `waiting` are the workers that wait for its next task; None where they are not to stay.
    """

    waiting: list[_Process] | None = None


_own = _Own()


@contextmanager
def staying() -> Iterator[None]:
    """Let the workers of one `spread` stay for those that follow, since starting them takes longer than many a task."""
    if _own.waiting is not None:  # they stay already
        yield
        return
    _own.waiting = []
    try:
        yield
    finally:
        waiting, _own.waiting = _own.waiting, None
        for worker in waiting:  # all at once
            worker.connection.close()
        for worker in waiting:
            worker.end()


class _Processes:
    """The processes that a task runs in."""

    def __init__(self, task: Task[Any]) -> None:
        self.task = task
        self.workers: list[_Process] = []

    def hire(self) -> _Process:
        while _own.waiting:
            worker = _own.waiting.pop()
            if worker.process.is_alive():
                self.workers.append(worker)
                worker.begin(self.task)
                return worker
            worker.end()
        ours, theirs = context().Pipe()
        process = context().Process(target=_serve, args=(theirs,), daemon=True)
        with apart():
            start(process)
            self.workers.append(_Process(process, ours, Assignment(None)))
        theirs.close()
        self.workers[-1].begin(self.task)  # not as an argument: its start would wait for one that was killed
        return self.workers[-1]

    def ready(self) -> list[_Process]:
        heard = wait([worker.connection for worker in self.workers])
        return [worker for worker in self.workers if worker.connection in heard]


def _serve(connection: Connection) -> None:
    """Take job after job of the task that came last, until the connection is closed."""
    die_with_parent()
    with suppress(EOFError):
        while True:
            what, value = connection.recv()
            if what == TASK:
                _, task = value
                continue
            try:
                for message in task(value):
                    _tell(connection, MESSAGE, message)
            except AutophagyError as error:
                _tell(connection, ERROR, error)
            except MemoryError as error:
                _tell(connection, ERROR, MemoryError(str(error)))
            else:
                _tell(connection, END)


def _tell(connection: Connection, what: str, value: Any = None) -> None:
    try:
        connection.send((what, value))
    except BrokenPipeError:
        sys.exit(1)  # nobody hears
