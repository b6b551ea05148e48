"""What people may be asked to label: the answers to a question, whoever gave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..core.questions import Question


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer: who gave it (`arm`, and with which `seed`), its text, and the judge's mark of it, NaN for none."""

    arm: str
    seed: int
    text: str
    mark: float


@dataclass(frozen=True, slots=True)
class LabelUnit:
    """A question with all of its answers: it is drawn as a whole, so that arms are paired."""

    question: Question
    answers: tuple[Candidate, ...]

    def without(self, arms: frozenset[str]) -> "LabelUnit":
        """The answers of other arms alone."""
        return LabelUnit(self.question, tuple(answer for answer in self.answers if answer.arm not in arms))


class LabelSource(Protocol):
    """A run whose answers can be labelled, whatever its verb; the labels are kept in its folder."""

    @property
    def folder(self) -> Path:
        """The run folder."""

    def units(self) -> Sequence[LabelUnit]:
        """The questions with their answers; what failed or was cut is no answer."""

    def controls(self) -> frozenset[str]:
        """The arms that are bounds to compare with, and are left out unless they are named."""
