"""The final answer of a text in one form, so that answers can be counted that say the same in other words."""

import re

from ...text.values.forms import folded
from ..numeric import NUMBER
from ..readings.number import plain_number
from .conclusion import stated, without_wrapping

SHORT = 12  # words, up to which a text without such a statement is all answer
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
ITEM = re.compile(r"^\W*\d{1,3}[.)]\s+(?=\S)", re.MULTILINE)  # "1. ", an item of a list
LABEL = re.compile(r"^\W*A\s*:\s*(\S[^\n]*)\s*\Z", re.MULTILINE)  # "A: ..." as the last line
ENDS = " \t\"'.,;:!?*_`()[]{}$"
# "The capital is", "x =", in front of what is told
NAMED = re.compile(r"(?:.*\b(?:is|are|was|were|equals)\b|\w+\s*=)[\s:$]*", re.IGNORECASE)


def final_answer(text: str) -> str:
    """What a text states as its answer (boxed, behind ####, "the answer is" or a last "A:"), or all of a short one.

    A number is in plain digits, words are without case and the marks at their ends; "" where there is no such answer.
    """
    plain = without_wrapping(text)
    said = stated(plain) or next(iter(LABEL.findall(plain)), None)
    whole = (plain if said is None else said).strip()
    is_list = len(ITEM.findall(whole)) > 1  # whose numbers are no answer
    if (said is None or is_list) and len(whole.split()) > SHORT:
        return ""
    if is_list:
        return _words(ITEM.sub("", whole))
    first = whole if said is None else SENTENCE.split(whole)[0].strip()
    number = _number(first, told=said is not None)
    return _words(first) if number is None else number


def _words(text: str) -> str:
    return " ".join(filter(None, (folded(word.strip(ENDS)) for word in text.split())))


def _number(text: str, told: bool) -> str | None:
    """The number that a sentence is, or gives at its end; of a stated answer the only one that is in it."""
    found = list(NUMBER.finditer(text))
    if len(found) != 1 or (text[found[0].end() :].strip(ENDS) and not told):
        return None
    before = text[: found[0].start()].strip(ENDS)
    return plain_number(found[0]) if told or not before or NAMED.fullmatch(before) else None
