"""Instruction following: whether an answer obeys what its question asks of its form."""

import math
from collections.abc import Callable, Iterator, Sequence

from ..core.decorators import grader
from ..core.errors import UsageError
from ..core.questions import Answer, Question
from ..core.user_code import running
from ..text.instructions import Instruction, parse


@grader("instructions", title="Obeys its instructions", headline=False, decides=True)
def instructions(
    question: Question, answer: Answer, *, loose: bool = False, published: bool = False, each: bool = False
) -> float:
    """Whether the answer follows every instruction of its question; with `each`, the share of them that it follows.

    With `loose`, an instruction is followed where one of eight readings follows it: whole, less its first line, less
    its last, less both, each as it is and without asterisks. With `published`, instructions are checked as IFEval's
    published code checks them. An empty answer follows none. NaN without instructions, for an answer that
    failed or was cut, and where it cannot be told, such as the language of one word.

    Ref: Zhou et al. (2023), "Instruction-Following Evaluation for Large Language Models", sections 2 and 3.
    """
    if answer.error or answer.cut or not question.instructions:  # the rest of a cut one might break what holds so far
        return math.nan
    readings = tuple(variants(answer.text)) if loose else (answer.text,)
    found = [_followed(parse(text), readings, published) for text in question.instructions]
    known = [ok for ok in found if ok is not None]
    if each:
        return sum(known) / len(known) if known else math.nan
    return 0.0 if False in known else 1.0 if len(known) == len(found) else math.nan


def variants(text: str) -> Iterator[str]:
    """The eight readings of a text, those that are alike once."""
    lines = text.split("\n")
    parts = [text, *("\n".join(part).strip() for part in (lines[1:], lines[:-1], lines[1:-1]))]
    yield from dict.fromkeys((*parts, *(part.replace("*", "") for part in parts)))


def _followed(instruction: Instruction, readings: Sequence[str], published: bool) -> bool | None:
    """Whether one of the readings follows it; None where none does, and of one it cannot be told."""
    check = instruction.published if published else instruction.follows
    found: list[bool | None] = []
    for reading in filter(str.strip, readings):
        found.append(_told(instruction, check, reading))
        if found[-1]:
            return True
    return None if None in found else False


def _told(instruction: Instruction, check: Callable[[str], bool | None], text: str) -> bool | None:
    """What a check says of a text; raises UsageError where one of somebody's own fails, or says something else."""
    with running(f"the instruction {instruction}"):
        found = check(text)
    if found not in (True, False, None):
        raise UsageError(f"the instruction {instruction} says {found!r} of a text: return True, False or None.")
    return None if found is None else bool(found)
