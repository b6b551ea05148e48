"""Work on two corpora as on one: the rows that are judged, and behind them the reference."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...core.chunked import Chunked, Facts
from ...core.samples import Samples


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


def _shifted(task: Callable[..., Facts], known: int, rows: Samples, first: int) -> Facts:
    return task(rows, first + known)
