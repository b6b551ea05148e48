"""Jobs handed to a crew, one after the other: each message comes back once, though a worker be killed."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, TypeVar

from ..core.errors import WorkerKilled

Job = TypeVar("Job")
Made = TypeVar("Made", covariant=True)
Task = Callable[[Job], Iterable[Any]]
AGAIN = 2  # how often a job is run again whose worker was killed
MESSAGE, END, ERROR, KILLED = "message", "end", "error", "killed"  # what is heard of a worker

LOG = logging.getLogger(__name__)


@dataclass
class Assignment:
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


class CountedJobs(Protocol[Made]):
    """Jobs of which is known how many there are."""

    def __len__(self) -> int:
        """How many."""

    def __iter__(self) -> Iterator[Made]:
        """One after the other."""


class Worker(Protocol):
    """A process, here or on another machine, and the work that it has."""

    work: Assignment

    def take(self, work: Assignment) -> None:
        """Begin a work; that it is gone by now is heard next."""

    def hear(self) -> tuple[str, Any]:
        """What comes next of it: a message, the end of its job, an error to raise, or that and how it was killed."""

    def leave(self) -> None:
        """Let it end in peace."""

    def kill(self) -> None:
        """End it at once."""


class Crew(Protocol):
    """The workers of one kind."""

    @property
    def workers(self) -> list[Any]:
        """Those that are there."""

    def hire(self) -> Worker:
        """Start one more, which is then among the workers."""

    def ready(self) -> Sequence[Worker]:
        """Those of whom there is something to hear; waits for the first."""


def carry_out(crew: Crew, jobs: Iterable[Any], most: int, fresh: bool) -> Iterator[Any]:
    """Have `most` workers at a time do the jobs, and yield their messages as they come.

    The next job is asked for while those before it are done. With `fresh` every job has a worker of its own, and is not
    run again. Raises whatever error a job ends with, and WorkerKilled where one was killed too often; no worker is left
    then.
    """
    coming = (Assignment(job) for job in jobs)
    waiting = deque(islice(coming, 1))

    def give(worker: Worker) -> None:
        worker.take(waiting.popleft())
        waiting.extend(islice(coming, 1))

    try:
        while waiting or crew.workers:
            while waiting and len(crew.workers) < most:
                give(crew.hire())
            for worker in crew.ready():
                what, value = worker.hear()
                if what == MESSAGE:
                    if worker.work.is_new():
                        yield value
                elif what == ERROR:
                    raise value
                elif what == END and waiting and not fresh:
                    give(worker)
                else:
                    crew.workers.remove(worker)
                    worker.leave()
                    if what == KILLED:
                        waiting.appendleft(_again(worker.work, value, 0 if fresh else AGAIN))
    finally:
        for worker in crew.workers:
            worker.kill()


def _again(work: Assignment, how: str, times: int) -> Assignment:
    """A work whose worker was killed, to be done from its start; raises WorkerKilled where that is enough."""
    work.killed += 1
    if work.killed > times:
        raise WorkerKilled(
            f"a worker process was killed ({how}), perhaps for want of memory: go on with --resume and fewer --workers."
        )
    LOG.warning("a worker process was killed (%s): its job is run again", how)
    work.sent = 0
    return work
