"""Work on two corpora as on one: the rows that are judged, and behind them the reference."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from ...core.chunked import Chunked, Facts
from ...core.encoded import Encoded
from ...core.samples import Array


@dataclass(frozen=True)
class Work:
    """A corpus beside a reference, and the folder for what does not fit in memory."""

    corpus: Chunked
    reference: Chunked
    folder: Path
    compiled: bool

    def __len__(self) -> int:
        return len(self.corpus) + len(self.reference)

    def each(self, name: str, task: Callable[[Encoded], Facts]) -> Iterator[tuple[Facts, int]]:
        """What a task finds in the texts of every chunk of both, and the number of the chunk's first row."""
        first = 0
        for side in (self.corpus, self.reference):
            numbers = range(len(side.sizes) if len(side) else 0)
            found = side.spread(name, partial(_encoded, side, task), numbers)
            for facts, size in zip(found, side.sizes.tolist(), strict=False):
                yield facts, first
                first += size

    def some(self, name: str, task: Callable[..., Facts], rows: Array) -> Iterator[tuple[Facts, Path]]:
        """What a task finds in the chunks of both that hold any of these rows, in their order; no other one is read.

        `task(side, number, first, folder)` may keep in the folder what need not pass through this process, and find
        where it is.
        """
        for side, known in ((self.corpus, 0), (self.reference, len(self.corpus))):
            ends = np.cumsum(side.sizes) + known
            mine = rows[(rows >= known) & (rows < known + len(side))]
            numbers = np.unique(np.searchsorted(ends, mine, side="right"))
            jobs = list(zip(numbers.tolist(), (ends - side.sizes)[numbers].tolist(), strict=True))
            folder = side.beside(name) or self.folder
            for facts in side.spread(name, partial(_of_chunk, side, task, folder), jobs):
                yield facts, folder


def _encoded(side: Chunked, task: Callable[[Encoded], Facts], number: int) -> Facts:
    return task(side.encoded(number))


def _of_chunk(side: Chunked, task: Callable[..., Facts], folder: Path, job: tuple[int, int]) -> Facts:
    return task(side, *job, folder)
