"""How many threads a model is worth here and now: measured, for where a core has other work, all wait for it."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from ..core.machine import available_cores

WORK = bytes(1 << 22)  # hashed in about 5 ms, without Python's lock
TRIES, SPARED = 12, 1  # tries, and how many of them may be late by chance
LATE = 1.25  # times the seconds of one thread alone: a core that is shared is later by far


@cache
def free_threads() -> int:
    """The most threads, a power of two, that do as much each as one does alone.

    llama.cpp's threads wait for each other after every product: on a machine with other work, two of them were slower
    than one by up to thirty times. So nearly the slowest of some tries counts: a try is shorter than the slice of time
    that a thread gets on a busy core, and the luckiest one sees nothing of the others.
    """
    alone = min(_seconds(1))
    count = 1
    while 2 * count <= available_cores() and sorted(_seconds(2 * count))[-1 - SPARED] <= LATE * alone:
        count *= 2
    return count


def _seconds(count: int) -> list[float]:
    """How long so many threads take that each do the same work at once, in each of some tries."""
    found = []
    with ThreadPoolExecutor(count) as pool:
        for _ in range(1 + TRIES):
            begun = time.perf_counter()
            list(pool.map(lambda _: hashlib.sha256(WORK).digest(), range(count)))
            found.append(time.perf_counter() - begun)
    return found[1:]  # in the first one the threads are made, and their cores wake up
