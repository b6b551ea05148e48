"""Writing kept/ and dropped/: parts of some ten thousand rows under one schema, and the index of what is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..core.chunked import Facts
from ..core.files import writing
from ..curators.duplicates.copies import SKETCHES
from ..curators.duplicates.sketch import of_rows
from ..curators.session import Session
from ..curators.shares import Shares
from ..data.stored.corpus import StoredCorpus
from ..data.stored.facts import write_facts
from ..data.stored.spec import INDEX, KEPT
from .record import DROPPED
from .split import split

PART = 30_000  # rows of a part, kept and dropped together
Job = tuple[int, tuple[int, ...]]  # the number of a part, and its chunks


@dataclass(frozen=True)
class WrittenParts:
    """How many rows were kept, how many each curator dropped, and the shares of topics, languages and sources."""

    kept: int
    dropped: dict[str, int]
    shares: list[dict[str, Any]]


def write_parts(session: Session, out: Path, seed: int) -> WrittenParts:
    """Write all rows below `out`; the shares are estimated meanwhile, as their longest takes as long at any size.

    A part that an earlier run has written is left as it is.
    """
    corpus, names = session.gathered.corpus, session.bench.labels
    shares = Shares.of(corpus, session.reference, names, seed)
    writer = _Writer(corpus, session.reference, tuple(names), _sketched(session), out, session.gathered.schema)
    jobs: list[str | Job] = [*shares.by, *enumerate(_parts(corpus.counts), 1)]
    found = list(corpus.spread("writing", partial(_either, shares, writer), jobs))
    parts = found[len(shares.by) :]
    dropped = sum((facts["dropped"] for facts in parts), np.zeros(len(names), np.int64))
    kept = sum(int(facts["kept"]) for facts in parts)
    return WrittenParts(kept, dict(zip(names, dropped.tolist(), strict=True)), shares.read(found[: len(shares.by)]))


def _either(shares: Shares, writer: "_Writer", job: str | Job) -> Facts:
    return shares.share(job) if isinstance(job, str) else writer.write(*job)


def _parts(counts: Sequence[int]) -> list[tuple[int, ...]]:
    """The chunks of each part."""
    parts: list[tuple[int, ...]] = []
    held: list[int] = []
    for number in range(len(counts)):
        held.append(number)
        if sum(counts[each] for each in held) >= PART:
            parts.append(tuple(held))
            held = []
    return [*parts, tuple(held)] if held else parts


def _sketched(session: Session) -> StoredCorpus | None:
    """The corpus as the curator saw it that sketched its rows; None where none did."""
    corpus = session.gathered.corpus
    for at in range(len(session.bench.parts)):
        seen = session.bench.seen(corpus, at)
        if seen.has(SKETCHES):
            return seen
    return None


@dataclass(frozen=True)
class _Writer:
    """What writes a part: the rows, who dropped them, and the corpus as it was sketched."""

    corpus: StoredCorpus
    reference: StoredCorpus | None
    labels: tuple[str, ...]
    sketched: StoredCorpus | None
    out: Path
    schema: Any

    def write(self, number: int, chunks: Sequence[int]) -> Facts:
        """Write the part of these chunks; the rows kept, and those that each curator dropped."""
        import pyarrow as pa

        pairs = [split(self.corpus, self.reference, self.labels, self.schema, chunk) for chunk in chunks]
        kept, dropped = (pa.concat_tables([pair[which] for pair in pairs]) for which in (0, 1))
        for name, table in ((KEPT, kept), (DROPPED, dropped)):
            if len(table):
                _save(self.out / name / f"part-{number:05}.parquet", table)
        if len(kept) and self.sketched is not None:
            write_facts(self.out / INDEX / f"part-{number:05}.npz", self._sketches(self.sketched, chunks), lasting=True)
        reasons = Counter(dropped["reason"].to_pylist())
        return {"kept": np.array(len(kept)), "dropped": np.array([reasons[label] for label in self.labels], np.int64)}

    def _sketches(self, sketched: StoredCorpus, chunks: Sequence[int]) -> Facts:
        """The sketches of the rows of these chunks that are kept, in their order."""
        left = replace(self.corpus, without=self.labels)
        found = [of_rows(sketched.known(SKETCHES, each), left.mask(each)[sketched.mask(each)]) for each in chunks]
        return {
            name: np.concatenate([facts[name] for facts in found], axis=-1 if name == "keys" else 0)
            for name in found[0]
        }


def _save(path: Path, table: Any) -> None:
    import pyarrow.parquet as pq

    with writing(path) as file:
        pq.write_table(table, file, compression="zstd")
