r"""Boxed: the answer in \\boxed{...}, as mathematical prompts ask for it."""

import re

from ...core.decorators import reading
from ...core.questions import Answer, Question
from .number import last_number

BOXED = re.compile(r"\\?\bboxed\s*\{((?:[^{}]|\{[^{}]*\})*)\}")


@reading("boxed")
def boxed(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    r"""What stands in the last \\boxed{...}; leniently, the last number where there is none."""
    found = BOXED.findall(answer.text)
    if found:
        return " ".join(found[-1].split()) or None
    return last_number(answer.text) if lenient else None
