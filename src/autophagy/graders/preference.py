"""A preference: a judge says which of two answers to a request is better, asked twice with the answers turned round.

Judges favour what they read first, so a choice counts where both orders make the same one.
"""

import math
import re

from ..text.unseen import visible
from .judge import prompt_of

BETTER = (
    "The better candidate does what the request asks: it is right, complete and clear, and says nothing that is wrong "
    "or that nobody asked for. Length and layout make none better. Where neither is better, it is a tie."
)
NAMED = r"verdict\W{0,6}(?:candidate\W{0,3})?(1|2|tie)\b"
VERDICT = re.compile(rf"\b{NAMED}", re.IGNORECASE)
# a line that begins with one, or the end of the reply: one that is told of on the way gives none
GIVEN = re.compile(rf"^\W*{NAMED}\W*?$|\b{NAMED}\W*\Z", re.IGNORECASE | re.MULTILINE)
BARE = re.compile(r"\W*(?:candidate\W{0,3})?(1|2|tie)\W*", re.IGNORECASE)  # "2", "candidate 1", "tie", alone
MARKS = {"1": 1.0, "2": 0.0, "tie": 0.5}  # of the first of two candidates


def prompt(request: str, first: str, second: str, *, rubric: str = BETTER) -> str:
    """What a judge is asked of two answers to a request, in the order in which it reads them."""
    parts = (("question", request), ("candidate 1", first), ("candidate 2", second))
    task = "Judge which of two candidates is the better answer to a request."
    return prompt_of(task, rubric, parts, tuple(MARKS))


def preferred(reply: str | None) -> float:
    """1 where the first candidate is better, 0 where the second is, 0.5 for a tie; NaN where a reply names no one."""
    reply = visible(reply or "")
    named = {word.lower() for word in VERDICT.findall(reply)} if GIVEN.search(reply) else set()
    if not named and (bare := BARE.fullmatch(reply)):
        named = {bare[1].lower()}
    return MARKS[named.pop()] if len(named) == 1 else math.nan
