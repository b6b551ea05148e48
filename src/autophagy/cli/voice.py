"""How much a verb tells while it works: --quiet, -v and --log-level set the level of the package's own logger.

Errors and results are printed whatever the level. Notes, progress and what to do next are INFO, what is decided, read
or taken from a cache is DEBUG.
"""

import inspect
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Annotated, Any

from cyclopts import Parameter

from ..core.errors import UsageError
from ..core.parts import did_you_mean

LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}
DATED = "%(asctime)s %(levelname)s %(name)s: %(message)s"  # what a log that is kept needs
LOG = logging.getLogger("autophagy")

Quiet = Annotated[
    bool, Parameter(("--quiet", "-q"), negative="", show_default=False, help="Print the result and errors alone.")
]
Verbose = Annotated[
    bool,
    Parameter(
        ("--verbose", "-v"),
        negative="",
        show_default=False,
        help="Tell also what is decided, read and taken from a cache.",
    ),
]
LogLevel = Annotated[
    str | None,
    Parameter(
        help=f"Tell this much, each line with its time and module: {', '.join(LEVELS)}.",
        completer=lambda context: list(LEVELS),
    ),
]
FLAGS = {"quiet": (Quiet, False), "verbose": (Verbose, False), "log_level": (LogLevel, None)}


def voiced(verb: Callable[..., int]) -> Callable[..., int]:
    """Give a verb the flags that say how much it tells."""
    shown = inspect.signature(verb)
    made = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in FLAGS.items()]  # fmt: skip

    @wraps(verb)
    def call(*position: Any, **named: Any) -> int:
        flags = {name: named.pop(name, default) for name, (_, default) in FLAGS.items()}
        with speaking(**flags):
            return verb(*position, **named)

    every = [*shown.parameters.values(), *made]
    call.__signature__ = shown.replace(parameters=every)  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in every}
    return call


@contextmanager
def speaking(quiet: bool = False, verbose: bool = False, log_level: str | None = None) -> Iterator[None]:
    """Print what the package logs at these flags' level or above on standard error meanwhile."""
    if quiet + verbose + (log_level is not None) > 1:
        raise UsageError("--quiet, --verbose and --log-level each say how much to tell: give one of them.")
    name = log_level or ("error" if quiet else "debug" if verbose else "info")
    if name not in LEVELS:
        raise UsageError(f"--log-level is {name!r}{did_you_mean(name, LEVELS)}: choose from {', '.join(LEVELS)}.")
    handler = _Printer()
    handler.setFormatter(logging.Formatter(DATED if log_level else None))
    before = LOG.level, LOG.propagate
    LOG.addHandler(handler)
    LOG.setLevel(LEVELS[name])
    LOG.propagate = False  # a library that sets up its own logging would print every line again
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        LOG.setLevel(before[0])
        LOG.propagate = before[1]


class _Printer(logging.Handler):
    """Prints on what is standard error at the time, be it a progress bar that keeps itself at the bottom."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError, ValueError):  # nobody watches: go on all the same
            print(self.format(record), file=sys.stderr)
