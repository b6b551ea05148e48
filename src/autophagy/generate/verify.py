"""Verify: what verifiers say of the rows that were made, counted, and how far each of them is to be trusted."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..core.errors import UsageError
from ..core.parts import Part, did_you_mean
from ..core.registry import build, entries
from ..core.streams import stream
from ..curators.curate import checked
from ..verifiers.answered import COLUMNS, AnsweredRow, samples_of
from ..verifiers.rates import VerifierRates, rates_of
from .answers.answering import Answering
from .made import MadeRow
from .tried import TriedRows

NAMES = ("kept", "rejected", "unknown", "set_aside")  # of those that are unknown, the rule drops the last


@dataclass
class Verify:
    """The verifiers of a run, each of which judges the rows that those before it kept; `counts` by their labels.

    `passages` are the texts of passages by their ids, since a row that was made from one names it as its parent.
    """

    parts: Sequence[Part]
    passages: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    tried: TriedRows = field(default_factory=TriedRows)
    counts: dict[str, Counter[str]] = field(init=False)
    _judges: dict[str, Any] = field(init=False)
    _batches: int = 0

    def __post_init__(self) -> None:
        self._judges = {str(part): verifier(part) for part in self.parts}
        self.counts = {label: Counter(dict.fromkeys(NAMES, 0)) for label in self._judges}
        for label in self._judges:
            self._said(label, [])  # wrong settings, or a machine without a sandbox, are told before the first call

    def __call__(self, lines: Sequence[Mapping[str, Any]]) -> list[str]:
        """Why each row, as rows.parquet has it, is dropped: "verifier NAME", or "" where all keep it."""
        self._batches += 1
        rows = [self._row(line) for line in lines]
        reasons = [""] * len(rows)
        for label, counts in self.counts.items():
            places = [place for place, reason in enumerate(reasons) if not reason]
            verdict = self._said(label, [rows[place] for place in places])
            for place, keep, score in zip(places, verdict.keep.astype(bool), verdict.score, strict=True):
                counts["unknown" if np.isnan(score) else "kept" if keep else "rejected"] += 1
                name = label.partition(":")[0]
                counts["set_aside"] += bool(np.isnan(score) and not keep)
                reasons[place] = "" if keep else f"verifier {name}{' cannot tell' if np.isnan(score) else ''}"
        return reasons

    def document(self) -> dict[str, Any]:
        """What each verifier kept and rejected and could not judge, and its rates on the rows that it is tried on."""
        return {
            label: {**counts, **self._rates(label).json(), "tried_by": self.tried.source}
            for label, counts in self.counts.items()
        }

    def _rates(self, label: str) -> VerifierRates:
        tried = self.tried
        if tried.right is None:
            return VerifierRates()
        verdict = self._said(label, tried.rows)
        return rates_of(verdict.keep, verdict.score, tried.right, tried.clusters, tried.faults)

    def _said(self, label: str, rows: Sequence[AnsweredRow]) -> Any:
        rng = stream(self.seed, f"verify {label}", self._batches)
        batch = samples_of(rows)
        return checked(label, self._judges[label](batch, samples_of([]), rng), len(rows))

    def _row(self, line: Mapping[str, Any]) -> AnsweredRow:
        cells = {name: str(line.get(name) or "") for name in COLUMNS}
        return AnsweredRow(**{**cells, "passage": cells["passage"] or self.passages.get(line.get("parent", ""), "")})


def finished(answering: Answering, verify: Verify) -> Callable[[Sequence[MadeRow]], list[MadeRow]]:
    """What completes rows with their answers, and then has their outputs verified."""

    def finish(rows: Sequence[MadeRow]) -> list[MadeRow]:
        done = answering(rows)
        reasons = iter(verify([row.line("") for row in done if not row.reason]))
        return [row if row.reason else replace(row, reason=next(reasons)) for row in done]

    return finish


def verifier(part: Part) -> Any:
    """A curator of rows with an answer; raises UsageError where a name is that of another curator, or of none."""
    curators = entries("curator")
    known = [name for name, entry in curators.items() if entry.of == "pairs"]
    if part.name not in known:
        listed, close = ", ".join(known), did_you_mean(part.name, known)
        if part.name in curators:
            wrong = f"the curator {part.name} verifies no answers: give it as --curator, or choose from {listed}."
        else:
            wrong = f"there is no verifier {part.name!r}{close}: choose from {listed}."
        raise UsageError(wrong)
    return build("curator", part)
