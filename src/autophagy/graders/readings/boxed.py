r"""Boxed: the answer in \\boxed{...}, as mathematical prompts ask for it."""

import re

from ...core.decorators import reading
from ...core.questions import Answer, Question
from ...text.unseen import visible
from .loose import loose
from .number import concluded

BOXED = re.compile(r"\\?\bboxed\s*\{((?:[^{}]|\{[^{}]*\})*)\}")  # \boxed{...} with one level of braces in it


@reading("boxed")
def boxed(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    r"""What stands in the last \\boxed{...}; leniently, what `number` reads where there is none."""
    found = BOXED.findall(visible(answer.text))
    if found:
        return " ".join(found[-1].split()) or None
    return concluded(loose(answer)) if lenient else None
