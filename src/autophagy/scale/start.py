"""How a process is started apart from the user's script, and made to end with the one that started it."""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from types import ModuleType

from ..core.errors import RecordError

POLITE = (signal.SIGINT, signal.SIGTERM)
_one_at_a_time = threading.RLock()  # or one of two that start at once would keep the other's stand-in for the script


def start(process: BaseProcess) -> None:
    """Start a process; raises RecordError where it dies at once."""
    try:
        process.start()
    except BrokenPipeError as error:  # which would read as if nobody wanted our output
        raise RecordError("a worker process died as it started: go on with --resume and fewer --workers.") from error


@contextmanager
def apart() -> Iterator[None]:
    """Start a process apart from the user's script: it does not run the script again.

    Ctrl-C and a polite kill wait until the process is there, and are then the parent's alone to handle.
    """
    with _one_at_a_time, _without_script():
        yield


@contextmanager
def _without_script() -> Iterator[None]:
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


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the one that forked it dies, so that no orphan writes on (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is not None and not parent.is_alive():  # it died before the kernel was asked
            os.kill(os.getpid(), signal.SIGKILL)
