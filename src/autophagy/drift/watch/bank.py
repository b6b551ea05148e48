"""The bank: the recorded answers that looks are compared with, marked, prompt by prompt."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ...core.errors import DataError
from ...core.logged import Log, Logged, Task
from ...core.questions import Question
from ...statistics.baseline import PromptMoments
from ..rules import Rule, rule

RIGHT, FORMAT = "right", "format"
Marks = dict[str, float]  # what is followed of an answer -> its mark


@dataclass(frozen=True)
class Marker:
    """How an answer is marked: whether it is right in any format and, where one is asked for, right but not in it.

    The second is *format drift* where it grows.
    """

    strict: Rule
    lenient: Rule
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, task: Task) -> "Marker":
        """That of a task; raises UsageError where one of its rules is unknown."""
        kinds = (RIGHT,) if task.strict == task.lenient else (RIGHT, FORMAT)
        return cls(rule(task.strict), rule(task.lenient), kinds)

    def marks(self, row: Logged) -> Marks | None:
        """The marks of an answer by kind; None where one is unknown, as of an answer that failed or was cut."""
        strict, lenient = self.strict(row).value, self.lenient(row).value
        if math.isnan(strict) or math.isnan(lenient):
            return None
        right = max(strict, lenient)
        return {kind: right if kind == RIGHT else right - strict for kind in self.kinds}


@dataclass(frozen=True)
class BankPrompt:
    """A prompt of the bank with the marks of its recorded answers, by the number of each."""

    question: Question
    recorded: Mapping[int, Marks]


@dataclass(frozen=True)
class TaskBank:
    """The prompts of a task by their ids, and the models that were recorded.

    `unmarked` counts the prompts that are left out, since no recorded answer to them has a mark.
    """

    task: Task
    marker: Marker
    prompts: Mapping[str, BankPrompt]
    models: tuple[str, ...]
    fingerprints: tuple[str, ...]
    unmarked: int = 0

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each prompt, by its id."""
        return {name: place for place, name in enumerate(self.prompts)}

    @cached_property
    def ids(self) -> dict[str, str]:
        """The id of each prompt, by its text."""
        return {plain(prompt.question.text): name for name, prompt in self.prompts.items()}

    @property
    def answers(self) -> int:
        """How many recorded answers have a mark."""
        return sum(len(prompt.recorded) for prompt in self.prompts.values())

    @property
    def repeated(self) -> bool:
        """Whether most prompts have several answers."""
        return 2 * sum(len(prompt.recorded) > 1 for prompt in self.prompts.values()) > len(self.prompts)

    def moments(self, kind: str) -> PromptMoments:
        """The counts and sums of the recorded marks of that kind (prompts,)."""
        pairs = [
            (self.places[name], marks[kind])
            for name, prompt in self.prompts.items()
            for marks in prompt.recorded.values()
        ]
        return PromptMoments.of([place for place, _ in pairs], [mark for _, mark in pairs], len(self.prompts))

    def facts(self, marked: bool) -> dict[str, str]:
        """Digests of what a stream of evidence depends on; with `marked`, of the marks of the recorded answers too."""
        prompts = [[name, prompt.question.text, *prompt.question.answers] for name, prompt in self.prompts.items()]
        marks = [[name, sorted(prompt.recorded.items())] for name, prompt in self.prompts.items()]
        found = {"prompts": digest(prompts), "rules": f"{self.task.strict} | {self.task.lenient}"}
        return found | ({"recorded": digest(marks)} if marked else {})


def bank_of(log: Log, where: str) -> dict[str, TaskBank]:
    """The bank of each task by its name; raises DataError where no recorded answer has a mark."""
    by_task: dict[str, list[Logged]] = {}
    for row in log.rows:
        by_task.setdefault(row.task, []).append(row)
    banks = {name: _task_bank(log.tasks[name], rows) for name, rows in by_task.items()}
    kept = {name: bank for name, bank in banks.items() if bank.answers}
    if not kept:
        raise DataError(f"no recorded answer of {where} can be marked: record a baseline with autophagy drift record.")
    return kept


def _task_bank(task: Task, rows: Iterable[Logged]) -> TaskBank:
    marker = Marker.of(task)
    questions: dict[str, Question] = {}
    recorded: dict[str, dict[int, Marks]] = {}
    models, fingerprints, asked = dict[str, None](), dict[str, None](), set[str]()
    for row in rows:
        asked.add(row.question.id)
        marks = marker.marks(row)
        if marks is not None:
            questions.setdefault(row.question.id, row.question)
            recorded.setdefault(row.question.id, {})[row.sample] = marks
            models[row.model], fingerprints[row.fingerprint] = None, None
    prompts = {name: BankPrompt(question, recorded[name]) for name, question in questions.items()}
    unmarked = len(asked) - len(prompts)
    return TaskBank(task, marker, prompts, tuple(models), tuple(filter(None, fingerprints)), unmarked)


def plain(text: str) -> str:
    """A text with each run of white space as one space."""
    return " ".join(text.split())


def digest(content: Any) -> str:
    """A SHA-256 of plain values, its first 16 letters."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode("utf-8", "replace")).hexdigest()[:16]


def numbers(values: Iterable[float]) -> list[float]:
    """Marks as a line holds them: rounded far below what could matter, whole numbers without a point."""
    return [int(x) if x == int(x) else x for x in np.round(np.fromiter(values, dtype=np.float64), 6).tolist()]
