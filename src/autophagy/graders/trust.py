"""What a judge is worth: its errors beside people's labels, and the judge, people and the judge corrected side by side.

Any grader can be the judge: a model, or a rule that compares with the accepted answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.known import or_null
from ..statistics.corrected import FEW, Corrected, corrected_difference, corrected_mean
from ..statistics.intervals import Score
from ..statistics.paired import difference, mean
from ..statistics.raters import excess, length_slope, self_preference, sensitivity, specificity
from .judge import agreement

Floats = NDArray[np.float64]
UNREAD = 0.5  # what a verdict that cannot be read says of an answer, where the rest correct it: nothing


@dataclass(frozen=True)
class Marked:
    """Answers (rows,) with what a judge and people say of them, NaN where they say nothing.

    `documents` are the sources of their questions, and `words` their lengths. `filled` are the judge's marks with
    something in place of each that could not be read: a row without a mark would leave the sample.
    """

    judge: Floats
    filled: Floats
    people: Floats
    documents: Sequence[str]
    words: Floats

    @property
    def labels(self) -> int:
        """How many answers people labelled."""
        return int(np.isfinite(self.people).sum())


def all_labelled(each: Sequence[Marked]) -> Marked:
    """The answers of several arms, or of both sides, that people labelled, together."""
    pairs = [(own, np.isfinite(own.people)) for own in each]
    judge, filled, people, words = (
        np.concatenate([getattr(own, name)[mask] for own, mask in pairs])
        for name in ("judge", "filled", "people", "words")
    )
    documents = [str(name) for own, mask in pairs for name in np.array(own.documents)[mask]]
    return Marked(judge, filled, people, documents, words)


@dataclass(frozen=True)
class Estimates:
    """One figure three times: of the judge alone, of people alone, and of the judge corrected by people."""

    judge: Score
    people: Score
    corrected: Corrected

    @property
    def adds(self) -> bool:
        """Whether the judge makes the interval narrower than people alone have it, from ten labels on."""
        ours, alone = self.corrected.score, self.people
        heard = ours.n >= FEW and self.corrected.weight > 0
        return heard and not ours.high - ours.low >= alone.high - alone.low

    @property
    def best(self) -> Score:
        """The figure to believe: the corrected one where the judge adds something, else that of people alone."""
        return self.corrected.score if self.adds else self.people

    def json(self) -> dict[str, Any]:
        """The estimates as a result has them; the corrected one is null below ten labels."""
        known = self.people.n >= FEW
        return {
            "judge": self.judge.json(),
            "people": self.people.json(),
            "corrected": self.corrected.score.json() if known else None,
            "weight": or_null(self.corrected.weight) if known else None,
            "worth": or_null(self.corrected.worth) if known else None,
            "adds": self.adds,
            "best": self.best.json(),
        }


def fill(judge: Floats) -> Floats:
    """The judge's marks, a half for each that could not be read."""
    return np.where(np.isnan(judge), UNREAD, judge)


def estimates(rows: Marked) -> Estimates:
    """How often answers are right, by the judge, by people and by both; all are clustered by document."""
    people = mean(rows.people, rows.documents)
    return Estimates(mean(rows.judge, rows.documents), people, corrected_mean(rows.filled, rows.people, rows.documents))


def differences(a: Marked, b: Marked, rng: np.random.Generator | None = None) -> Estimates:
    """How much more often a is right than b, on the same questions in the same order."""
    judge, _ = difference(a.judge, b.judge, a.documents, rng)
    people, _ = difference(a.people, b.people, a.documents, rng)
    return Estimates(judge, people, corrected_difference((a.filled, b.filled), (a.people, b.people), a.documents))


def errors(rows: Marked, own: NDArray[np.bool_] | None = None) -> dict[str, Any]:
    """How the judge errs on the answers that people labelled; `own` are those of its own family, where that is known.

    The sensitivity is unknown where people called nothing right, the specificity where they called nothing wrong.
    """
    agreed, kappa, n = agreement(rows.judge.tolist(), rows.people.tolist())
    labelled = rows.people[np.isfinite(rows.people)]
    return {
        "labels": rows.labels,
        "right": int(labelled.sum()),
        "unread": int((np.isfinite(rows.people) & np.isnan(rows.judge)).sum()),
        "sensitivity": sensitivity(rows.judge, rows.people).json(),
        "specificity": specificity(rows.judge, rows.people).json(),
        "agreement": or_null(agreed),
        "kappa": or_null(kappa),
        "n": n,
        "excess": excess(rows.judge, rows.people).json(),
        "length_slope": length_slope(rows.judge, rows.people, rows.words).json(),
        "self_preference": None if own is None else self_preference(rows.judge, rows.people, own).json(),
    }
