"""Guessing: by which rules the answers of a log are marked that says none, from what it calls right."""

import re
from collections.abc import Iterable, Sequence

from ...core.logged import Logged, Task
from ...core.parts import Part
from ...core.questions import LETTERS

NUMBER = re.compile(r"[-−+]?[\d,]*\.?\d+")  # "-1,024.5", also with a minus sign of typography
FORMATS = (  # what a prompt asks for -> the reading that reads it, where what is right fits
    ("\\boxed", "boxed", lambda gold: True),
    ("####", "number", lambda gold: bool(NUMBER.fullmatch(gold))),
    ("(A)", "letter", lambda gold: len(gold) == 1 and gold in LETTERS),
    ("[Yes]", "bracketed", lambda gold: gold.casefold() in ("yes", "no")),
)
LOOSE = (  # what is right -> the rule, where the prompts ask for no format
    ("letters", "letter:lenient=true", lambda gold: len(gold) == 1 and gold in LETTERS),
    ("yes or no", "yes_no:lenient=true", lambda gold: gold.casefold() in ("yes", "no")),
    ("numbers", "number:lenient=true", lambda gold: bool(NUMBER.fullmatch(gold))),
)
BY_RULE = (  # what stands in the question in place of an answer -> the rules that check it
    ("instructions", "instructions", "instructions:loose=true"),
    ("tests", "code", "code:lenient=true"),
)
UNMARKED = "recorded:mark=right"  # which no answer has, so that the rate is unknown
MOST = 0.9  # the share of the prompts that ask for a format


def guessed(name: str, rows: Sequence[Logged], given: tuple[str, str] | None = None) -> tuple[Task, str]:
    """The task of some answers and a sentence that says how they are marked; `given` are its rules, where known."""
    if given:
        return _task(name, *given), ""
    strict, lenient, why = _rules(rows)
    how = strict if strict == lenient else f"{strict}, and leniently by {lenient}"
    return _task(name, strict, lenient), f"{name}: {why}, so answers are marked by {how}."


def _rules(rows: Sequence[Logged]) -> tuple[str, str, str]:
    questions = [row.question for row in rows]
    golds = [gold for question in questions for gold in question.answers]
    if not golds:
        for what, strict, lenient in BY_RULE:
            if any(getattr(question, what) for question in questions):
                return strict, lenient, f"the prompts have {what}"
        return _marked(rows)
    if any(question.choices for question in questions) and not _all(LOOSE[0][2], golds):
        return "choice", "choice", "the questions have choices"
    for shown, reading, fits in FORMATS:
        if sum(shown in question.text for question in questions) >= MOST * len(questions) and _all(fits, golds):
            return reading, f"{reading}:lenient=true", f"the prompts ask for {shown}"
    for what, rule, fits in LOOSE:
        if _all(fits, golds):
            return rule, rule, f"what is right are {what}"
    return "correct", "correct", "what is right are texts"


def _marked(rows: Sequence[Logged]) -> tuple[str, str, str]:
    """The rule of a log that says nowhere what is right: a mark that it holds, if any."""
    marks = [name for row in rows for name in row.marks]
    if marks:
        rule = f"recorded:mark={marks[0]}"
        return rule, rule, "no row says what is right"
    return UNMARKED, UNMARKED, "no row says what is right, and none holds a mark"


def _all(fits: object, golds: Iterable[str]) -> bool:
    return all(fits(gold) for gold in golds) if callable(fits) else False


def _task(name: str, strict: str, lenient: str) -> Task:
    return Task(name, Part.parse(strict), Part.parse(lenient), name.replace("_", " "))
