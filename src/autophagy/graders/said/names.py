"""Names as people shorten and turn them: without the kind of thing, in another order, by the surname."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ...text.values.same import same
from ...text.values.token import Token, Tokens
from ...text.values.tokens import tokens
from .marks import PAUSE
from .sentence import content

_PREPOSITIONS = "in at on by to from of with for since during around about"
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
_KINDS = """
river lake mount mountain city ocean sea island county state street university president king queen sir dr mr mrs ms
prof professor project company inc ltd corporation saint emperor prime minister town country
"""
TITLES = frozenset({"sir", "dr", "mr", "mrs", "ms", "prof", "professor", "doctor", "herr", "frau", "mount", "mt"})
KINDS = frozenset(_KINDS.split())
_PEOPLE = "author|writer|person|actor|actress|president|poet|scientist|director|player|singer|artist|composer"
SUFFIXES = frozenset({"jr", "junior"})  # that most people leave away
ANOTHER = frozenset({"Sr", "Sr.", "Senior", "II", "III", "IV"})  # behind a name they make it another person's
WHO = re.compile(rf"\b(?:who|whom|whose|which\s+(?:\w+\s+){{0,2}}(?:{_PEOPLE}))\b", re.IGNORECASE)


def forms(question: str, gold: Tokens) -> Iterator[Tokens]:
    """The gold, the gold without a preposition before it, and without the kind of thing that the question names."""
    yield gold
    if len(gold) > 1 and gold[0].text in PREPOSITIONS:
        yield gold[1:]
    if len(gold) > 1 and gold[0].text in TITLES and all(token.capital for token in gold):
        yield gold[1:]
    full = [token for token in gold if not (token.capital and len(token.text) == 1)]
    if 1 < len(full) < len(gold) and full[0] is gold[0] and full[-1] is gold[-1]:
        yield [replace(token, raw=token.raw.lower()) for token in full]  # John Kennedy for John F., and not John G.
    if len(gold) > 2 and gold[-1].text in SUFFIXES and all(token.capital for token in gold):
        yield gold[:-1]
    asked = {token.text for token in tokens(question)}
    named = [token for token in gold if token.text not in KINDS or (token.text not in asked and token.capital)]
    if len(named) < len(gold) and any(token.capital for token in named if not token.article):
        yield named


def any_order(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where all words of a name of two to four stand close together in another order (the city of New York)."""
    words = content(gold)
    odd = any(token.kind != "word" and not token.raw.isupper() for token in words)  # II in World War II may be second
    if not 2 <= len(words) <= 4 or odd or not words[0].capital:
        return
    for start in range(len(said)):
        window = said[start : start + len(words) + 2]
        apart = any(PAUSE.search(token.before) for token in window[1:])
        if len(words) == 2 and _turned(said[start : start + 2], words):
            yield start, start + 2
            return
        if not apart and all(any(same(word, one) for one in window) for word in words):
            yield start, start + len(window)
            return


def _turned(said: Tokens, words: Tokens) -> bool:
    """Whether a name of two words is written with the last one first: Curie, Marie."""
    return len(said) == 2 and said[1].before.strip() == "," and same(words[1], said[0]) and same(words[0], said[1])


def initialled(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a person's first name stands for its letter, or the letter for it: J. K. Rowling and Joanne Rowling."""
    names = [token for token in gold if not token.article]
    if not (2 <= len(names) <= 4 and all(token.capital for token in names) and len(names[-1].text) > 2):
        return
    for place, token in enumerate(said):
        if not (token.capital and same(names[-1], token)):
            continue
        first = place
        while first and place - first < 3 and said[first - 1].capital and not _ends(said[first - 1], said[first]):
            first -= 1
        if first < place and any(_initials_agree(names[:-1], said[start:place]) for start in range(first, place)):
            yield first, place + 1


def _ends(token: Token, behind: Token) -> bool:
    """Whether a sentence or a name ends between two tokens, which a full stop behind an initial does not do."""
    between = behind.before.replace(".", "", len(token.text) == 1)
    return PAUSE.search(between) is not None


def _initials_agree(names: Tokens, said: Tokens) -> bool:
    """Whether first names agree letter by letter, as far as both go, and one of them is a mere letter."""
    one, other = ["".join(token.raw.split(".")) for token in names], ["".join(token.raw.split(".")) for token in said]
    one, other = _apart(one), _apart(other)
    letters = any(min(len(a), len(b)) == 1 for a, b in zip(one, other, strict=False))
    return letters and all(
        a[0] == b[0] and (min(len(a), len(b)) == 1 or a.lower() == b.lower()) for a, b in zip(one, other, strict=False)
    )


def _apart(names: list[str]) -> list[str]:
    """First names with initials that are written together in single letters: JK."""
    return [part for name in names for part in (name if name.isupper() and len(name) < 4 else [name])]


def surname(question: str, said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a person is called by the last name alone, in answer to a question that asks who."""
    names = [token for token in gold if not token.article]
    person = 2 <= len(names) <= 4 and all(token.capital for token in names) and len(names[-1].text) > 3
    if not (person and WHO.search(question)):
        return
    asked = {token.text for token in tokens(question)}
    for place, token in enumerate(said):
        before = said[place - 1] if place and not _ends(said[place - 1], token) else None
        titled = before is None or not before.capital or before.text in asked or before.text in KINDS
        if token.text == names[-1].text and token.capital and titled and token.text not in asked:
            yield place, place + 1
