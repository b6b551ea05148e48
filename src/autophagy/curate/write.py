"""Writing kept/ and dropped/: parts of some ten thousand rows, all under one schema."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..core.chunked import Facts
from ..core.files import writing
from ..curators.session import Session
from ..data.stored.corpus import StoredCorpus
from .record import DROPPED, KEPT
from .split import split

PART = 30_000  # rows of a part, kept and dropped together


def write_parts(session: Session, out: Path) -> tuple[int, dict[str, int]]:
    """Write all rows below `out`; how many were kept, and how many each curator dropped.

    A part that an earlier run has written is left as it is.
    """
    corpus, names = session.gathered.corpus, session.bench.labels
    task: Any = partial(_write, corpus, session.reference, tuple(names), out, session.gathered.schema)
    kept, dropped = 0, np.zeros(len(names), np.int64)
    for facts in corpus.spread("writing", task, list(enumerate(_parts(corpus.counts), 1))):
        kept += int(facts["kept"])
        dropped += facts["dropped"]
    return kept, dict(zip(names, dropped.tolist(), strict=True))


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


def _write(
    corpus: StoredCorpus,
    reference: StoredCorpus | None,
    labels: tuple[str, ...],
    out: Path,
    schema: Any,
    job: tuple[int, tuple[int, ...]],
) -> Facts:
    import pyarrow as pa

    number, chunks = job
    pairs = [split(corpus, reference, labels, schema, chunk) for chunk in chunks]
    kept, dropped = (pa.concat_tables([pair[which] for pair in pairs]) for which in (0, 1))
    for name, table in ((KEPT, kept), (DROPPED, dropped)):
        if len(table):
            _save(out / name / f"part-{number:05}.parquet", table)
    reasons = Counter(dropped["reason"].to_pylist())
    return {"kept": np.array(len(kept)), "dropped": np.array([reasons[label] for label in labels], np.int64)}


def _save(path: Path, table: Any) -> None:
    import pyarrow.parquet as pq

    with writing(path) as file:
        pq.write_table(table, file, compression="zstd")
