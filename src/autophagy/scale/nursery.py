"""A process that imports what workers need while this one goes on: each worker is a fork of it, and begins at once."""

import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, SpawnContext

from .start import apart

BOUND = f"{__package__}.bound"

_open = False


@contextmanager
def nursery(modules: Sequence[str]) -> Iterator[None]:
    """Let the workers that are started meanwhile come from a process that begins to import these modules now.

    It ends with this one. The environment that workers see is today's. Elsewhere than on Linux, where not every library
    lives through a fork, workers start anew and import for themselves, as they do without a nursery.
    """
    global _open
    before = _open
    if sys.platform == "linux":
        forkserver.set_forkserver_preload([BOUND, *modules])
        with apart():
            forkserver.ensure_running()
        _open = True
    try:
        yield
    finally:
        _open = before


def is_open() -> bool:
    """Whether workers that are started now come from a nursery."""
    return _open


def context() -> ForkServerContext | SpawnContext:
    """How workers are started: forked from the nursery where one is open, else anew."""
    return multiprocessing.get_context("forkserver") if _open else multiprocessing.get_context("spawn")
