"""Jobs in processes of their own: their messages come back as they are sent."""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import ModuleType
from typing import Any, TypeVar, cast

from ..core.errors import AutophagyError, RecordError, UsageError
from ..core.machine import available_cores

Job = TypeVar("Job")
Task = Callable[[Job], Iterable[Any]]
POLITE = (signal.SIGINT, signal.SIGTERM)


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


def spread(task: Task[Job], jobs: Sequence[Job], workers: int) -> Iterator[Any]:
    """Run `task(job)` for every job, `workers` at a time, and yield what the tasks yield, as it comes.

    With one worker all runs in this process. An AutophagyError or a MemoryError in a job ends all of them and is
    raised here.
    """
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield from task(job)
        return
    context = multiprocessing.get_context("spawn")
    waiting = list(jobs)
    running: dict[Connection, SpawnProcess] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                inlet, outlet = context.Pipe(duplex=False)
                process = context.Process(target=_work, args=(task, waiting.pop(0), outlet, os.getpid()), daemon=True)
                with _apart():
                    _start(process)
                    running[inlet] = process
                outlet.close()
            for inlet in cast("list[Connection]", wait(list(running))):
                try:
                    message = inlet.recv()
                except EOFError:
                    process = running.pop(inlet)
                    process.join()
                    if process.exitcode:
                        raise RecordError(_obituary(process.exitcode)) from None
                    continue
                if isinstance(message, AutophagyError | MemoryError):
                    raise message
                yield message
    finally:
        for process in running.values():
            process.kill()
            process.join()


def _start(process: SpawnProcess) -> None:
    try:
        process.start()
    except BrokenPipeError as error:  # which would read as if nobody wanted our output
        raise RecordError("a worker process died as it started: go on with --resume and fewer --workers.") from error


@contextmanager
def _apart() -> Iterator[None]:
    """Start a process apart from the user's script: it does not run the script again.

    Ctrl-C and a polite kill wait until the process is there, and are then the parent's alone to handle.
    """
    held: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    resource_tracker.ensure_running()  # which lifts the mask when it starts
    before = {number: signal.signal(number, lambda caught, _: held.append(caught)) for number in POLITE if main}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, POLITE)
    script, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in before.items():
            signal.signal(number, handler)
    for caught in held:
        signal.raise_signal(caught)


def _work(task: Task[Job], job: Job, outlet: Connection, parent: int) -> None:
    _die_with(parent)
    try:
        for message in task(job):
            outlet.send(message)
    except AutophagyError as error:
        outlet.send(error)
    except MemoryError as error:
        outlet.send(MemoryError(str(error)))
    except BrokenPipeError:
        return
    outlet.close()


def _obituary(code: int) -> str:
    if code < 0:
        return (
            f"a worker process was killed ({signal.Signals(-code).name}), perhaps for want of memory: "
            "go on with --resume and fewer --workers."
        )
    return f"a worker process failed with exit code {code}, for the reason above: mend it and go on with --resume."


def _die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent dies, so that no orphan writes on (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
