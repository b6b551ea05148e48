"""Verify: what verifiers say of the rows that were made, counted, and how far each of them is to be trusted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from ..core.errors import UsageError
from ..core.parts import Part, did_you_mean
from ..core.registry import build, entries
from ..core.streams import stream
from ..curators.curate import checked
from ..verifiers.answered import COLUMNS, AnsweredRow, samples_of
from ..verifiers.asking import UNASKED, AskingVerifier
from ..verifiers.rates import VerifierRates, rates_of
from .answers.counted import UNKNOWN, WRONG
from .panel import TRIED, Panel
from .tried import TriedRows

MOST_ASKED = 100  # of the rows that they are tried on, about which a model is asked
NAMES = ("kept", "rejected", "unknown", "set_aside")  # of those that are unknown, the rule drops the last


@dataclass
class Verify:
    """The verifiers of a run, each of which judges the rows that those before it kept; `counts` by their labels.

    `passages` are the texts of passages by their ids, since a row that was made from one names it as its parent. Those
    that ask a model ask the `panel`; they are tried before they judge, so that a budget leaves enough for it.
    """

    parts: Sequence[Part]
    passages: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    tried: TriedRows = field(default_factory=TriedRows)
    panel: Panel | None = None
    counts: dict[str, Counter[str]] = field(init=False)
    _judges: dict[str, Any] = field(init=False)
    _rates: dict[str, VerifierRates] = field(default_factory=dict)
    _batches: int = 0

    def __post_init__(self) -> None:
        self._judges = {str(part): verifier(part) for part in self.parts}
        self.counts = {label: Counter(dict.fromkeys(NAMES, 0)) for label in self._judges}
        for label in self._judges:
            self._said(label, [], [])  # wrong settings, or a machine without a sandbox, are told before the first call

    def __call__(self, lines: Sequence[Mapping[str, Any]]) -> list[str]:
        """Why each row, as rows.parquet has it, is dropped: "verifier NAME", or "" where all keep it."""
        for label in self._judges if lines else ():
            if self._asks(label):
                self._rates_of(label)
        self._batches += 1
        rows, ids = [self._row(line) for line in lines], [str(line.get("id", "")) for line in lines]
        reasons = [""] * len(rows)
        for label, counts in self.counts.items():
            places = [place for place, reason in enumerate(reasons) if not reason]
            verdict = self._said(label, [rows[place] for place in places], [ids[place] for place in places])
            for place, keep, score in zip(places, verdict.keep.astype(bool), verdict.score, strict=True):
                counts["unknown" if np.isnan(score) else "kept" if keep else "rejected"] += 1
                counts["set_aside"] += bool(np.isnan(score) and not keep)
                wrong = WRONG + label.partition(":")[0] + (UNKNOWN if np.isnan(score) else "")
                reasons[place] = "" if keep else wrong
        return reasons

    @property
    def asks(self) -> bool:
        """Whether one of them asks a model."""
        return any(map(self._asks, self._judges))

    def document(self) -> dict[str, Any]:
        """What each verifier kept and rejected and could not judge, and its rates on the rows that it is tried on."""
        return {
            label: {
                **counts,
                **(self._rates.get(label, VerifierRates()) if self._asks(label) else self._rates_of(label)).json(),
                "tried_by": self.tried.source,
                "model": self.panel.ledger.model.name if self.panel and self._asks(label) else None,
            }
            for label, counts in self.counts.items()
        }

    def _rates_of(self, label: str) -> VerifierRates:
        tried = self.tried
        if label not in self._rates and tried.right is not None:
            some = list(range(len(tried.rows)))
            if self._asks(label):
                some = sorted(stream(self.seed, "tried by asking").permutation(len(some))[:MOST_ASKED].tolist())
            verdict = self._said(label, [tried.rows[place] for place in some], [TRIED] * len(some))
            came = [True] * len(some) if verdict.details is None else (verdict.details != UNASKED).tolist()
            places = [place for place, there in zip(some, came, strict=True) if there]
            self._rates[label] = rates_of(
                verdict.keep[came], verdict.score[came], tried.right[places],
                [tried.clusters[place] for place in places], [tried.faults[place] for place in places],
            )  # fmt: skip
        return self._rates.get(label, VerifierRates())

    def _asks(self, label: str) -> bool:
        return isinstance(self._judges[label], AskingVerifier)

    def _said(self, label: str, rows: Sequence[AnsweredRow], ids: Sequence[str]) -> Any:
        judge = self._judges[label]
        if self.panel and isinstance(judge, AskingVerifier):
            homes = {prompt: id for row, id in zip(rows, ids, strict=True) for prompt in judge.prompts(row)}
            judge = replace(judge, ask=partial(self.panel, homes))  # type: ignore[type-var]
        rng = stream(self.seed, f"verify {label}", self._batches)
        return checked(label, judge(samples_of(rows), samples_of([]), rng), len(rows))

    def _row(self, line: Mapping[str, Any]) -> AnsweredRow:
        cells = {name: str(line.get(name) or "") for name in COLUMNS}
        return AnsweredRow(**{**cells, "passage": cells["passage"] or self.passages.get(line.get("parent", ""), "")})


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
