"""The figures that tell what is at fault, read off the rows: who reads, who finds, who knew, and who did not answer."""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from ..core.stops import CUT
from ..core.streams import stream
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN, difference, mean
from .rows import AnswerRows, Floats, says_nothing


@dataclass(frozen=True, slots=True)
class Symptoms:
    """Shares right on the questions that the documents answer, and how many got no answer.

    `closed` is the model on its own (unknown where it was not asked), `oracle` with the right documents, `context` the
    best arm that searches, `found` that arm where it found all evidence, `gap` oracle less context and `recall` the
    share of the evidence that was found. `chance` is what guessing between choices gives. `rows` counts answers that
    were wanted, of which `cut` were cut, the longest at so many tokens (`longest`), and `failed` never came, mostly
    for the `reason`; `empty` came whole and say nothing. `alone` names the closed arm, and `shown` the oracle.
    """

    questions: int
    closed: Score = UNKNOWN
    oracle: Score | None = None
    context: Score | None = None
    found: Score | None = None
    gap: Score | None = None
    recall: float = math.nan
    chance: float = 0.0
    rows: int = 0
    cut: int = 0
    longest: int = 0
    failed: int = 0
    reason: str = ""
    empty: int = 0
    alone: str | None = None
    shown: str | None = None

    def above_chance(self, share: float) -> float:
        """A share right as it would be without lucky guesses."""
        return (share - self.chance) / (1 - self.chance)

    @classmethod
    def of(cls, rows: AnswerRows, context: str | None) -> "Symptoms":
        """The symptoms of a comparison, whose best arm that searches is `context`."""
        asked = [name for name in rows.questions if rows.asked[name]["answers"]]
        named = [name for name in asked if rows.asked[name]["evidence"]]
        facts = {name: rows.facts(name) for name in rows.names}
        alone = next((name for name in rows.names if not facts[name]["reads"] and not facts[name]["tuned"]), None)
        oracle = next((name for name in rows.names if name.partition(":")[0] == "oracle"), None)
        clusters = rows.clusters(named)
        choices = [len(rows.asked[name].get("choices") or ()) for name in asked]
        answers = [row for row in rows.answers if row["question"] not in rows.general]
        cut = [row for row in answers if row.get("stop") == CUT]
        failed = [row for row in answers if row["error"] and row.get("stop") != CUT]
        reasons = Counter(row["error"] for row in failed).most_common(1)
        recall = rows.matrix(context, "recall", named) if context else np.full((1, len(named)), math.nan)
        whole = np.where(recall == 1, rows.matrix(context, "correct", named), math.nan) if context else recall
        return cls(
            questions=len(rows.questions),
            closed=mean(rows.matrix(alone, "correct", asked), rows.clusters(asked)) if alone else UNKNOWN,
            oracle=_right(rows, oracle, named),
            context=_right(rows, context, named),
            found=_known(whole, clusters) if context and named else None,
            gap=_gap(rows, oracle, context, named) if oracle and context and named else None,
            recall=float(np.nanmean(recall)) if np.isfinite(recall).any() else math.nan,
            chance=sum(1 / count for count in choices if count) / len(choices) if choices else 0.0,
            rows=len(answers),
            cut=len(cut),
            longest=max((int(row.get("tokens_out") or 0) for row in cut), default=0),
            failed=len(failed),
            reason=reasons[0][0].rstrip(".") if reasons else "",
            empty=sum(map(says_nothing, answers)),
            alone=alone,
            shown=oracle,
        )


def _right(rows: AnswerRows, arm: str | None, asked: list[str]) -> Score | None:
    """How often an arm is right on some questions; None where there is no such arm, or no answer that was marked."""
    return _known(rows.matrix(arm, "correct", asked), rows.clusters(asked)) if arm and asked else None


def _known(marks: Floats, clusters: list[str]) -> Score | None:
    score = mean(marks, clusters)
    return score if score.n else None


def _gap(rows: AnswerRows, oracle: str, context: str, asked: list[str]) -> Score:
    a, b = (rows.matrix(arm, "correct", asked) for arm in (oracle, context))
    return difference(a, b, rows.clusters(asked), stream(rows.spec.seed, "gap"))[0]
