"""Jobs in other processes of this machine: their messages come back as they are sent."""

import logging
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar, cast

from ..core.errors import AutophagyError, RecordError, UsageError
from ..core.machine import available_cores
from .start import apart, die_with, start

Job = TypeVar("Job")
Task = Callable[[Job], Iterable[Any]]
AGAIN = 2  # how often a job is run again whose worker was killed
MESSAGE, END, ERROR, GONE = "message", "end", "error", "gone"  # what a parent hears of a worker

LOG = logging.getLogger(__name__)


def processes(workers: Any, jobs: int) -> int:
    """How many processes work on so many jobs: `workers`, by default one a core; raises UsageError for no number."""
    if workers is None:
        return max(1, min(available_cores(), jobs))
    if not (isinstance(workers, int) and workers >= 1):
        raise UsageError(f"workers is {workers!r}: give a whole number of processes, 1 or more.")
    return workers


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Let the numeric libraries use `count` threads, so that results do not hang on how many jobs run."""
    import threadpoolctl

    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = str(count)  # for torch, which reads these when it is first imported
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # or its threads spin while another job needs the core
    torch = sys.modules.get("torch")
    if torch is not None:
        torch_before = torch.get_num_threads()
        torch.set_num_threads(count)
    try:
        with threadpoolctl.threadpool_limits(count):
            yield
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before
        if torch is not None:
            torch.set_num_threads(torch_before)  # the limits of threadpoolctl know nothing of torch's own count


def spread(task: Task[Job], jobs: Sequence[Job], workers: int, *, fresh: bool = False) -> Iterator[Any]:
    """Run `task(job)` for every job, `workers` at a time, and yield what the tasks yield, as it comes.

    A worker takes one job after the other, and keeps what the task has cached; with `fresh` every job has a process of
    its own. With one worker all runs in this process. An AutophagyError or a MemoryError in a job ends all of them and
    is raised here. Where a worker is killed its job is run again, at most twice, and what it had passed on is not
    passed on again: the task must send the same messages each time. Raises RecordError where a job is killed once
    more, or at once where it is `fresh`.
    """
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield from task(job)
        return
    waiting = deque(_Work(job) for job in jobs)
    crew: dict[Connection, _Worker] = {}
    try:
        while waiting or crew:
            while waiting and len(crew) < workers:
                _hire(task, crew).take(waiting.popleft())
            for connection in cast("list[Connection]", wait(list(crew))):
                worker = crew[connection]
                what, value = worker.hear()
                if what == MESSAGE:
                    if worker.work.is_new():
                        yield value
                elif what == ERROR:
                    raise value
                elif what == END and waiting and not fresh:
                    worker.take(waiting.popleft())
                else:
                    del crew[connection]
                    code = worker.leave()
                    if what == GONE:
                        waiting.appendleft(_again(worker.work, code, 0 if fresh else AGAIN))
    finally:
        for worker in crew.values():
            worker.process.kill()
            worker.leave()


@dataclass
class _Work:
    """A job: how many of its messages were passed on, how many its present run has sent, how often it was killed."""

    job: Any
    passed: int = 0
    sent: int = 0
    killed: int = 0

    def is_new(self) -> bool:
        """Count a message; whether it has not been passed on before."""
        self.sent += 1
        new = self.sent > self.passed
        self.passed += new
        return new


@dataclass
class _Worker:
    """A process and the work that it has."""

    process: SpawnProcess
    connection: Connection
    work: _Work

    def take(self, work: _Work) -> None:
        """Begin a work; where the process is gone, that is heard of next."""
        self.work = work
        work.sent = 0
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send(work.job)

    def hear(self) -> tuple[str, Any]:
        """What comes next of it: a message, the end of its job, an error, or nothing any more."""
        try:
            return cast("tuple[str, Any]", self.connection.recv())
        except (EOFError, OSError):  # nothing, or half a message
            return GONE, None

    def leave(self) -> int:
        """Let it end, which it does without a connection, and return its exit code."""
        self.connection.close()
        self.process.join()
        return self.process.exitcode or 0


def _hire(task: Task[Job], crew: dict[Connection, _Worker]) -> _Worker:
    """Start a worker and add it to the crew; it waits for a job."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(task, theirs, os.getpid()), daemon=True)
    with apart():
        start(process)
        crew[ours] = _Worker(process, ours, _Work(None))
    theirs.close()
    return crew[ours]


def _serve(task: Task[Job], connection: Connection, parent: int) -> None:
    """Take job after job until the connection is closed."""
    die_with(parent)
    with suppress(EOFError):
        while True:
            job = connection.recv()
            try:
                for message in task(job):
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


def _again(work: _Work, code: int, times: int) -> _Work:
    """A work whose process is gone, to be done again where it was killed; raises RecordError where that is enough."""
    work.killed += 1
    if code >= 0 or work.killed > times:
        raise RecordError(_obituary(code))
    LOG.warning("a worker process was killed (%s): its job is run again", signal.Signals(-code).name)
    return work


def _obituary(code: int) -> str:
    if code < 0:
        return (
            f"a worker process was killed ({signal.Signals(-code).name}), perhaps for want of memory: "
            "go on with --resume and fewer --workers."
        )
    return f"a worker process failed with exit code {code}, for the reason above: mend it and go on with --resume."
