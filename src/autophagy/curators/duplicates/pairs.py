"""Pairs: the copies among texts in memory, for a list in Python."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...core.chunked import Batch, Facts
from ...core.encoded import Encoded, encoded
from ...core.errors import UsageError
from ...core.samples import Array, Samples
from .copies import copies

CHUNK = 4_000  # texts


def pairs(texts: Sequence[str], threads: int = 1, similarity: float = 0.75) -> list[tuple[int, int]]:
    """Each text that repeats another one beside the text that stays for it, as (stays, goes), by their numbers.

    Two texts repeat each other where the Jaccard index of their sets of word 5-grams is at least `similarity`; with 1,
    where they have the same words. No text is in two pairs as the one that goes, and none that stays goes in another.
    Raises UsageError for a similarity that is not above 0 and at most 1.
    """
    check(similarity)
    found = copies(TextList(texts, threads), Batch(_samples([])), similarity)
    return list(zip(found.partners.tolist(), found.rows.tolist(), strict=True))


def check(similarity: float) -> None:
    """Raise UsageError unless it is a Jaccard index above 0."""
    if not 0 < similarity <= 1:
        raise UsageError(
            f"similarity is {similarity}: give a Jaccard index above 0 and at most 1, which is the same words."
        )


@dataclass(frozen=True)
class TextList:
    """A corpus of texts in a list, worked on by threads."""

    texts: Sequence[str]
    threads: int
    of_text = True

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def sizes(self) -> Array:
        """The texts (chunks,) of each chunk."""
        return np.diff(np.append(np.arange(0, len(self), CHUNK), len(self)))

    def chunk(self, number: int, at: Array | None = None) -> Samples:
        """The texts of one chunk, which are not copied, or some of them."""
        rows = _samples(self.texts[number * CHUNK : (number + 1) * CHUNK])
        return rows if at is None else rows.take(at)

    def encoded(self, number: int, at: Array | None = None) -> Encoded:
        """The texts of one chunk, or some of them, as bytes."""
        return encoded(self.chunk(number, at).x.tolist())

    def each(self, name: str, task: Callable[[Samples, int], Facts]) -> Iterator[Facts]:
        """What the task finds in each chunk, in their order."""
        return self.spread(name, lambda number: task(self.chunk(number), number * CHUNK), range(len(self.sizes)))

    def spread(self, name: str, task: Callable[[Any], Facts], jobs: Sequence[Any]) -> Iterator[Facts]:
        """What the task finds, job after job."""
        if self.threads == 1:
            yield from map(task, jobs)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            yield from pool.map(task, jobs)

    def beside(self, name: str) -> None:
        """Nothing is kept on disk."""


def _samples(texts: Sequence[str]) -> Samples:
    x = np.empty(len(texts), object)
    x[:] = texts
    return Samples(x, np.broadcast_to(np.int16(0), len(x)), np.broadcast_to(np.str_(""), len(x)))
