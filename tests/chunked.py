"""A corpus of several chunks for tests of curators: what a task is given travels as it does between processes."""

import io
import pickle
from dataclasses import dataclass, field

import numpy as np

from autophagy.core.encoded import encoded
from autophagy.core.samples import Samples


@dataclass
class Pieces:
    """The rows in chunks of `size`, judged in this process; `names` are those of the tasks that ran, in order.

    Tasks and jobs are pickled, and what they find is written and read again, so that what only works in one process
    fails here. No name may be used twice: a run that goes on would be handed the findings of the other task.
    """

    rows: Samples
    size: int
    names: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def sizes(self):
        return np.diff(np.append(np.arange(0, len(self), self.size), len(self)))

    @property
    def of_text(self):
        return self.rows.x.dtype.kind == "T"

    def chunk(self, number, at=None):
        rows = self.rows.take(slice(number * self.size, (number + 1) * self.size))
        return rows if at is None else rows.take(at)

    def encoded(self, number, at=None):
        return encoded(self.chunk(number, at).x.tolist())

    def beside(self, name):
        return None

    def each(self, name, task):
        jobs = [(number, number * self.size) for number in range(len(self.sizes))]
        return self._run(name, task, [(self.chunk(number), first) for number, first in jobs])

    def spread(self, name, task, jobs):
        return self._run(name, task, [(pickle.loads(pickle.dumps(job)),) for job in jobs])

    def _run(self, name, task, arguments):
        assert name not in self.names, f"two tasks are called {name}"
        self.names.append(name)
        for some in arguments:
            yield _stored(pickle.loads(pickle.dumps(task))(*some))


def _stored(found):
    """What was found, as it comes back from disk: arrays without Python objects."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **found)
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def judged(curator, rows, reference=None, size=10, **settings):
    """The verdicts of a curator over a corpus on the rows in chunks of `size`, one for each chunk."""
    corpus = Pieces(rows, size)
    known = Pieces(rows.take(slice(0, 0)) if reference is None else reference, size)
    verdicts = list(curator(corpus, known, np.random.default_rng(0), **settings))
    assert [len(verdict.keep) for verdict in verdicts] == corpus.sizes.tolist()
    return verdicts
