"""The libraries that draw the page of a run, imported by a thread while the run goes on."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread

from ..core.machine import available_cores

# of others alone: two threads that import modules which import each other may meet one that is half there
DRAWING = ("matplotlib.figure", "matplotlib.backends.backend_svg", "jinja2")


@contextmanager
def libraries_meanwhile() -> Iterator[None]:
    """Import what the page needs beside what is done; with a single core nothing would be won."""
    if available_cores() == 1:
        yield
        return
    thread = Thread(target=_import, name="libraries of the page")
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _import() -> None:
    for module in DRAWING:
        with suppress(ImportError):  # which the page tells of
            import_module(module)
