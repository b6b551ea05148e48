"""Names as people shorten and turn them: without the kind of thing, in another order, by the surname."""

import re
from collections.abc import Iterator

from ...text.values.tokens import same, tokens
from .places import Tokens
from .sentence import content

_PREPOSITIONS = "in at on by to from of with for since during around about"
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
_KINDS = """
river lake mount mountain city ocean sea island county state street university president king queen sir dr mr mrs ms
prof professor project company inc ltd corporation saint emperor prime minister town country
"""
KINDS = frozenset(_KINDS.split())
_PEOPLE = "author|writer|person|actor|actress|president|poet|scientist|director|player|singer|artist|composer"
WHO = re.compile(rf"\b(?:who|whom|whose|which\s+(?:\w+\s+){{0,2}}(?:{_PEOPLE}))\b", re.IGNORECASE)
APART = re.compile(r"[.!?;:\n,()]")


def forms(question: str, gold: Tokens) -> Iterator[Tokens]:
    """The gold, the gold without a preposition before it, and without the kind of thing that the question names."""
    yield gold
    if len(gold) > 1 and gold[0].text in PREPOSITIONS:
        yield gold[1:]
    full = [token for token in gold if not (token.capital and len(token.text) == 1)]
    if 1 < len(full) < len(gold) and full[0] is gold[0] and full[-1] is gold[-1]:
        yield full  # John F. Kennedy is John Kennedy
    asked = {token.text for token in tokens(question)}
    named = [token for token in gold if token.text not in KINDS or (token.text not in asked and token.capital)]
    if len(named) < len(gold) and any(token.capital for token in named if not token.article):
        yield named


def any_order(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where all words of a name of two to four stand close together in another order (the city of New York)."""
    words = content(gold)
    if not 2 <= len(words) <= 4 or any(token.kind != "word" for token in words) or not words[0].capital:
        return
    for start in range(len(said)):
        window = said[start : start + len(words) + 2]
        apart = any(APART.search(token.before) for token in window[1:])
        if not apart and all(any(same(word, one) for one in window) for word in words):
            yield start, start + len(window)
            return


def surname(question: str, said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a person is called by the last name alone, in answer to a question that asks who."""
    names = [token for token in gold if not token.article]
    person = 2 <= len(names) <= 4 and all(token.capital for token in names) and len(names[-1].text) > 3
    if not (person and WHO.search(question)):
        return
    asked = {token.text for token in tokens(question)}
    for place, token in enumerate(said):
        before = said[place - 1] if place and not APART.search(token.before) else None
        titled = before is None or not before.capital or before.text in asked or before.text in KINDS
        if token.text == names[-1].text and token.capital and titled and token.text not in asked:
            yield place, place + 1
