"""Figures that a text gives of something else: the mean where the median is asked, the faces where the edges are."""

import re
from itertools import pairwise

from ...text.values.same import same
from ...text.values.token import Tokens
from ...text.values.tokens import tokens
from .kin import EXACT
from .marks import CLAUSE, end_of, start_of
from .sentence import content
from .words import COPULAS

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
COUNTED = re.compile(r"\s*how\s+many\s+(\w+)\b", re.IGNORECASE)


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
    )


def _whole_of(question: str, said: Tokens, start: int) -> bool:
    """Whether a number is that of all, of which so many are asked for: 10 of 30 students passed."""
    if start < 2 or said[start - 1].text != "of" or said[start - 2].kind != "number" or 1 in said[start - 2].values:
        return False
    return COUNTED.match(question) is not None and not re.search(r"\b(?:total|all|altogether|overall)\b", question)


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
    """Whether the things that are counted are of another kind: 12 faces and 6 edges."""
    found = COUNTED.match(question)
    if not found or start + 1 >= len(said):
        return False
    noun, behind = tokens(found[1])[0], said[start + 1]
    asked = tokens(question)
    if behind.kind != "word" or not behind.text.endswith("s") or any(same(one, behind) for one in asked):
        return False
    counts = [one for one, other in pairwise(said) if one.kind in EXACT and same(noun, other)]
    return bool(counts) and not any(same(said[start], one) for one in counts)
