"""A run goes on where one of its workers was killed."""

import logging
from collections.abc import Callable

from ..core.errors import WorkerKilled
from ..core.folder import mend
from ..scale.crew import AGAIN
from .record import Record

LOG = logging.getLogger(__name__)


def persist(record: Record, go_on: Callable[[], None]) -> None:
    """Go on from what is recorded where a worker was killed; raises WorkerKilled where that gets no further, twice."""
    before, killed = -1, 0
    while True:
        try:
            return go_on()
        except WorkerKilled:
            done = len(record.lines())
            before, killed = done, killed + 1 if done == before else 1
            if killed > AGAIN:
                raise
            LOG.warning("a worker process was killed: the run goes on from what is recorded")
            mend(record.folder)
