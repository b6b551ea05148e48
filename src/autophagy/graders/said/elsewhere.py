"""A name in a clause that tells of something else than is asked, where another clause tells of that.

He was born in Munich and raised in Ulm: to the question where he was born, Ulm is no answer.
"""

import re
from collections.abc import Sequence

from ...text.values.token import Token, Tokens
from ...text.values.tokens import tokens
from .clauses import FORMER, JOINS, RELATIVE, SUBORDINATE, Span, clause_at, clauses, words_of
from .denial import NEGATORS
from .kin import EXACT, kin
from .marks import SENTENCE
from .opposites import OPPOSED, stem
from .places import holds
from .roles import AUXILIARIES, SUBJECT
from .sentence import alike, content
from .verbs import is_verb
from .words import COPULAS, PRONOUNS, STOPPED

COUNTED = re.compile(r"\bhow\s+many\s+((?:\w+\s+){0,2}\w+)", re.IGNORECASE)
USED_TO = re.compile(r"\bused to\b")
IS = re.compile(r"\b(?:is|are|does|do)\b", re.IGNORECASE)
MARKERS = frozenset({"then", "up", "down", "no", "not"}) | FORMER | SUBORDINATE | RELATIVE
# with which a clause begins that only adds to the one before, as where it lies or how it is called
_ADDS = """
in at on with for by from to of as located situated part called named known including namely also primarily mainly
mostly especially through under near during around between among over along via into onto within across toward towards
despite like such
"""
ADDS = frozenset(_ADDS.split())
SHOWS = frozenset({"shows", "show", "has", "have", "gives", "lists", "states", "says", "remains"})
SHARE = 0.5  # of what is asked
NEAR = 30  # tokens of a text that is looked at


def elsewhere(question: str, said: Tokens, start: int, end: int, others: Sequence[Tokens]) -> bool:
    """Whether another clause than that of a name tells what is asked, of another such name."""
    while start + 1 < end and said[start].article:
        start += 1
    if len(said) > NEAR or not (said[start].capital or said[start].kind in EXACT):
        return False
    parts = clauses(said)
    own = clause_at(parts, start)
    if own is None:
        return False
    held, asked = words_of(said, own), content(tokens(question))
    key, opens = _key(question, asked), held[1:2] if held[0].text in JOINS else held[:1]
    if key is None or _knows(key, held):
        return key is not None and _of_another(question, said, parts, own, key, end)
    if not SUBJECT.fullmatch(question) and any(stem(one.text) in OPPOSED.get(stem(key.text), ()) for one in held):
        return True  # he died then, where it is asked when he was born
    opened = SENTENCE.search(said[own[0][0]].before)  # a sentence of its own only adds where it says so
    if (not opened and _adds(held)) or _counted(question, said[end : end + 1]) or not _tells(held, said[start:end]):
        return False
    if _copular(question) and any(token.text in PRONOUNS for token in opens):
        return False
    known = max(_covers(held, asked), SHARE * len(asked))
    for part in parts:
        told = words_of(said, part)
        later = parts.index(part) > parts.index(own) and not _by_each(told, held)
        if part is not own and not later and _knows(key, told) and _covers(told, asked) >= known:
            says = not _copular(question) or any(token.text in COPULAS | SHOWS for token in told)
            if says and _rival(told, said[start:end], asked, others):
                return True
    return False


def no_longer(question: str, said: Tokens, start: int, end: int, others: Sequence[Tokens]) -> bool:
    """Whether a clause says what was so before, where it is asked what is so, and another clause names that."""
    if not IS.search(question) or FORMER & {token.text for token in tokens(question)} or len(said) > NEAR:
        return False
    parts = clauses(said)
    own = clause_at(parts, start) or []
    held = [token.text for token in words_of(said, own)]
    if not (FORMER & set(held) or (USED_TO.search(" ".join(held)) and not USED_TO.search(question))):
        return False
    asked = content(tokens(question))
    return any(_rival(words_of(said, part), said[start:end], asked, others) for part in parts if part is not own)


def _of_another(
    question: str, said: Tokens, parts: Sequence[Sequence[Span]], own: Sequence[Span], key: Token, end: int
) -> bool:
    """Whether a name did it to another thing than is asked, and another name to that: Austen wrote Persuasion."""
    if not SUBJECT.fullmatch(question) or AUXILIARIES & {token.text for token in tokens(question)}:
        return False
    asked = content(tokens(question))
    behind = [token for token in words_of(said, own)[-3:] if token.capital and not token.article]
    new = bool(behind) and said[end - 1] is not behind[-1] and not any(alike(behind[-1], word) for word in asked)
    if not new or not any(is_verb(token) and alike(key, token) for token in said[end : end + 2]):
        return False
    rest = [part for part in parts if part is not own and _knows(key, words_of(said, part))]
    return any(_rival(words_of(said, part), said[end - 1 : end], asked, ()) for part in rest)


def _counted(question: str, behind: Tokens) -> bool:
    """Whether what a number counts is what is asked for: how many students, and 28,000 students."""
    found = COUNTED.search(question)
    return found is not None and any(alike(one, token) for one in tokens(found[1]) for token in behind)


def _by_each(told: Sequence[Token], held: Sequence[Token]) -> bool:
    """Whether two clauses tell by whom something was done: produced by Nolan and directed by Zimmer."""
    return all(any(token.text == "by" for token in one) for one in (told, held))


def _covers(told: Sequence[Token], asked: Sequence[Token]) -> int:
    return sum(_knows(word, told) for word in asked)


def _tells(held: Sequence[Token], gold: Tokens) -> bool:
    """Whether a clause says more than the name: France in Paris, France says nothing of its own."""
    rest = [token for token in held if not any(token is one for one in gold)]
    return any(_is_verbal(token) or token.text in MARKERS for token in rest)


def _is_verbal(token: Token) -> bool:
    """Whether a word may tell something, and is neither a name nor one of the little words."""
    return token.text in COPULAS or (token.kind == "word" and not token.capital and token.text not in STOPPED)


def _copular(question: str) -> bool:
    return any(token.text in COPULAS for token in tokens(question)[:3])


def _key(question: str, asked: Sequence[Token]) -> Token | None:
    """The word of a question that tells what is asked of the thing: its verb, else its last word that is no name."""
    words = tokens(question)
    if (found := SUBJECT.fullmatch(question)) and not AUXILIARIES & {token.text for token in words}:
        return next((token for token in words[1:5] if is_verb(token)), tokens(found["verb"])[0])
    plain = [token for token in asked if token.kind == "word" and (not token.capital or token.raw.isupper())]
    ranked = [token for token in plain if token.text.endswith(("est", "th"))]  # the second largest
    return next(iter([*ranked, *plain[-1:]] if _copular(question) else plain[-1:]), None)


def _adds(held: Sequence[Token]) -> bool:
    """Whether a clause only adds to the one before: where it lies, what it is a part of, how it is called."""
    opened = held[0].text in ADDS or (held[0].article and not any(is_verb(token) for token in held))
    return opened or any(token.text == "part" for token in held)


def _knows(word: Token, held: Sequence[Token]) -> bool:
    return any(alike(word, one) for one in held)


def _rival(told: Sequence[Token], gold: Tokens, asked: Sequence[Token], others: Sequence[Tokens]) -> bool:
    """Whether a clause names something of the gold's kind that neither the gold nor the question holds."""
    if any(holds(told, one) for one in others) or any(token.text in FORMER | NEGATORS for token in told):
        return False
    return any(
        kin(token, gold)
        and (token.kind != "word" or token.text not in STOPPED | PRONOUNS)
        and not any(alike(token, one) for one in (*gold, *asked))
        for token in told
    )
