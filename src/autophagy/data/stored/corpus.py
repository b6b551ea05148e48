"""A corpus on disk: chunks of rows as parquet files, what tasks find in them, and which rows are left."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from ...core.chunked import Facts, Job
from ...core.encoded import Encoded
from ...core.samples import Array, Samples
from ...scale.crew import CountedJobs
from ...scale.processes import processes
from ...scale.spread import spread
from ...text.column import content, remember, taken
from ..memory.picked import parted
from .facts import read_facts, write_facts
from .found import left

ROWS, FACTS, FOUND = "rows", "facts", "found"  # the folders of a corpus
TOLD = ("text", "generation", "source")  # the columns that a Samples has of its own
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Hands:
    """Who does the jobs: so many processes (None: one a core), of this machine or of the Ray cluster at an address.

    `tell(what, done, total)` is told of each job that is done.
    """

    workers: int | None = 1
    tell: Tell | None = None
    ray: str | None = None

    def __post_init__(self) -> None:
        processes(self.workers, 1)  # a number that is none is told before anything is done


@dataclass(frozen=True)
class StoredCorpus:
    """Rows in chunks on disk (see core.chunked.Chunked), without those that an earlier curator dropped.

    `folder` holds the chunks below rows/, `files` are their names and `counts` their rows. The rows that the curators
    `without` found are left out. What tasks find is kept below facts/ and `room`.
    """

    folder: Path
    files: tuple[str, ...]
    counts: tuple[int, ...]
    without: tuple[str, ...] = ()
    room: str = ""
    hands: Hands = field(default=Hands(), compare=False)
    of_text = True

    def __len__(self) -> int:
        return int(self.sizes.sum())

    def __reduce__(self) -> tuple[Any, ...]:
        """What another process gets: it works alone, and tells nobody."""
        return StoredCorpus, (self.folder, self.files, self.counts, self.without, self.room)

    @cached_property
    def sizes(self) -> Array:
        """The rows (chunks,) that are left of each chunk."""
        if not self.without:
            return np.array(self.counts, np.int64)
        return np.array([int(self.mask(number).sum()) for number in range(len(self.files))], np.int64)

    def chunk(self, number: int, at: Array | None = None) -> Samples:
        """The rows of one chunk that are left, or some of them; columns that are no text or numbers stay on disk."""
        path = self.folder / ROWS / self.files[number]
        if at is None:
            rows = _samples(path)
            return rows.take(self.mask(number)) if self.without else rows
        places = np.flatnonzero(self.mask(number))[at] if self.without else at
        return _as_samples(_table(path).take(places))  # a whole chunk takes ten times as long to turn into texts

    def encoded(self, number: int, at: Array | None = None) -> Encoded:
        """The texts of one chunk that are left, or some of them, as bytes."""
        column = _text_column(_table(self.folder / ROWS / self.files[number])[TOLD[0]])
        places = np.flatnonzero(self.mask(number)) if self.without else np.arange(len(column))
        some = places if at is None else places[at]
        return Encoded(*content(column if len(some) == len(column) else taken(column, some)))

    def mask(self, number: int) -> Array:
        """Which rows (n,) of a chunk are left."""
        return left(self.folder / FOUND, self.without, number, self.counts[number])

    def table(self, number: int, columns: Sequence[str] | None = None) -> Any:
        """All rows of a chunk with every column, as an Arrow table."""
        import pyarrow.parquet as pq

        return pq.ParquetFile(self.folder / ROWS / self.files[number]).read(columns=columns)

    def each(self, name: str, task: Callable[[Samples, int], Facts]) -> Iterator[Facts]:
        """What the task finds in each chunk, in their order."""
        firsts = np.cumsum(self.sizes) - self.sizes
        jobs = list(enumerate(firsts.tolist()))
        return self.spread(name, partial(_in_chunk, self, task), jobs)

    def spread(self, name: str, task: Callable[[Job], Facts], jobs: Sequence[Job]) -> Iterator[Facts]:
        """What the task finds, job after job; what an earlier run found is read."""
        folder = self.beside(name)
        todo = [(number, job) for number, job in enumerate(jobs) if not _place(folder, number).exists()]
        self.work(name, partial(_keep, folder, task), todo, len(jobs))
        for number in range(len(jobs)):
            yield read_facts(_place(folder, number))

    def has(self, name: str) -> bool:
        """Whether a task of this name found something in each chunk."""
        folder = self.beside(name)
        return bool(self.files) and all(_place(folder, number).exists() for number in range(len(self.files)))

    def known(self, name: str, number: int) -> Facts:
        """What a task of this name found in one chunk."""
        return read_facts(_place(self.beside(name), number))

    def beside(self, name: str) -> Path:
        """The folder of what tasks of this name find, for files of their own, which last as long."""
        return self.folder / FACTS / self.room / name

    def work(self, name: str, task: Callable[[Any], Iterator[int]], todo: CountedJobs[Any], total: int) -> None:
        """Do the jobs that are left of so many, and tell of each."""
        steps = spread(task, todo, self.hands.workers, self.hands.ray)
        for done, _ in enumerate(steps, total - len(todo) + 1):
            if self.hands.tell:
                self.hands.tell(name, done, total)


def _in_chunk(corpus: StoredCorpus, task: Callable[[Samples, int], Facts], job: tuple[int, int]) -> Facts:
    number, first = job
    return task(corpus.chunk(number), first)


def _keep(folder: Path, task: Callable[[Any], Facts], job: tuple[int, Any]) -> Iterator[int]:
    """Do one job, write what it found, and say its number."""
    number, what = job
    write_facts(_place(folder, number), task(what))
    yield number


def _place(folder: Path, number: int) -> Path:
    return folder / f"{number:06}.npz"


@lru_cache(maxsize=2)
def _table(path: Path) -> Any:
    """The rows of a chunk; the last two that were read stay in memory, and so do their texts."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(path).read()  # read_table would import pandas


@lru_cache(maxsize=2)
def _samples(path: Path) -> Samples:
    return _as_samples(_table(path))


def _as_samples(table: Any) -> Samples:
    import pyarrow as pa

    words, numbers = pa.types.is_string, (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean)
    columns = {}
    for name in table.column_names:
        column = table[name]
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if words(column.type) or pa.types.is_large_string(column.type):
            columns[name] = np.array(_filled(column).to_pylist(), dtype=np.dtypes.StringDType())
            if name == TOLD[0]:
                remember(columns[name], _text_column(column))
        elif any(is_number(column.type) for is_number in numbers):
            columns[name] = column.to_numpy()
    text, generation, source = (columns.pop(name) for name in TOLD)
    names = parted(list(columns), ("x",))  # as Samples calls its texts
    return Samples(text, generation, source, dict(zip(names, columns.values(), strict=True)))


def _text_column(column: Any) -> Any:
    """A column of texts as one Arrow array, as text.column makes it."""
    import pyarrow as pa

    return _filled(column).cast(pa.large_string()).combine_chunks()


def _filled(column: Any) -> Any:
    """Texts with nothing in the place of none; where there is no gap, pyarrow need not import pandas for that."""
    return column.fill_null("") if column.null_count else column
