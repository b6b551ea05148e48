"""Jobs on a Ray cluster, or on a Ray of this machine, behind the same `spread`."""

import logging
import os
import socket
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..core.errors import AutophagyError, RecordError, UsageError, need
from ..core.machine import version_of
from . import plugins
from .cluster import connect
from .crew import END, ERROR, KILLED, MESSAGE, Assignment, CountedJobs, Job, Task, carry_out

LOG = logging.getLogger(__name__)
NAMES = 100  # of a folder, of which a machine that shares it has one at least


def spread(
    task: Task[Job], jobs: CountedJobs[Job], address: str, workers: int | None = None, *, fresh: bool = False
) -> Iterator[Any]:
    """Run `task(job)` for every job on the Ray cluster at an address, and yield what the tasks yield, as it comes.

    All is as in `spread` of processes, with actors of one core each for workers, by default one for each core that the
    cluster has. What the jobs read and write lies in a file system that all machines share, under the same paths.
    Raises UsageError where no cluster answers, and MissingExtra where Ray is not installed.
    """
    if not jobs:
        return
    ray = connect(address, workers)
    crew = _Actors(ray, task)
    yield from carry_out(crew, jobs, workers or max(1, int(ray.cluster_resources().get("CPU", 1))), fresh)


class Hand:
    """What runs in an actor: a job's messages are asked for one at a time."""

    def __init__(self, home: "Home") -> None:
        self.home = home
        self.task: Task[Any] | None = None
        self.steps: Iterator[tuple[str, Any]] = iter(())

    def take(self, boxed: list[Any], job: Any) -> tuple[str, Any]:
        """Begin a job of a task, which is fetched once this machine can read it; what `next` says first."""
        if self.task is None:
            unfit = self.home.move_in()
            if unfit:
                return ERROR, UsageError(unfit)
            self.task = need("ray", "a worker of a Ray cluster").get(boxed[0])
        self.steps = _steps(self.task, job)
        return self.next()

    def next(self) -> tuple[str, Any]:
        """What comes next of the job: a message, its end or its error."""
        return next(self.steps)


@dataclass(frozen=True)
class Home:
    """What a process that asks for work takes for granted, and a worker on another machine must have too."""

    folder: str
    names: tuple[str, ...]  # of what lies there
    path: tuple[str, ...]  # where modules are
    version: str | None
    threads: str | None
    own: tuple[plugins.Names, plugins.Names] = ((), ())

    @classmethod
    def here(cls) -> "Home":
        """That of this process."""
        folder, threads = os.getcwd(), os.environ.get("OMP_NUM_THREADS")
        names = tuple(islice((each.name for each in os.scandir(folder)), NAMES))
        return cls(folder, names, tuple(sys.path), version_of("autophagy"), threads, plugins.known())

    def move_in(self) -> str:
        """Assignment as if this process were there; why this machine cannot, or nothing."""
        here, name = version_of("autophagy"), socket.gethostname()
        if here != self.version:
            return f"{name} of the cluster has autophagy {here}, not {self.version}: install the same version there."
        try:
            os.chdir(self.folder)
        except OSError:
            return f"{name} of the cluster has no folder {self.folder}: run from a folder that all machines share."
        if self.names and not any(map(os.path.lexists, self.names)):  # its own folder of that name
            return f"{name} of the cluster has other files in {self.folder}: run from a folder that all machines share."
        sys.path += [place for place in self.path if place not in sys.path]
        if self.threads:
            os.environ["OMP_NUM_THREADS"] = self.threads
        plugins.load(*self.own)
        return ""


def _steps(task: Task[Job], job: Job) -> Iterator[tuple[str, Any]]:
    try:
        for message in task(job):
            yield MESSAGE, message
    except AutophagyError as error:
        yield ERROR, error
    except MemoryError as error:
        yield ERROR, MemoryError(str(error))
    except Exception:  # a fault of the task, whose traceback its machine alone knows
        yield ERROR, traceback.format_exc()
    else:
        yield END, None


@dataclass
class _Actor:
    """An actor of the cluster, and what was last asked of it."""

    ray: Any
    actor: Any
    boxed: list[Any]  # the task's reference, which Ray does not follow in a list
    asked: Any
    work: Assignment

    def take(self, work: Assignment) -> None:
        self.work, self.asked = work, self.actor.take.remote(self.boxed, work.job)

    def hear(self) -> tuple[str, Any]:
        errors = self.ray.exceptions
        try:
            what, value = self.ray.get(self.asked)
        except errors.RayTaskError as error:  # it cannot read what it was sent
            what, value = ERROR, str(error)
        except errors.RayError as error:
            if not getattr(error, "actor_init_failed", False):
                return KILLED, type(error).__name__
            what, value = ERROR, str(error)
        if what == MESSAGE:
            self.asked = self.actor.next.remote()  # while this one is seen to
        if what == ERROR and isinstance(value, str):
            LOG.error("%s", value)
            value = RecordError(
                "a worker of the cluster failed, for the reason above: mend it and go on with --resume."
            )
        return what, value

    def leave(self) -> None:
        self.kill()

    def kill(self) -> None:
        with suppress(Exception):  # it may be gone, or the cluster
            self.ray.kill(self.actor)


class _Actors:
    """The actors that a task runs in."""

    def __init__(self, ray: Any, task: Task[Any]) -> None:
        self.ray = ray
        self.workers: list[_Actor] = []
        self.kind = ray.remote(Hand).options(num_cpus=1, max_restarts=0)
        self.boxed, self.home = [ray.put(task)], Home.here()

    def hire(self) -> _Actor:
        self.workers.append(_Actor(self.ray, self.kind.remote(self.home), self.boxed, None, Assignment(None)))
        return self.workers[-1]

    def ready(self) -> list[_Actor]:
        asked = [worker.asked for worker in self.workers]
        self.ray.wait(asked)
        heard = set(self.ray.wait(asked, num_returns=len(asked), timeout=0)[0])
        return [worker for worker in self.workers if worker.asked in heard]
