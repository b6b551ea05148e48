"""Rates: how often a verifier keeps right rows and wrong ones, and how wrong a writer may be before it is no help."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..core.samples import Array
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN, mean
from ..statistics.ratio import share_of_sum


@dataclass(frozen=True)
class VerifierRates:
    """What is known of a verifier from rows of which it is known whether they are right.

    `phi` is the share of the right rows that it keeps, `psi` that of the wrong ones, with psi by fault in `faults` and
    `right_given_kept` the share of the rows it keeps that are right. `breakdown` is the share of wrong rows up to which
    more of what it keeps is right than wrong. `kept` is the share of all these rows that it keeps, and `unknown` counts
    those that it could not judge.
    """

    phi: Score = UNKNOWN
    psi: Score = UNKNOWN
    right_given_kept: Score = UNKNOWN
    breakdown: Score = UNKNOWN
    kept: Score = UNKNOWN
    faults: dict[str, Score] = field(default_factory=dict)
    rows: int = 0
    unknown: int = 0

    def json(self) -> dict[str, Any]:
        """The rates as JSON has them."""
        scores = {name: getattr(self, name).json() for name in ("right_given_kept", "phi", "psi", "breakdown")}
        faults = {name: score.json() for name, score in self.faults.items()}
        return {**scores, "psi_by_fault": faults, "tried_on": self.rows, "kept_of_these": self.kept.json(),
                "unknown_of_these": self.unknown}  # fmt: skip


def rates_of(
    keep: Array, score: Array, right: Array, clusters: Sequence[str], faults: Sequence[str] = ()
) -> VerifierRates:
    """The rates from what a verifier said of rows (n,) that are `right` or not; rows of one cluster go together.

    Wrong rows with `faults`, one a row, were planted: how many of the kept ones are right then says nothing of a
    writer, and is unknown. Where no row could be judged, nothing is known of the verifier.
    """
    unknown = int(np.isnan(score).sum())
    if unknown == len(score):
        return VerifierRates(rows=len(score), unknown=unknown)
    marks, right, groups = keep.astype(float), right.astype(bool), np.asarray(clusters)
    phi, psi = (mean(marks[side], groups[side]) if side.any() else UNKNOWN for side in (right, ~right))
    kept = keep.astype(bool)
    planted = np.asarray(faults or [""] * len(keep))
    known = kept.any() and not any(faults)
    return VerifierRates(
        phi,
        psi,
        mean(right[kept].astype(float), groups[kept]) if known else UNKNOWN,
        share_of_sum(phi, psi),
        mean(marks, groups),
        {name: mean(marks[planted == name]) for name in sorted(set(faults) - {""})},
        len(keep),
        unknown,
    )


def is_known(score: Score) -> bool:
    """Whether a score has a value."""
    return score.n > 0 and math.isfinite(score.value)
