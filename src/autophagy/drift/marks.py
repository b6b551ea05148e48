"""The marks of a task's answers before and after, prompt by prompt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..core.logged import Logged
from .pairs import PairedTask
from .rules import CUT, Rule, Ruled, rule

Floats = NDArray[np.float64]
Said = tuple[str | None, ...]  # what was read of each answer to one prompt


@dataclass(frozen=True)
class Side:
    """The marks of the answers of one side: `strict` and `lenient` are the mean marks of each prompt (prompts,).

    `said` is what was read of each answer, leniently where it cannot be read strictly, and `read` what was read of it
    strictly, the whole text where nothing was. `texts` are the answers as they stand where a grader or the log marks
    them, which read nothing, so that there is no histogram. `unreadable` counts the answers of which nothing could be
    read strictly, and leniently, `cut` those that were cut before their answer came, `failed` those with an error, and
    `answers` all of them.
    """

    strict: Floats
    lenient: Floats
    said: tuple[Said, ...]
    read: tuple[Said, ...]
    texts: tuple[str, ...]
    unreadable: tuple[int, int]
    cut: int
    failed: int
    answers: int

    @property
    def repeats(self) -> int:
        """The most answers to one prompt."""
        return max(map(len, self.said), default=0)

    @cached_property
    def histogram(self) -> Counter[str | None]:
        """How often each thing was read, None for what could not be; empty where a grader or the log marks answers."""
        return Counter() if self.texts else Counter(said for prompt in self.said for said in prompt)

    @cached_property
    def spoken(self) -> Counter[str | None]:
        """How often each thing was said: what was read, or the whole answer where nothing reads it."""
        return Counter(self.texts) if self.texts else self.histogram

    @cached_property
    def noise(self) -> Floats:
        """How often two answers to one prompt say something else (prompts,): NaN where there is only one."""
        return np.array([_within(read) for read in self.read])


@dataclass(frozen=True)
class Marks:
    """The marks of a task: both sides, and the source that clusters each prompt (prompts,)."""

    before: Side
    after: Side
    clusters: NDArray[np.str_]

    @cached_property
    def mismatch(self) -> Floats:
        """How often what is read strictly of an answer before and of one after is not the same (prompts,)."""
        return np.array([_differ(b, a) for b, a in zip(self.before.read, self.after.read, strict=True)])

    @cached_property
    def noise(self) -> Floats:
        """How often two answers of one side to one prompt say something else (prompts,): NaN where there is only one.

        It is what a mismatch is where nothing changed.
        """
        return np.asarray((self.before.noise + self.after.noise) / 2)


def marks_of(task: PairedTask) -> Marks:
    """The marks of a task by its own rules; raises UsageError where one of them is unknown."""
    strict, lenient = rule(task.task.strict), rule(task.task.lenient)
    before = side_of([prompt.before for prompt in task.prompts], strict, lenient)
    after = side_of([prompt.after for prompt in task.prompts], strict, lenient)
    return Marks(before, after, np.array([prompt.question.document for prompt in task.prompts], dtype=str))


def side_of(prompts: Sequence[tuple[Logged, ...]], strict: Rule, lenient: Rule) -> Side:
    """The marks of the answers to each prompt."""
    marked = [[(strict(row), lenient(row)) for row in rows] for rows in prompts]
    every = [row for prompt in prompts for row in prompt]
    pairs = [pair for prompt in marked for pair in prompt]
    reads = all(one.is_read for pair in pairs for one in pair)
    whole = [pair for pair, row in zip(pairs, every, strict=True) if not row.answer.error and row.answer.stop != CUT]
    return Side(
        _means([[one.value for one, _ in prompt] for prompt in marked]),
        _means([[one.value for _, one in prompt] for prompt in marked]),
        tuple(tuple(_said(*pair) for pair in prompt) for prompt in marked),
        tuple(
            tuple(strictly.said or row.answer.text.strip() for (strictly, _), row in zip(prompt, rows, strict=True))
            for prompt, rows in zip(marked, prompts, strict=True)
        ),
        () if reads else tuple(" ".join(row.answer.text.casefold().split()) for row in every if not row.answer.error),
        (sum(one.said is None for one, _ in whole), sum(one.said is None for _, one in whole)),
        sum(row.answer.stop == CUT and one.said is None for (_, one), row in zip(pairs, every, strict=True)),
        sum(bool(row.answer.error) for row in every),
        len(every),
    )


def _said(strict: Ruled, lenient: Ruled) -> str | None:
    return strict.said if strict.said is not None else lenient.said


def _means(values: Sequence[Sequence[float]]) -> Floats:
    """The mean of the known marks of each prompt; NaN where none is known."""
    found = [[value for value in row if value == value] for row in values]
    return np.array([sum(row) / len(row) if row else np.nan for row in found], dtype=np.float64)


def _differ(before: Said, after: Said) -> float:
    mine, yours = Counter(before), Counter(after)
    same = sum(count * yours[said] for said, count in mine.items())
    return 1 - same / (len(before) * len(after))


def _within(said: Said) -> float:
    n = len(said)
    if n < 2:
        return np.nan
    return 1 - sum(count * (count - 1) for count in Counter(said).values()) / (n * (n - 1))
