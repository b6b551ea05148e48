"""Names as people shorten and turn them: without the kind of thing, in another order, by the surname."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ...text.values.tokens import same, tokens
from .places import Tokens
from .sentence import content

_PREPOSITIONS = "in at on by to from of with for since during around about"
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
SMALL_WORDS = frozenset({"of", "and", "for", "the", "in", "on"})
_KINDS = """
river lake mount mountain city ocean sea island county state street university president king queen sir dr mr mrs ms
prof professor project company inc ltd corporation saint emperor prime minister town country
"""
KINDS = frozenset(_KINDS.split())
_PEOPLE = "author|writer|person|actor|actress|president|poet|scientist|director|player|singer|artist|composer"
WHO = re.compile(rf"\b(?:who|whom|whose|which\s+(?:\w+\s+){{0,2}}(?:{_PEOPLE}))\b", re.IGNORECASE)
SHORT = 8  # words of an answer that is hardly more than a name
APART = re.compile(r"[.!?;:\n,()]")


def forms(question: str, gold: Tokens) -> Iterator[Tokens]:
    """The gold, the gold without a preposition before it, and without the kind of thing that the question names."""
    yield gold
    if len(gold) > 1 and gold[0].text in PREPOSITIONS:
        yield gold[1:]
    full = [token for token in gold if not (token.capital and len(token.text) == 1)]
    if 1 < len(full) < len(gold) and full[0] is gold[0] and full[-1] is gold[-1]:
        yield [replace(token, raw=token.raw.lower()) for token in full]  # John Kennedy for John F., and not John G.
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
        apart = any(APART.search(token.before) for token in window[1:])
        if len(words) == 2 and _turned(said[start : start + 2], words):
            yield start, start + 2
            return
        if not apart and all(any(same(word, one) for one in window) for word in words):
            yield start, start + len(window)
            return


def _turned(said: Tokens, words: Tokens) -> bool:
    """Whether a name of two words is written with the last one first: Curie, Marie."""
    return len(said) == 2 and said[1].before.strip() == "," and same(words[1], said[0]) and same(words[0], said[1])


def acronyms(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a name of several words stands as its first letters, or first letters as the name: NYC, United Kingdom."""
    names = [token for token in gold if not token.article and token.text not in SMALL_WORDS]
    if len(names) > 1 and len(said) <= SHORT:
        for place, token in enumerate(said):
            short = token.raw.replace(".", "") if token.kind == "word" and token.raw.isupper() else ""
            if 2 < len(short) <= 6 and _within(names, 0, short) == len(names):
                yield place, place + 1
    if len(names) > 1 and all(token.capital for token in names):
        letters = "".join(token.raw[0] for token in names).upper()
        wanted = {letters, *({"USA", "US"} if [token.text for token in names] == ["united", "states"] else ())}
        for place, token in enumerate(said):
            if token.kind == "word" and token.raw.isupper() and token.raw.replace(".", "") in wanted:
                yield place, place + 1
    short = gold[0].raw.replace(".", "") if len(gold) == 1 and gold[0].kind == "word" else ""
    if 1 < len(short) <= 6 and short.isalpha() and short.isupper():
        for start, token in enumerate(said):
            end = _spelt_out(said, start, short) if token.capital else None
            end = end or _within(said, start, short)
            if end is not None:
                yield start, end


def _spelt_out(said: Tokens, start: int, letters: str) -> int | None:
    """The end of the run of capitalised words that begin with these letters, small words between them aside."""
    place, wanted = start, list(letters)
    while place < len(said) and wanted:
        token = said[place]
        if place > start and APART.search(token.before):
            return None
        if token.capital and token.raw[0].upper() == wanted[0]:
            wanted.pop(0)
        elif not (token.article or token.text in SMALL_WORDS) or place == start:
            return None
        place += 1
    return None if wanted or place - start < 2 else place


def _within(said: Tokens, start: int, letters: str) -> int | None:
    """The end of a short text that spells out letters, each word's first and perhaps more: Hypertext Transfer Protocol.

    A text that goes on is none, since any three words in a row begin with some three letters.
    """
    words = [token for token in said[start:] if not (token.article or token.text in SMALL_WORDS)]
    if len(letters) < 3 or not 2 <= len(words) <= len(letters) or any(token.kind != "word" for token in words):
        return None
    first = "".join(re.escape(token.text[0]) + f"[{re.escape(token.text)}]*" for token in words)
    if [token.text[0] for token in words] == [*letters.lower()]:
        return len(said)
    whole = all(token.capital for token in words) and re.fullmatch(first, letters.lower())
    return len(said) if whole and _in_order("".join(token.text for token in words), letters.lower()) else None


def _in_order(text: str, letters: str) -> bool:
    """Whether a text holds letters one behind the other."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


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
