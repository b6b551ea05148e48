"""What draws the page of a run, made ready by a thread while the run goes on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import Any

from ..core.errors import MissingExtra
from ..core.machine import available_cores
from ..report.templates import compile_ahead

Progress = Callable[..., None]
# of others alone: two threads that import modules which import each other may meet one that is half there
DRAWING = ("matplotlib.figure", "matplotlib.backends.backend_svg", "jinja2")
TABLES = ("pyarrow.parquet", "pyarrow.compute")  # of what workers write, wanted once they have
ARRAYS = {"audit": ("pandas",)}  # which pyarrow imports when it makes its first array, as an audit does in this process


@contextmanager
def page_meanwhile(verb: str, progress: Progress, *, at_once: bool = False) -> Iterator[Progress]:
    """Import what the page needs, and read its templates, beside what is done; with a single core nothing would be won.

    It begins when a first job is done, of which the `progress` that is yielded hears: earlier, it would hold up those
    who get the jobs ready. Where these wait for workers in any case it begins `at_once`, and with what reads tables.
    """
    if available_cores() == 1:
        yield progress
        return
    modules = (*DRAWING, *TABLES, *ARRAYS.get(verb, ())) if at_once else DRAWING
    thread = Thread(target=_prepare, args=(verb, modules), name="libraries of the page")

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


def _prepare(verb: str, modules: Sequence[str]) -> None:
    for module in modules:
        with suppress(ImportError):  # which the page tells of
            import_module(module)
    with suppress(MissingExtra):
        compile_ahead(verb)
