"""The rows that a curator found in a chunk: their places in it, scores, details and partners, in a parquet file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ...core.files import slug, writing
from ...core.plugin import ALONE, Verdict
from ...core.samples import Array

REASON = "reason"
SHOWN = ("row", "score", "detail", "start", "end", "partner")


@dataclass(frozen=True)
class Found:
    """Rows that a curator found: `rows` (m,) their places in the chunk, and for each what the verdict says of it.

    `partners` (m,) number rows of the whole corpus (see Verdict), none of them left out. `reason` is what the
    verdict said of them all.
    """

    rows: Array
    scores: Array
    details: Array
    spans: Array
    partners: Array
    reason: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def of(cls, verdict: Verdict, rows: Array) -> "Found":
        """The rows that a verdict does not keep; `rows` (n,) are the places in the chunk of those it speaks of."""
        out = ~verdict.keep.astype(bool)
        n = len(verdict.keep)
        nothing = np.full(n, "", dtype=np.dtypes.StringDType())
        details = nothing if verdict.details is None else verdict.details
        spans = np.full((n, 2), -1, np.int64) if verdict.spans is None else verdict.spans
        partners = np.full(n, ALONE, np.int64) if verdict.partners is None else verdict.partners
        return cls(
            rows[out], np.asarray(verdict.score, float)[out], details[out], spans[out], partners[out], verdict.reason
        )


def place(folder: Path, label: str, number: int) -> Path:
    """Where what a curator found in a chunk is kept."""
    return folder / slug(label) / f"{number:06}.parquet"


def write_found(path: Path, found: Found) -> None:
    """Keep what a curator found in a chunk."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        "row": pa.array(found.rows.astype(np.int32)),
        "score": pa.array(found.scores.astype(np.float64)),
        "detail": pa.array(found.details.tolist(), pa.string()),
        "start": pa.array(found.spans[:, 0].astype(np.int64)),
        "end": pa.array(found.spans[:, 1].astype(np.int64)),
        "partner": pa.array(found.partners.astype(np.int64)),
    }
    with writing(path) as file:
        pq.write_table(pa.table(columns).replace_schema_metadata({REASON: found.reason}), file)


def read_found(path: Path) -> Found:
    """What `write_found` wrote."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    row, score, detail, start, end, partner = (table[name] for name in SHOWN)
    details: Any = np.array(detail.to_pylist(), dtype=np.dtypes.StringDType())
    spans = np.stack([start.to_numpy(), end.to_numpy()], axis=1)
    reason = (table.schema.metadata or {}).get(REASON.encode(), b"").decode()
    return Found(row.to_numpy(), score.to_numpy(), details, spans, partner.to_numpy(), reason)


def left(folder: Path, labels: Sequence[str], number: int, count: int) -> Array:
    """Which of the `count` rows of a chunk none of the curators found."""
    mask = np.ones(count, bool)
    for label in labels:
        mask[_rows(place(folder, label, number))] = False
    return mask


@lru_cache(maxsize=4096)
def _rows(path: Path) -> Array:
    import pyarrow.parquet as pq

    rows: Array = pq.read_table(path, columns=["row"])["row"].to_numpy()
    return rows
