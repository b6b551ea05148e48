"""Async work run from plain code: also in a notebook, whose own event loop may not be run again."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import anyio

T = TypeVar("T")


def run_async(work: Callable[[], Awaitable[T]]) -> T:
    """What the work comes to, in an event loop of its own; in a thread where one runs here already."""
    if not in_a_loop():
        return anyio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: anyio.run(work)).result()


def in_a_loop() -> bool:
    """Whether an event loop runs here already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
