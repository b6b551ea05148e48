"""Tokens that mean something together: a range, and a quantity that is told in two units."""

from collections.abc import Sequence
from dataclasses import replace

from .token import Token

AND = frozenset({"and", "und", "et", "y"})
EACH = frozenset({"between", "both", "from", "either"})  # in front of two quantities of which each stands alone


_CHANGED = """
rose risen rises rise rising grew grown grows grow growing fell fallen falls fall falling went gone increased increases
decreased decreases dropped drops reduced cut raised lowered changed declined declines jumped climbed shrank expanded
moved slid improved advanced revised
"""
CHANGED = frozenset(_CHANGED.split())  # from 10 to 20: no range, but two numbers
NEAR = 8  # tokens before a number in which such a verb is looked for


def changes(known: Sequence[Token]) -> bool:
    """Whether the last token is what something rose or fell from: the price rose from 350."""
    behind_from = len(known) > 1 and known[-2].text == "from"
    return behind_from and any(one.text in CHANGED for one in known[-NEAR:-2])


def together(found: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with a dash for the word in a range (10 to 20), and with 2 h 18 min as one quantity."""
    known: list[Token] = []
    for place, token in enumerate(found):
        rest = found[place + 1 : place + 3]
        first = _larger(known, token, rest)
        if first is not None:
            between = "".join(one.before + one.raw for one in known[first + 1 :])
            token, known = _sum(known[first], token, between), known[:first]
        known.append(_dash(token) if _ranges(known, token, rest) else token)
    return tuple(known)


def _ranges(known: Sequence[Token], word: Token, rest: Sequence[Token]) -> bool:
    """Whether a word between two numbers makes a range of them: 10 to 20, between 10 and 20."""
    if not (known and rest and known[-1].kind == rest[0].kind == "number"):
        return False
    between = word.text == "and" and [one.text for one in known[-2:-1]] == ["between"]
    return between or (word.text in ("to", "bis", "through") and not changes(known))


def _dash(word: Token) -> Token:
    return Token("-", word.raw, word.before, "symbol")


def _larger(known: Sequence[Token], last: Token, rest: Sequence[Token]) -> int | None:
    """The place of a whole number of a larger unit, which a quantity goes on with: the 2 h of 2 h 18 min."""
    if last.unit is None or not known:
        return None
    place = len(known) - (2 if known[-1].text in AND else 1)
    first = known[max(place, 0)]
    if first.unit is None or first.unit[0] != last.unit[0] or "." in first.raw:
        return None
    smaller = 0 < last.values[0] * last.unit[1] < first.unit[1]
    marks = "".join(one.before.strip() for one in (*known[place + 1 :], last))
    apart = (place and known[place - 1].text in EACH) or _goes_on(rest, last)
    return place if smaller and marks in ("", ",") and not apart else None


def _goes_on(rest: Sequence[Token], last: Token) -> bool:
    """Whether a list of quantities goes on (3 km, 500 m and 100 m), or what follows is of the last one."""
    listed = [one for one in rest if one.text not in AND][:1]
    return any(one.text == "of" or one.unit == last.unit for one in listed)


def _sum(first: Token, last: Token, between: str) -> Token:
    value = first.values[0] + last.values[0] * (last.unit[1] / first.unit[1] if last.unit and first.unit else 1)
    raw = f"{first.raw}{between}{last.before}{last.raw}"
    return replace(first, text=f"{value:.12g}", raw=raw, values=(value,))
