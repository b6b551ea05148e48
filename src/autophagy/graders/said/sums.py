"""Sums that are told in words: what they come to is the answer, and what goes into them is not."""

import re

from ...text.values.same import same
from ...text.values.token import Token, Tokens
from ...text.values.tokens import tokens
from .kin import EXACT
from .marks import CLAUSE, PAUSE, start_of
from .words import COPULAS

# what is asked of a sum
ASKED = re.compile(
    r"\bhow\s+(?:many|much)\b|\b(?:total|sum|difference|change|remainder|altogether|left)\b", re.IGNORECASE
)
COUNTED = re.compile(r"\bhow\s+many\s+(\w+)", re.IGNORECASE)
# of which it is asked what went into the sum
PART = re.compile(r"\b(?:each|first|start|begin|before|initial\w*|original\w*|more|less|fewer|per)\b", re.IGNORECASE)
_BEFORE = """
total of; total is; total to; total; totaling; totalling; leaving; left with; to get; ends up with; which gives; making
"""
BEFORE = tuple(words.strip() for words in _BEFORE.split(";"))  # in front of what a sum comes to
BEHIND = ("in total", "in all", "altogether", "left", "remaining", "back")
SIGNS = frozenset({"plus", "minus", "times", "add", "adding", "subtract", "subtracting", "multiplied", "divided"})
LONGEST = 60  # tokens of a text: a longer one may explain other sums as well
COMES_TO = COPULAS | {"equals", "gives", "makes"}


def goes_into_sum(question: str, said: Tokens, start: int) -> bool:
    """Whether the figure at a place goes into a sum of which the text tells what it comes to, which is asked for."""
    if len(said) > LONGEST or not ASKED.search(question) or PART.search(question) or _is_result(said, start):
        return False
    return any(_is_result(said, at) and _answers(question, said, at) for at, token in enumerate(said) if _figure(token))


def _figure(token: Token) -> bool:
    return token.kind in EXACT


def _is_result(said: Tokens, place: int) -> bool:
    """Whether a figure is told to be what a sum comes to: a total of 10, 10 in total, leaving 8, 3 plus 7 is 10."""
    before = " ".join(token.text for token in said[max(0, place - 3) : place])
    behind = [token.text for token in said[place + 1 : place + 4]]
    goes_on = said[place + 1 : place + 2] and said[place + 1].kind == "symbol"  # a total of 30 * 3
    if not goes_on and any(f" {before}".endswith(f" {words}") for words in BEFORE):
        return True
    if any(" ".join(behind[skip:]).startswith(words) for words in BEHIND for skip in (0, 1)):
        return True
    clause = said[start_of(CLAUSE, said, place) : place]
    worked = any(token.text in SIGNS for token in clause) and clause[-1].text in COMES_TO
    return worked or (bool(clause) and clause[0].text == "now" and sum(map(_figure, said)) > 1)


def _answers(question: str, said: Tokens, place: int) -> bool:
    """Whether a result counts what is asked for: apples to how many apples, or no thing in particular."""
    asked, behind = COUNTED.search(question), said[place + 1 : place + 3]
    if not asked or not behind or behind[0].kind != "word" or PAUSE.search(behind[0].before):
        return True
    return same(tokens(asked[1])[0], behind[0]) or " ".join(token.text for token in behind).startswith(BEHIND)
