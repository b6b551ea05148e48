"""Rows with an answer, as verifiers see them, and what a verifier says of each."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ..core.plugin import Verdict
from ..core.samples import Samples

# of a row of generate, of which a verifier may read any
COLUMNS = ("instruction", "input", "output", "answers", "passage", "tests")
Unknown = Literal["keep", "drop"]


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A row with its answer as `output`; `answers` is a JSON list of others to the same, "" for what it lacks."""

    instruction: str = ""
    input: str = ""
    output: str = ""
    answers: str = ""
    passage: str = ""
    tests: str = ""

    @property
    def asked(self) -> str:
        """The instruction with its input."""
        return "\n\n".join(filter(None, (self.instruction, self.input)))


@dataclass(frozen=True, slots=True)
class RowRuling:
    """What a verifier says of one row: 1 for right, 0 for wrong, NaN where it cannot tell, and why."""

    score: float
    why: str = ""

    @classmethod
    def unknown(cls, why: str) -> "RowRuling":
        """It cannot tell."""
        return cls(math.nan, why)


RIGHT = RowRuling(1.0)


def rows_of(batch: Samples) -> list[AnsweredRow]:
    """The rows of a batch by its columns; a batch without the column `output` is all answers."""
    columns = {name: [str(cell) for cell in batch.meta[name].tolist()] for name in COLUMNS if name in batch.meta}
    if "output" not in columns:
        columns["output"] = [str(text) for text in batch.x.tolist()]
    return [AnsweredRow(**dict(zip(columns, cells, strict=True))) for cells in zip(*columns.values(), strict=True)]


def samples_of(rows: Sequence[AnsweredRow]) -> Samples:
    """Rows as a verifier takes them."""
    text = np.dtypes.StringDType()
    columns: dict[str, Any] = {name: np.array([getattr(row, name) for row in rows], text) for name in COLUMNS}
    whole = ["\n".join(filter(None, (row.instruction, row.input, row.output))) for row in rows]
    return Samples.of(np.array(whole, text), **columns)


def ruled(
    batch: Samples, rule: Callable[[AnsweredRow], RowRuling], unknown: Unknown, reason: str, workers: int = 1
) -> Verdict:
    """The verdict on a batch: wrong rows go, and those that it cannot tell, whose score is NaN, as `unknown` says.

    With `workers` so many rows are judged at a time, each by a thread, where the work is another process's.
    """
    if workers > 1:
        with ThreadPoolExecutor(workers) as pool:
            rulings = list(pool.map(rule, rows_of(batch)))
    else:
        rulings = [rule(row) for row in rows_of(batch)]
    return verdict_of(rulings, unknown, reason)


def verdict_of(rulings: Sequence[RowRuling], unknown: Unknown, reason: str) -> Verdict:
    """What a verifier said of each row as a verdict."""
    score = np.array([each.score for each in rulings], float)
    keep = np.where(np.isnan(score), unknown == "keep", score > 0).astype(bool)
    details = np.array([each.why for each in rulings], np.dtypes.StringDType())
    return Verdict(keep, score, reason, details)
