"""Bracketed: the answer in square brackets, such as [Yes]."""

import re

from ...core.decorators import reading
from ...core.questions import Answer, Question
from ...text.unseen import visible
from .loose import loose

BRACKETS = re.compile(r"\[([^\[\]\n]{1,60})\]")  # [Yes], of 60 signs at most
# the prompt's own list of choices, said again: "[Yes]" or "[No]"
LISTED = re.compile(r"\[[^\[\]\n]{1,60}\](?:\W{0,4}(?:,|/|\bor\b|\band\b)\W{0,4}\[[^\[\]\n]{1,60}\])+", re.IGNORECASE)
CUE = r"\b(?:answer|conclusion|verdict)\b(?:\s+(?:is|would be|must be))?[^\w\n]{0,8}"
# what in front of a bracket takes it back: "not [Yes]", "either [Yes] or"
DENIED = re.compile(r"\b(?:not|never|nor|neither|either|or|if|isn['’]t|cannot\s+be)\W+(?:be\W+)?$", re.IGNORECASE)
SHORT = 3  # letters, up to which a choice is a word of other sentences too: "has no divisors"
CLOSED = re.compile(r"[*_\"'”’)\]}]*\s*(?:[,.;:!\n—–]|$)")  # what may stand behind an answer that ends there


@reading("bracketed")
def bracketed(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    """The choice in the last square brackets; leniently, the one that a person would take for the answer.

    The choices are those of the question, or yes and no. Brackets that say the prompt's list again, "[Yes]" or "[No]",
    are no answer. Leniently, brackets may hold one choice among other words; without any, the last choice right behind
    the word "answer" is read, then the last that has a line to itself, and then the last that is named and not denied.
    Quotations, refusals, and answers that were cut at their length name none.
    """
    choices = [choice.casefold() for choice in question.choices or ("yes", "no")]
    text = LISTED.sub(" ", visible(answer.text))
    inside = [inner.strip().casefold() for inner in BRACKETS.findall(text)]
    found = [inner for inner in inside if inner in choices]
    if found or not lenient:
        return found[-1] if found else None
    name = rf"(?<!\w)({'|'.join(sorted(map(re.escape, choices), key=len, reverse=True))})(?!\w)"
    single = [_named(inner, name) for inner in inside if len(set(re.findall(name, inner))) == 1]
    if any(single):
        return next(filter(None, reversed(single)))
    plain = LISTED.sub(" ", loose(answer)).casefold()
    told = re.findall(CUE + name, plain) or re.findall(rf"^[^\w\n]*{name}[^\w\n]*$", plain, re.MULTILINE)
    return told[-1] if told else _named(plain, name)


def _named(text: str, name: str) -> str | None:
    """The last choice that is named, neither denied nor supposed, and, where it is short, at the end of a phrase."""
    found = None
    for each in re.finditer(name, text):
        alone = len(each[1]) > SHORT or CLOSED.match(text, each.end())
        if alone and not DENIED.search(text, max(0, each.start() - 20), each.start()):
            found = each[1]
    return found
