"""The libraries that draw the page of a run, imported by a thread while the run goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import Any

from ..core.machine import available_cores

Progress = Callable[..., None]
# of others alone: two threads that import modules which import each other may meet one that is half there
DRAWING = ("matplotlib.figure", "matplotlib.backends.backend_svg", "jinja2")


@contextmanager
def libraries_meanwhile(progress: Progress, *, at_once: bool = False) -> Iterator[Progress]:
    """Import what the page needs beside what is done; with a single core nothing would be won.

    It begins when a first job is done, of which the `progress` that is yielded hears: earlier, it would hold up those
    who get the jobs ready. Where these wait for workers in any case it begins `at_once`.
    """
    if available_cores() == 1:
        yield progress
        return
    thread = Thread(target=_import, name="libraries of the page")

    def heard(*told: Any) -> None:
        if thread.ident is None:
            thread.start()
        progress(*told)

    if at_once:
        thread.start()
    try:
        yield heard
    finally:
        if thread.ident is not None:
            thread.join()


def _import() -> None:
    for module in DRAWING:
        with suppress(ImportError):  # which the page tells of
            import_module(module)
