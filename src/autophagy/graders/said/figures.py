"""Figures that a text gives of something else: the mean where the median is asked, the faces where the edges are."""

import re

from ...text.values.same import same
from ...text.values.together import changes
from ...text.values.token import Token, Tokens
from ...text.values.tokens import tokens
from .kin import EXACT
from .marks import CLAUSE, SENTENCE, end_of, start_of
from .sentence import content
from .sums import goes_into_sum
from .words import COPULAS, STOPPED

RISE = re.compile(
    r"\b(?:rose|risen|ris(?:e|es|ing)|grew|grow(?:n|s|ing|th)?|increas\w+|gain(?:s|ed)?|climb\w*)\b", re.IGNORECASE
)
FALL = re.compile(
    r"\b(?:fell|fall(?:s|en|ing)?|dropp?(?:s|ed|ing)?|declin\w+|decreas\w+|shr[aiu]nk\w*|sank|los[st](?:es)?|plunged)\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(r"[$€£]?-[$€£]?\d.*|\([$€£]?\d[\d.,]*\)")
LOSS = re.compile(
    r"\b(?:(?:loss|deficit|declin\w*|decrease\w*|drop\w*|fall|fell|reduction|shortfall|shr[aiu]nk|contract\w+|down|lost|sank)"
    r"(?:\s+(?:of|by))?\s+(?:(?:about|around|roughly|approximately)\s+)?)(?=[$€£]?\d)",
    re.IGNORECASE,
)  # "a loss of ", "fell by "
NAMED = re.compile(r"\s*what\s+(?:is|was|are|were)\s+the\s+(.+)", re.IGNORECASE)
COUNTED = re.compile(r"\s*how\s+(?:many|much)\s+(\w+)\b", re.IGNORECASE)
# where what it was before is asked
BEFORE = re.compile(
    r"\b(?:from|before|initial\w*|original\w*|previous\w*|earlier|start\w*|first|used\s+to|old)\b", re.IGNORECASE
)


def as_loss(gold: str, text: str) -> str:
    """The text with a minus before what was lost, where the gold is a negative amount: a loss of 5.2 is -5.2."""
    return LOSS.sub(lambda found: f"{found[0]}-", text) if NEGATIVE.fullmatch(gold.strip()) else text


def of_something_else(question: str, said: Tokens, start: int) -> bool:
    """Whether the figure at a place is that of another thing than is asked of, which the text gives as well."""
    if said[start].kind not in EXACT:
        return False
    return (
        _whole_of(question, said, start)
        or _another_named(question, said, start)
        or _another_counted(question, said, start)
        or _other_way(question, said, start)
        or _changed_from(question, said, start)
        or goes_into_sum(question, said, start)
    )


def _whole_of(question: str, said: Tokens, start: int) -> bool:
    """Whether a number is that of all, of which so many are asked for: 10 of 30 students passed."""
    if start < 2 or said[start - 1].text != "of" or said[start - 2].kind != "number" or 1 in said[start - 2].values:
        return False
    return COUNTED.match(question) is not None and not re.search(r"\b(?:total|all|altogether|overall)\b", question)


def _changed_from(question: str, said: Tokens, start: int) -> bool:
    """Whether a figure is what something was before it changed to another: it rose from 350 to 680."""
    told = start + 2 < len(said) and said[start + 1].text == "to" and said[start + 2].kind in EXACT
    return told and changes(said[: start + 1]) and not BEFORE.search(question)


def counts(question: str, said: Tokens, start: int) -> bool:
    """Whether the figure at a place is told to count what is asked for: 12 chickens to how many chickens."""
    found = COUNTED.match(question)
    noun = _counted(said, start)
    return bool(found and noun and same(tokens(found[1])[0], noun))


def _counted(said: Tokens, start: int) -> Token | None:
    """The thing that a figure is an amount of: 12 chickens, half a spoon of salt; None where none is told."""
    behind = [
        token for token in said[start + 1 : start + 3] if token.kind == "word" and not SENTENCE.search(token.before)
    ]
    noun = behind[-1] if len(behind) > 1 and behind[0].text == "of" else behind[0] if behind else None
    return None if noun is None or noun.text in STOPPED else noun


def _other_way(question: str, said: Tokens, start: int) -> bool:
    """Whether a figure is by how much something fell where it is asked how much it rose, or the other way round."""
    clause = said[start_of(CLAUSE, said, start) : end_of(CLAUSE, said, start)]
    told = " ".join(token.text for token in clause)
    asked = RISE.search(question), FALL.search(question)
    return (
        said[start].text[:1] != "-"
        and any(asked)
        and not all(asked)
        and bool((FALL if asked[0] else RISE).search(told))
        and not (RISE if asked[0] else FALL).search(told)
    )


def _another_named(question: str, said: Tokens, start: int) -> bool:
    """Whether what is asked of is another figure: the mean is 4.5 and the median is 5."""
    found = NAMED.fullmatch(question)
    words = content(tokens(found[1])) if found else []
    if len(words) != 1 or start < 2 or said[start - 1].text not in COPULAS or said[start - 2].kind != "word":
        return False
    figures = [
        said[place + 2]
        for place in range(len(said) - 2)
        if same(words[0], said[place]) and said[place + 1].text in COPULAS and said[place + 2].kind in EXACT
    ]
    return bool(figures) and not any(same(said[start], one) for one in figures)


def _another_counted(question: str, said: Tokens, start: int) -> bool:
    """Whether the things that are counted are of another kind: 12 faces and 6 edges, a cup of sauce and one of salt."""
    found, noun = COUNTED.match(question), _counted(said, start)
    if not found or noun is None or any(same(one, noun) for one in tokens(question)):
        return False
    measured = said[start].unit is not None and said[start + 1].text == "of"  # half of a population is no amount of it
    if not (measured or (noun is said[start + 1] and noun.text.endswith("s"))):
        return False
    return any(one.kind in EXACT and counts(question, said, place) for place, one in enumerate(said))
