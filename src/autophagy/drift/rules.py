"""Rules: how the answers of a task are marked, by a reading, by a grader, or by a mark that the log holds."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from ..core.errors import UsageError
from ..core.logged import Logged
from ..core.parts import Part, did_you_mean
from ..core.questions import Answer, Question
from ..core.registry import build, entries
from ..graders.whole import full_mark, known_mark

RECORDED = "recorded"  # the rule that takes a mark of the log: recorded:mark=NAME
YES_NO = {1.0: "yes", 0.0: "no"}


@dataclass(frozen=True, slots=True)
class Ruled:
    """The mark of an answer from 0 to 1, NaN where it is unknown, and what was read of it, None where nothing was.

    A grader and a mark of the log read nothing: `said` is then their mark as a word, and `is_read` false.
    """

    value: float
    said: str | None
    is_read: bool = True


Rule = Callable[[Logged], Ruled]
Reading = Callable[[Question, Answer], str | None]
UNKNOWN, UNMARKED = Ruled(math.nan, None), Ruled(math.nan, None, is_read=False)


def rule(part: Part) -> Rule:
    """The rule of that name; raises UsageError where there is none.

    What a reading reads is held against the accepted answers; where there are none, it counts that it can be read. An
    answer that failed has no mark, and one that was cut before its answer came has none either: of a grader, and of a
    mark that the log holds, it has the full mark or none.
    """
    if part.name == RECORDED:
        if not part.settings.get("mark"):
            raise UsageError(f"the rule {RECORDED} needs the name of a mark: write {RECORDED}:mark=NAME.")
        return partial(_recorded, str(part.settings["mark"]))
    readings, graders = entries("reading"), entries("grader")
    if part.name in graders:  # before a reading of the same name, such as code: who checks it need not read it
        return partial(_graded, build("grader", part), full_mark(graders[part.name]))
    if part.name in readings:
        return partial(_read, build("reading", part))
    guess = did_you_mean(part.name, [*readings, *graders, RECORDED])
    raise UsageError(f"there is no rule {part.name!r}{guess}: autophagy list readings and list graders show all.")


def _recorded(name: str, row: Logged) -> Ruled:
    return _word(known_mark(row.answer, row.marks.get(name, math.nan)))


def _word(value: float) -> Ruled:
    return UNMARKED if math.isnan(value) else Ruled(value, YES_NO.get(value, f"{value:g}"), is_read=False)


def _graded(grader: Callable[[Question, Answer], float], full: float, row: Logged) -> Ruled:
    if row.answer.error:
        return UNMARKED
    return _word(known_mark(row.answer, float(grader(row.question, row.answer)), full))


def _read(reading: Reading, row: Logged) -> Ruled:
    if row.answer.error:
        return UNKNOWN
    said = reading(row.question, row.answer)
    if said is None:
        return UNKNOWN if row.answer.cut else Ruled(0.0, None)
    golds = _golds(reading, row.question)
    return Ruled(float(said.casefold() in golds) if golds else 1.0, said)


@lru_cache(maxsize=100_000)
def _golds(reading: Reading, question: Question) -> frozenset[str]:
    """The accepted answers in the form in which a reading gives them."""
    read = (reading(question, Answer(question.id, gold)) or gold for gold in question.answers)
    return frozenset(gold.casefold().strip() for gold in read)
