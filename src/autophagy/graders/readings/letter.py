"""Letter: the option of a multiple choice by its letter, such as (A)."""

import re

from ...core.decorators import reading
from ...core.questions import LETTERS, Answer, Question

BRACED = re.compile(r"\(([A-Z])\)")
ALONE = re.compile(r"(?:^|(?:answer|option|choice)(?: is)?:?\s*)([A-Z])(?=[.):\s]|$)", re.MULTILINE)


@reading("letter")
def letter(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    """The first letter in round brackets; leniently, also a letter that opens a line or follows "answer"."""
    known = LETTERS[: len(question.choices)] or LETTERS
    found = [name for name in BRACED.findall(answer.text) if name in known]
    if not found and lenient:
        found = [name for name in ALONE.findall(answer.text) if name in known]
    return found[0] if found else None
