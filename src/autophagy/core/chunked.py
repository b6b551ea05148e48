"""A corpus in chunks, larger than memory if need be, for curators that must see all rows before they judge one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np

from .encoded import Encoded, encoded
from .samples import Array, Samples

Job = TypeVar("Job")
Facts = dict[str, Array]


class Chunked(Protocol):
    """Rows in chunks. A row's number is its place in all chunks put together."""

    def __len__(self) -> int:
        """The number of rows."""

    @property
    def sizes(self) -> Array:
        """The rows (chunks,) of each chunk."""

    @property
    def of_text(self) -> bool:
        """Whether the rows are texts, told without reading any."""

    def chunk(self, number: int, at: Array | None = None) -> Samples:
        """The rows of one chunk, or those `at` some places of it; `meta` has all columns of text or numbers but `x`."""

    def encoded(self, number: int, at: Array | None = None) -> Encoded:
        """The texts of `chunk` as bytes, for who needs nothing else: a fifth of the time."""

    def each(self, name: str, task: Callable[[Samples, int], Facts]) -> Iterator[Facts]:
        """What `task(rows, first)` finds in each chunk, `first` being the number of its first row, in their order.

        The task runs in several processes, so it must be importable (a function of a module, or a partial of one). What
        it finds, arrays by name, is kept under `name`, so that a run that was killed does not do it again.
        """

    def spread(self, name: str, task: Callable[[Job], Facts], jobs: Sequence[Job]) -> Iterator[Facts]:
        """The same for jobs of any kind, such as the parts of an index: what `task(job)` finds, in their order."""

    def beside(self, name: str) -> Path | None:
        """The folder of what tasks of this name find, for files of their own; None where nothing is kept on disk."""


@dataclass(frozen=True)
class Batch:
    """A corpus of one chunk that lies in memory, such as the samples of a generation."""

    rows: Samples

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def sizes(self) -> Array:
        """The rows (1,) of the one chunk."""
        return np.array([len(self.rows)])

    @property
    def of_text(self) -> bool:
        """Whether the rows are texts."""
        return self.rows.x.dtype.kind == "T"

    def chunk(self, number: int, at: Array | None = None) -> Samples:
        """All rows, or some."""
        return self.rows if at is None else self.rows.take(at)

    def encoded(self, number: int, at: Array | None = None) -> Encoded:
        """All texts, or some, as bytes."""
        return encoded(self.chunk(number, at).x.tolist())

    def each(self, name: str, task: Callable[[Samples, int], Facts]) -> Iterator[Facts]:
        """What the task finds in all rows."""
        yield task(self.rows, 0)

    def spread(self, name: str, task: Callable[[Job], Facts], jobs: Sequence[Job]) -> Iterator[Facts]:
        """What the task finds, job after job."""
        yield from map(task, jobs)

    def beside(self, name: str) -> None:
        """Nothing is kept on disk."""


def chunks(corpus: Chunked) -> Iterator[Samples]:
    """The chunks of a corpus, one after the other."""
    yield from map(corpus.chunk, range(len(corpus.sizes)))


def by_chunk(sizes: Array, numbers: Array) -> Iterator[tuple[int, Array, Array]]:
    """Each chunk that holds some of the rows of these numbers (n,): which of these it holds, and their places in it."""
    ends = np.cumsum(sizes)
    homes = np.searchsorted(ends, numbers, side="right")  # (n,) the chunk of each
    order = np.argsort(homes, kind="stable")
    found, begins = np.unique(homes[order], return_index=True)
    for home, which in zip(found.tolist(), np.split(order, begins[1:]), strict=False):  # no number is one empty part
        yield home, which, numbers[which] - (ends[home] - sizes[home])


def pick(corpus: Chunked, numbers: Any) -> Samples:
    """The rows of these numbers, in their order; each chunk that holds some is read once."""
    numbers = np.asarray(numbers, dtype=np.int64)
    place, parts, found = np.empty(len(numbers), np.int64), list[Samples](), 0
    for home, which, inside in by_chunk(corpus.sizes, numbers):
        parts.append(corpus.chunk(home, inside))
        place[which] = found + np.arange(len(which))
        found += len(which)
    if not parts:
        return corpus.chunk(0).take(slice(0, 0)) if len(corpus.sizes) else Samples.of(np.array([], "T"))
    return Samples.concat(parts).take(place)
