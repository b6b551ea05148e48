"""Recorded answers: what models said to the prompts of tasks, and how each task is marked."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .parts import Part
from .questions import Answer, Question


@dataclass(frozen=True, slots=True)
class Task:
    """A task: its name, and the rule by which its answers are marked, as they stand and leniently.

    A rule is a reading (`boxed`), whose result is compared with the accepted answers, or a grader (`instructions`).
    What only the lenient rule finds right is right in another format: the difference of the two is format. `counts` is
    what a mark of 1 says of an answer: that it is "right", or another word where no answer is right or wrong, such as
    "answered".
    """

    name: str
    strict: Part
    lenient: Part
    title: str = ""
    counts: str = "right"


@dataclass(frozen=True, slots=True)
class Logged:
    """One recorded answer of a model to a question of a task.

    `sample` counts the answers to one question from 0. `money` is in dollars and NaN where nobody counted it, `date` is
    ISO 8601 (or as the log has it) and "" where unknown. `fingerprint` is what a server says of its build. `marks` are
    marks that the log holds, by name, such as those that people gave.
    """

    task: str
    question: Question
    answer: Answer
    model: str
    sample: int = 0
    money: float = math.nan
    date: str = ""
    fingerprint: str = ""
    marks: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Log:
    """Recorded answers with their tasks by name; `unreadable` rows were set aside, and `notes` say what was guessed."""

    tasks: Mapping[str, Task]
    rows: Sequence[Logged]
    unreadable: int = 0
    notes: tuple[str, ...] = ()

    @property
    def models(self) -> list[str]:
        """The models that answered, in the order of their first answer."""
        return list(dict.fromkeys(row.model for row in self.rows))
