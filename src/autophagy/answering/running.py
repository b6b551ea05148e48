"""Async work run from plain code: also in a notebook, whose own event loop may not be run again."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


def run_async(work: Callable[[], Awaitable[T]]) -> T:
    """What the work comes to, in an event loop of its own."""

    async def whole() -> T:
        return await work()

    return apart_from_loops(lambda: asyncio.run(whole()))


def apart_from_loops(work: Callable[[], T]) -> T:
    """What work that starts an event loop comes to; it has a thread of its own where one runs here already."""
    if not in_a_loop():
        return work()
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, work).result()


def in_a_loop() -> bool:
    """Whether an event loop runs here already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
