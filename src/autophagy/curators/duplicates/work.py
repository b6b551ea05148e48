"""Work on two corpora as on one: the rows that are judged, and behind them the reference."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from ...core.chunked import Chunked, Facts
from ...core.samples import Array, Samples


@dataclass(frozen=True)
class Work:
    """A corpus beside a reference, and the folder for what does not fit in memory."""

    corpus: Chunked
    reference: Chunked
    folder: Path
    compiled: bool

    def __len__(self) -> int:
        return len(self.corpus) + len(self.reference)

    def each(self, name: str, task: Callable[..., Facts]) -> Iterator[tuple[Facts, int]]:
        """What a task finds in every chunk of both, and the number of the chunk's first row."""
        first = 0
        for side, known in ((self.corpus, 0), (self.reference, len(self.corpus))):
            if not len(side):
                continue
            found = side.each(name, partial(_shifted, task, known))
            for facts, size in zip(found, side.sizes.tolist(), strict=True):
                yield facts, first
                first += size

    def some(self, name: str, task: Callable[..., Facts], rows: Array) -> Iterator[Facts]:
        """What a task finds in the chunks of both that hold any of these rows, in their order; no other one is read."""
        for side, known in ((self.corpus, 0), (self.reference, len(self.corpus))):
            ends = np.cumsum(side.sizes) + known
            mine = rows[(rows >= known) & (rows < known + len(side))]
            numbers = np.unique(np.searchsorted(ends, mine, side="right"))
            jobs = list(zip(numbers.tolist(), (ends - side.sizes)[numbers].tolist(), strict=True))
            yield from side.spread(name, partial(_of_chunk, side, task), jobs)


def _of_chunk(side: Chunked, task: Callable[..., Facts], job: tuple[int, int]) -> Facts:
    number, first = job
    return task(side.chunk(number), first)


def _shifted(task: Callable[..., Facts], known: int, rows: Samples, first: int) -> Facts:
    return task(rows, first + known)
