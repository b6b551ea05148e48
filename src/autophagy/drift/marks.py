"""The marks of a task's answers before and after, prompt by prompt."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..core.logged import Logged
from ..statistics.known import means_of_known
from .pairs import PairedTask
from .rules import Rule, Ruled, rule

Floats = NDArray[np.float64]
Said = tuple[str | None, ...]  # what was read of each answer to one prompt
CUT, FAILED = "cut", "failed"  # what became of an answer that is none


@dataclass(frozen=True)
class Side:
    """The marks of the answers of one side: `strict` and `lenient` are the mean marks of each prompt (prompts,).

    `said` is what was read of each answer that came, leniently where it cannot be read strictly, and `read` what was
    read of it strictly, the whole text where nothing was. `texts` are these answers as they stand where a grader or the
    log marks them, which read nothing, so that there is no histogram. `unreadable` counts those of which nothing could
    be read strictly, and leniently. Not among them are the answers that were `cut` before they said anything that
    counts, and those that `failed`; `empty` came and say nothing, and `answers` counts all. `cut_share` is the share
    of the answers to each prompt that were cut (prompts,).
    """

    strict: Floats
    lenient: Floats
    said: tuple[Said, ...]
    read: tuple[Said, ...]
    texts: tuple[str, ...]
    unreadable: tuple[int, int]
    cut: int
    failed: int
    empty: int
    answers: int
    cut_share: Floats

    @property
    def repeats(self) -> int:
        """The most answers to one prompt that came."""
        return max(map(len, self.said), default=0)

    @cached_property
    def histogram(self) -> Counter[str | None]:
        """How often each thing was read, None for what could not be; empty where a grader or the log marks answers."""
        return Counter() if self.texts else Counter(said for prompt in self.said for said in prompt)

    @property
    def missing(self) -> dict[str, int]:
        """How many answers there are not, by why: they were cut too soon, or failed."""
        return {CUT: self.cut, FAILED: self.failed}

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
    marked = [[_Marked(row, strict(row), lenient(row)) for row in rows] for rows in prompts]
    every = [one for prompt in marked for one in prompt]
    came = [[one for one in prompt if not one.missing] for prompt in marked]
    whole = [one for prompt in came for one in prompt]
    reads = all(one.strict.is_read and one.lenient.is_read for one in every)
    ended = [one for one in whole if not one.row.answer.cut]
    missing = Counter(one.missing for one in every)
    return Side(
        means_of_known([one.strict.value for one in prompt] for prompt in marked),
        means_of_known([one.lenient.value for one in prompt] for prompt in marked),
        tuple(tuple(one.said for one in prompt) for prompt in came),
        tuple(tuple(one.strict.said or one.row.answer.text.strip() for one in prompt) for prompt in came),
        () if reads else tuple(" ".join(one.row.answer.text.casefold().split()) for one in whole),
        (sum(one.strict.said is None for one in ended), sum(one.lenient.said is None for one in ended)),
        missing[CUT],
        missing[FAILED],
        sum(one.row.answer.empty for one in every),
        len(every),
        means_of_known([math.nan if row.answer.error else float(row.answer.cut) for row in rows] for rows in prompts),
    )


@dataclass(frozen=True, slots=True)
class _Marked:
    """An answer as both rules have it."""

    row: Logged
    strict: Ruled
    lenient: Ruled

    @property
    def said(self) -> str | None:
        """What was read, leniently where it cannot be read strictly."""
        return self.strict.said if self.strict.said is not None else self.lenient.said

    @property
    def missing(self) -> str:
        """Why there is no answer, "" where there is one: what was cut and still says something is one."""
        if self.row.answer.error:
            return FAILED
        return CUT if self.row.answer.cut and self.said is None else ""


def _differ(before: Said, after: Said) -> float:
    if not (before and after):
        return np.nan
    mine, yours = Counter(before), Counter(after)
    same = sum(count * yours[said] for said, count in mine.items())
    return 1 - same / (len(before) * len(after))


def _within(said: Said) -> float:
    n = len(said)
    if n < 2:
        return np.nan
    return 1 - sum(count * (count - 1) for count in Counter(said).values()) / (n * (n - 1))
