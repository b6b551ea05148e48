"""Bracketed: the answer in square brackets, such as [Yes]."""

import re

from ...core.decorators import reading
from ...core.questions import Answer, Question

BRACKETED = re.compile(r"\[\s*([^\[\]\n]{1,40}?)\s*\]")


@reading("bracketed")
def bracketed(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    """The choice in the last square brackets; leniently, the last choice that is named where there is none.

    The choices are those of the question, or yes and no.
    """
    known = {choice.casefold(): choice.casefold() for choice in question.choices or ("yes", "no")}
    found = [name.casefold() for name in BRACKETED.findall(answer.text) if name.casefold() in known]
    if found:
        return found[-1]
    if not lenient:
        return None
    words = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    named = re.findall(rf"(?<!\w)({words})(?!\w)", answer.text.casefold())
    return named[-1] if named else None
