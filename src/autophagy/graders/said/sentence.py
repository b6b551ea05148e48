"""Answers that are sentences beside golds that are sentences: whether what is new in the gold is said."""

import re
from collections.abc import Sequence

from ...text.values.same import same
from ...text.values.spellings import singular
from ...text.values.token import Token
from ...text.values.tokens import tokens
from .polarity import leaning
from .words import STOPPED

SHARE = 0.6  # of what is new in the gold must be said


def content(found: Sequence[Token]) -> list[Token]:
    """The tokens that carry meaning."""
    return [token for token in found if token.kind != "symbol" and (token.text not in STOPPED or _initial(token))]


def informs(question: str, gold: str, said: str) -> bool:
    """Whether a text says what a gold of one or more sentences says.

    Counted are the words of the gold that the question does not hold; all of its numbers, three in four of its names
    and six in ten of all must be said. A short gold must be said whole.
    """
    opened = leaning(gold), leaning(said)
    if None not in opened and opened[0] != opened[1]:
        return False
    new = _new(content(tokens(gold)), content(tokens(question)))
    heard = content(tokens(said))
    known = [any(alike(token, one) for one in heard) for token in new]
    if len(new) < 4:
        return bool(new) and all(known) and not _exchanged(tokens(gold), tokens(question), tokens(said))
    exact = [ok for token, ok in zip(new, known, strict=True) if token.kind != "word"]
    names = [ok for token, ok in zip(new, known, strict=True) if _name(token)]
    enough = sum(known) >= (SHARE if len(new) > 6 else 0.99) * len(new)
    return all(exact) and sum(names) >= 0.75 * len(names) and enough


def _exchanged(gold: Sequence[Token], asked: Sequence[Token], said: Sequence[Token]) -> bool:
    """Whether a name of the gold that the question holds is another in the text: the Order of Deacons, not Elders."""
    left = [token for token in gold if _name(token) and not any(same(token, one) for one in said)]
    other = [token for token in said if _name(token) and not any(same(one, token) for one in (*gold, *asked))]
    return bool(left) and bool(other)


def _new(gold: Sequence[Token], asked: Sequence[Token]) -> Sequence[Token]:
    """The tokens of the gold that the question does not hold, names as they are written; all if that leaves one."""
    new = [token for token in gold if not any((same if _name(token) else alike)(token, one) for one in asked)]
    return new if len(new) > 1 else gold


def alike(one: Token, other: Token) -> bool:
    """Whether two tokens are one word in two of its forms, or say the same."""
    if same(one, other):
        return True
    if one.kind != "word" or other.kind != "word":
        return False
    a, b = sorted((singular(one.text), singular(other.text)), key=len)
    shared = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return shared >= 4 and shared >= len(a) - 2 and len(b) - shared <= 4


def _name(token: Token) -> bool:
    """A word with a capital letter that does not begin a sentence."""
    return token.capital and bool(token.before) and not re.search(r"[.!?\n]", token.before)


def _initial(token: Token) -> bool:
    return len(token.raw) == 1 and token.raw.isupper()
