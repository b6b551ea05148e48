"""Who is told of answers as they come: a model answers many prompts in one call, and that may take minutes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_TOLD: ContextVar[Callable[[int], None] | None] = ContextVar("told", default=None)


@contextmanager
def telling(told: Callable[[int], None]) -> Iterator[None]:
    """Within, `told(count)` is called each time that a model has answered so many more prompts."""
    token = _TOLD.set(told)
    try:
        yield
    finally:
        _TOLD.reset(token)


def answered(count: int) -> None:
    """A model has answered so many more prompts."""
    told = _TOLD.get()
    if told:
        told(count)
