"""The final answer of a text in one form, so that answers can be counted that say the same in other words."""

import re

from ...text.values.forms import folded
from ..numeric import NUMBER
from ..readings.number import plain_number
from .conclusion import stated, without_wrapping

SHORT = 12  # words, up to which a text without such a statement is all answer
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
ENDS = " \t\"'.,;:!?*_`()[]{}$"
NAMED = re.compile(r"(?:.*\b(?:is|are|was|were|equals)\b|\w+\s*=)[\s:$]*", re.IGNORECASE)


def final_answer(text: str) -> str:
    """What a text states as its answer (boxed, behind ####, or behind "the answer is"), or all of it where it is short.

    A number is in plain digits, words are without case and the marks at their ends; "" where there is no such answer.
    """
    plain = without_wrapping(text)
    said = stated(plain)
    if said is None and len(plain.split()) > SHORT:
        return ""
    first = SENTENCE.split((plain if said is None else said).strip())[0].strip()
    number = _number(first, told=said is not None)
    if number is not None:
        return number
    return " ".join(filter(None, (folded(word.strip(ENDS)) for word in first.split())))


def _number(text: str, told: bool) -> str | None:
    """The number that a sentence is, or gives at its end; of a stated answer the only one that is in it."""
    found = list(NUMBER.finditer(text))
    if len(found) != 1 or (text[found[0].end() :].strip(ENDS) and not told):
        return None
    before = text[: found[0].start()].strip(ENDS)
    return plain_number(found[0]) if told or not before or NAMED.fullmatch(before) else None
