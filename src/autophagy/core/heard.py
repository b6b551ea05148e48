"""A long count that is heard of: nothing in its first seconds, then a line with the time left now and then."""

import logging
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

LOG = logging.getLogger(__name__)
EVERY = 5.0  # seconds between two lines

Step = TypeVar("Step")


def heard(steps: Iterable[Step], total: int, what: str) -> Iterator[Step]:
    """The steps themselves; what takes no longer than EVERY is not told of."""
    begun = told = time.monotonic()
    for number, step in enumerate(steps):
        now = time.monotonic()
        if now - told >= EVERY:
            left = (now - begun) * (total - number) / number
            LOG.info("%s %s of %s, about %.0f s left", what, f"{number:,}", f"{total:,}", left)
            told = now
        yield step
