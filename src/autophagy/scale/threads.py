"""How many threads the numeric libraries take, and that this process has its own number again behind it."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from ..core.machine import available_cores

COUNT, WAIT = "OMP_NUM_THREADS", "OMP_WAIT_POLICY"


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Let the numeric libraries use `count` threads, so that results do not hang on how many jobs run.

    Calls in several threads of a program may overlap: behind the last of them all is as it was before the first.
    """
    import threadpoolctl

    before = _Before.now()
    os.environ[COUNT] = str(count)  # for torch, which reads these when it is first imported
    os.environ.setdefault(WAIT, "PASSIVE")  # or its threads spin while another job needs the core
    _torch_takes(count)
    limits = threadpoolctl.threadpool_limits(count)
    _enter(before, limits)
    try:
        yield
    finally:
        limits.restore_original_limits()
        before.restore()
        _leave()


@dataclass(frozen=True)
class _Before:
    """What a call of `threads` found: the environment, and the threads of torch, None where it was not imported."""

    environment: Mapping[str, str | None]
    torch: int | None

    @classmethod
    def now(cls) -> "_Before":
        torch = sys.modules.get("torch")
        environment = {name: os.environ.get(name) for name in (COUNT, WAIT)}
        return cls(environment, torch.get_num_threads() if torch else None)

    def restore(self) -> None:
        for name, value in self.environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        own = self.environment[COUNT] or ""  # what torch would have read, had it been imported without us
        _torch_takes(self.torch or (int(own) if own.isdecimal() and int(own) else available_cores()))


def _torch_takes(count: int) -> None:
    torch = sys.modules.get("torch")
    if torch is not None:  # the limits of threadpoolctl know nothing of its own count
        torch.set_num_threads(count)


_lock = Lock()
_inside = 0
_first: tuple[_Before, Any] | None = None  # what the first of the calls that overlap found, and its limits


def _enter(before: _Before, limits: Any) -> None:
    global _inside, _first
    with _lock:
        _first = _first or (before, limits)
        _inside += 1


def _leave() -> None:
    """Put back what the first of the calls that overlapped has found, where this was the last."""
    global _inside, _first
    with _lock:
        _inside -= 1
        if _inside == 0 and _first:
            before, limits = _first
            _first = None
            limits.restore_original_limits()
            before.restore()
