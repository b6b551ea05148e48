"""How many threads a model is worth here and now: measured, for where a core has other work, all wait for it."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from math import inf

from ..core.machine import available_cores

WORK = bytes(1 << 22)  # hashed in about 5 ms, without Python's lock
LATE = 1.25  # times the seconds of one thread alone: a core that is shared is later by far


@cache
def free_threads() -> int:
    """The most threads, a power of two, that do as much each as one does alone.

    llama.cpp's threads wait for each other after every product: on a machine with other work, two of them were slower
    than one by up to thirty times.
    """
    alone = _seconds(1)
    count = 1
    while 2 * count <= available_cores() and _seconds(2 * count) <= LATE * alone:
        count *= 2
    return count


def _seconds(count: int) -> float:
    """How long so many threads take that each do the same work at once: the best of three tries."""
    best = inf
    with ThreadPoolExecutor(count) as pool:
        for _ in range(3):
            begun = time.perf_counter()
            list(pool.map(lambda _: hashlib.sha256(WORK).digest(), range(count)))
            best = min(best, time.perf_counter() - begun)
    return best
