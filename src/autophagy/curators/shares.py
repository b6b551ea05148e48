"""Shares: how much of a corpus is of each topic, language and source, before and after, beside a reference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

import numpy as np

from ..core.chunked import Batch, Chunked, Facts, by_chunk
from ..core.samples import Array, Samples
from ..core.streams import stream
from ..data.stored.corpus import StoredCorpus
from ..data.stored.facts import in_json, of_json
from .coverage.survey import survey

BY = ("topic", "language", "source")
SAMPLE = 2_000  # rows from which the shares are estimated: an interval is at most 4.4 points wide
FEWEST = 50  # rows in which topics are sought: fewer have none to speak of
HOME = ("file", "row")
LETTERS = 1_000  # of a text that tell its topic and its language


@dataclass(frozen=True)
class Shares:
    """What the shares are estimated from: rows drawn at random, which of them no curator dropped, and known rows.

    Few are drawn, so that a crawl of any size takes as long as these.
    `by` are the columns whose shares are estimated, each a job for any process.
    """

    rows: Samples
    kept: Array | None
    known: Samples
    seed: int

    @classmethod
    def of(cls, corpus: StoredCorpus, reference: StoredCorpus | None, labels: Sequence[str], seed: int) -> Self:
        """Draw the rows of a corpus; those that any curator of the `labels` found are not kept."""
        rows, places = drawn(replace(corpus, without=()), seed)
        kept = _kept(replace(corpus, without=tuple(labels)), places) if labels else None
        return cls(rows, kept, drawn(reference, seed)[0] if reference is not None else rows.take(slice(0, 0)), seed)

    @property
    def by(self) -> list[str]:
        """The columns, the one that takes longest first."""
        return [name for name in BY if name != "topic" or len(self.rows) >= FEWEST]

    def share(self, by: str) -> Facts:
        """The shares by one column, as JSON."""
        return in_json(survey(Batch(self.rows), Batch(self.known), by, self.kept, seed=self.seed).json())

    @staticmethod
    def read(found: Iterable[Facts]) -> list[dict[str, Any]]:
        """The shares by every column that has groups."""
        return [each for each in map(of_json, found) if each["groups"]]


def drawn(corpus: Chunked, seed: int, whole: bool = False) -> tuple[Samples, Array]:
    """Rows drawn at random, in their order, and their numbers; the start of their texts, or all of it if `whole`."""
    numbers = np.sort(stream(seed, "shares").choice(len(corpus), min(len(corpus), SAMPLE), replace=False))
    jobs = [(home, inside) for home, _, inside in by_chunk(corpus.sizes, numbers)]
    name, task = "drawn whole" if whole else "drawn", partial(_of_chunk, corpus, None if whole else LETTERS)
    parts = list(corpus.spread(name, task, jobs))
    columns = {column: np.concatenate([part[column] for part in parts]) for column in (parts[0] if parts else ())}
    if not columns:
        return Samples.of(np.array([], "T")), numbers
    return Samples(columns.pop("x"), columns.pop("generation"), columns.pop("source"), columns), numbers


def _of_chunk(corpus: Chunked, letters: int | None, job: tuple[int, Array]) -> Facts:
    """Some rows of a chunk, with the start of their texts and where they stand."""
    rows = corpus.chunk(*job)
    text = np.array([text[:letters] for text in rows.x.tolist()], dtype=np.dtypes.StringDType())
    home = {name: rows.meta[name] for name in HOME if name in rows.meta}
    return {"x": text, "generation": rows.generation, "source": rows.source, **home}


def _kept(corpus: StoredCorpus, numbers: Array) -> Array:
    """Which of the rows of these numbers (n,), in order, no curator dropped."""
    kept = np.zeros(len(numbers), bool)
    for home, which, inside in by_chunk(np.array(corpus.counts), numbers):
        kept[which] = corpus.mask(home)[inside]
    return kept
