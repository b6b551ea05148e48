"""Sentences that name something only to say what another is: it used to be, was considered, or is next to that."""

import re
from collections.abc import Sequence

from ...text.values.same import same
from ...text.values.token import Tokens
from ...text.values.tokens import tokens
from .kin import EXACT
from .marks import CLAUSE, SENTENCE, end_of, start_of
from .roles import before, is_new
from .words import COPULAS

IS = re.compile(r"\b(?:is|are)\b", re.IGNORECASE)
WAS = re.compile(r"\b(?:was|were|did|had|used|former\w*|\d{4})\b", re.IGNORECASE)
CONSIDERED = frozenset({"considered", "proposed", "suggested", "discussed", "favoured", "favored"})
# with a time before them they count from another: shortly after 1950, the day before May 1
_TIMES = """
shortly soon just long right immediately day days week weeks month months year years decade decades century centuries
hour hours generation
"""
TIMES = frozenset(_TIMES.split())
ORDER = re.compile(
    r"\b(?:before|after|follow\w*|second|next|behind|ahead|runner|los[est]\w*|preced\w*)\b", re.IGNORECASE
)
OUTSIDE = frozenset({"outside", "beyond"})
BEHIND = [
    ["largest", "after"],
    ["biggest", "after"],
    ["came", "before"],
    ["finished", "before"],
    ["arrived", "before"],
    ["followed", "by"],
    ["ahead", "of"],
    ["trailed", "by"],
]  # what stands behind these came later
NEAR = frozenset({"near", "beside", "bordering", "neighbouring", "neighboring"})
NEAR_TO = [["next", "to"], ["close", "to"], ["north", "of"], ["south", "of"], ["east", "of"], ["west", "of"]]


def named_aside(question: str, said: Tokens, start: int, end: int, others: Sequence[Tokens] = ()) -> bool:
    """Whether the phrase at a place is no longer what is asked for, was passed over for it, or only lies beside it."""
    return (
        _no_longer(question, said, end)
        or _beside(question, said, start)
        or _passed_over(question, said, start, end)
        or _outside(question, said, start)
        or _counted_from(question, said, start)
        or _came_later(question, said, start, others)
    )


def _no_longer(question: str, said: Tokens, end: int) -> bool:
    """Whether the phrase was what the question asks for, and another is so now: Bonn used to be the capital."""
    if not IS.search(question) or WAS.search(question) or len(said) <= end or said[end].text not in ("was", "used"):
        return False
    now = [said[place + 1 : place + 4] for place in range(end, len(said)) if said[place].text == "now"]
    return any(len(behind) == 3 and behind[1].text in COPULAS and is_new(question, behind[2]) for behind in now)


def _beside(question: str, said: Tokens, start: int) -> bool:
    """Whether the phrase is what another name is told to be next to: it is Bangladesh, next to Myanmar."""
    place = before(said, start)
    near = said[place].text in NEAR or [token.text for token in said[max(0, place - 1) : place + 1]] in NEAR_TO
    if place < 2 or not near or any(token.text in NEAR or token.text == "next" for token in tokens(question)):
        return False
    first = start_of(CLAUSE, said, place)
    verb = next((at for at in range(first, place) if said[at].text in COPULAS), place)
    return any(is_new(question, token) for token in said[verb + 1 : min(verb + 3, place)])


def _passed_over(question: str, said: Tokens, start: int, end: int) -> bool:
    """Whether the phrase was considered, but what is asked is another name: Bern was considered, but it is Basel."""
    stop = end_of(CLAUSE, said, end)
    turn = next((place for place in range(end, stop) if said[place].text == "but"), None)
    if turn is None or CONSIDERED & {token.text for token in tokens(question)}:
        return False
    weighed = turn - end > 1 and said[end].text in COPULAS and said[turn - 1].text in CONSIDERED
    if not weighed and [token.text for token in said[max(0, start - 2) : start]] != ["attributed", "to"]:
        return False
    verbs = [place for place in range(turn, stop) if said[place].text in COPULAS]
    return any(is_new(question, token) for place in verbs for token in _named(said[place + 1 : place + 4]))


def _named(behind: Tokens) -> Tokens:
    """The words behind a verb that may be its complement, none where somebody did it: was rejected by Congress."""
    return () if any(token.text == "by" for token in behind) else behind


def _outside(question: str, said: Tokens, start: int) -> bool:
    """Whether what is asked for lies outside the phrase: born just outside Paris."""
    word = said[before(said, start)].text if start else ""
    return word in OUTSIDE and not any(token.text in OUTSIDE for token in tokens(question))


def _counted_from(question: str, said: Tokens, start: int) -> bool:
    """Whether another time is counted from the phrase: on June 25, four days after June 21."""
    place = before(said, start)
    if (
        place < 1
        or said[start].kind not in EXACT
        or said[place].text not in ("before", "after")
        or ORDER.search(question)
    ):
        return False
    amount = said[place - 1]
    return amount.text in TIMES or (amount.unit is not None and amount.unit[0] in ("time", "months"))


def _came_later(question: str, said: Tokens, start: int, others: Sequence[Tokens]) -> bool:
    """Whether the phrase only follows another name, which is no gold as well: Ben, followed by Anna."""
    place = before(said, start)
    if place < 2 or [token.text for token in said[place - 1 : place + 1]] not in BEHIND or ORDER.search(question):
        return False
    first = [token for token in said[start_of(SENTENCE, said, place) : place - 1] if is_new(question, token)]
    return bool(first) and not any(same(one, token) for other in others for one in other for token in first)
