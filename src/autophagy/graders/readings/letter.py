"""Letter: the option of a multiple choice by its letter, such as (A)."""

import re

from ...core.decorators import reading
from ...core.questions import LETTERS, Answer, Question
from ...text.unseen import visible
from .loose import loose

BRACED = re.compile(r"\(([A-Z])\)")  # "(B)"
FIRST = re.compile(r"\W*\(([A-Z])\)")  # "(B)" at the beginning
# "the answer is B", but not "the answer is a poodle"
TOLD = re.compile(r"\b(?:answer|option|choice)(?:\s+is)?:?\s*[*_]*(\(?)([A-Z])(?![\w'’])(?!\s+[a-z])", re.IGNORECASE)
ALONE = re.compile(r"^\W*([A-Z])(?:[.):]|\W*$)", re.MULTILINE)  # "B.", "B)" or "B" on a line


@reading("letter")
def letter(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    """The letter in round brackets; leniently, also a letter that opens a line or follows "answer".

    Of several letters in brackets it is the last right behind the word "answer", and none without one: an answer that
    names several options takes none. Of an answer that was cut at its length, it is the one that the answer opens with.
    """
    known = LETTERS[: len(question.choices)] or LETTERS
    text = visible(answer.text)
    if answer.cut:
        first = FIRST.match(text)
        return first[1] if first and first[1] in known else None
    braced = _agreed(text, BRACED.findall(text), known, braced=True)
    if braced or not lenient:
        return braced
    text = loose(answer)
    return _agreed(text, BRACED.findall(text) or ALONE.findall(text), known)


def _agreed(text: str, found: list[str], known: str, braced: bool = False) -> str | None:
    """The last letter that is told to be the answer, else the one that all of those found are."""
    told = [name for bracket, name in TOLD.findall(text) if name in known and (bracket or not braced)]
    names = told[-1:] or list({name for name in found if name in known})
    return names[0] if len(names) == 1 else None
