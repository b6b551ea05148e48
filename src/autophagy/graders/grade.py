"""Grading: every grader of a comparison marks an answer."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ..core.errors import UsageError
from ..core.marks import Mark
from ..core.parts import Part
from ..core.questions import Answer, Question
from ..core.registry import entries, find
from .whole import known_mark

Grader = Callable[[Question, Answer], float]


@dataclass(frozen=True)
class Grading:
    """The graders that are named, with their settings, all that there are where none is; and those that decide."""

    named: tuple[Part, ...] = ()
    deciding: tuple[Part, ...] = ()

    def marks(self, question: Question, answer: Answer) -> dict[str, float]:
        """The mark of each grader by its name, NaN where it does not apply; an answer that failed has none at all.

        One that was cut has none but the full one. Raises UsageError where a grader gives what is no mark.
        """
        if answer.error:
            return dict.fromkeys(self._graders, math.nan)
        return {name: self._mark(name, question, answer) for name in self._graders}

    @cached_property
    def facts(self) -> dict[str, Mark]:
        """What is to be known of each mark."""
        known = {str(part): find("grader", part.name).facts for part in self._parts}
        return {name: mark for name, mark in known.items() if mark}

    @property
    def _parts(self) -> tuple[Part, ...]:
        graders = self.named or tuple(Part(name) for name in entries("grader"))
        return tuple(dict.fromkeys((*graders, *self.deciding)))

    @cached_property
    def _graders(self) -> dict[str, Grader]:
        return {str(part): find("grader", part.name).build(part.settings) for part in self._parts}

    def _mark(self, name: str, question: Question, answer: Answer) -> float:
        value, (low, high) = self._graders[name](question, answer), self.facts[name].bounds
        if not (isinstance(value, float | int) and (math.isnan(value) or low <= value <= high)):
            raise UsageError(
                f"the grader {name} marks an answer to {question.id!r} with {value!r}: "
                f"let it return a number from {low:g} to {high:g}, or NaN where it does not apply."
            )
        return known_mark(answer, float(value), high)
