"""The rows that a curator found in a chunk: their places in it, scores, details and partners, in a file."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np

from ...core.files import slug
from ...core.plugin import ALONE, Verdict
from ...core.samples import Array
from .facts import read_facts, write_facts

REASON, UNKNOWN = "reason", "unknown"


@dataclass(frozen=True)
class Found:
    """Rows that a curator found: `rows` (m,) their places in the chunk, and for each what the verdict says of it.

    `partners` (m,) number rows of the whole corpus (see Verdict), none of them left out. `reason` is what the
    verdict said of them all, and `unknown` the number of rows of which it could not tell, whether they go or stay.
    """

    rows: Array
    scores: Array
    details: Array
    spans: Array
    partners: Array
    reason: str = ""
    unknown: int = 0

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
        score = np.asarray(verdict.score, float)
        untold = int(np.count_nonzero(np.isnan(score) if verdict.unknown is None else verdict.unknown))
        return cls(rows[out], score[out], details[out], spans[out], partners[out], verdict.reason, untold)


def place(folder: Path, label: str, number: int) -> Path:
    """Where what a curator found in a chunk is kept."""
    return folder / slug(label) / f"{number:06}.npz"


def write_found(path: Path, found: Found) -> None:
    """Keep what a curator found in a chunk."""
    reason = np.array([found.reason], dtype=np.dtypes.StringDType())
    facts = {field.name: getattr(found, field.name) for field in fields(found)}
    write_facts(path, facts | {REASON: reason, UNKNOWN: np.array([found.unknown])})


def read_found(path: Path) -> Found:
    """What `write_found` wrote."""
    facts = read_facts(path)
    one = {REASON: str(facts[REASON][0]), UNKNOWN: int(facts[UNKNOWN][0])}
    return Found(**facts | one)  # type: ignore[arg-type]


def left(folder: Path, labels: Sequence[str], number: int, count: int) -> Array:
    """Which of the `count` rows of a chunk none of the curators found."""
    mask = np.ones(count, bool)
    for label in labels:
        mask[_rows(place(folder, label, number))] = False
    return mask


@lru_cache(maxsize=4096)
def _rows(path: Path) -> Array:
    with np.load(path, allow_pickle=False) as kept:
        rows: Array = kept["rows"]
    return rows
