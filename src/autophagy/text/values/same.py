"""Whether two tokens say the same: a number in another unit, a fuller date, a word in another spelling."""

import math

from .dates import Day, in_figures
from .spellings import nickname, singular, spelling
from .token import Token

SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "å": "aa"})
EXACT = 2.0**53  # below which a float holds every whole number
DEGREES = ({"celsius", "angle"}, {"fahrenheit", "angle"})  # 100 degrees may be of either


def same(gold: Token, said: Token) -> bool:
    """Whether a token says what the gold one does: a date may say more, a number may be rounded or have a unit more."""
    if gold.kind == "number" and said.kind == "number":
        return same_quantity(gold, said)
    if gold.kind == "date" and said.kind == "date":
        return any(_covers(one, other) for one in gold.days for other in said.days)
    if gold.kind == "number" and said.kind == "date":
        named = any(_covers(one, other) for one in in_figures(gold.raw) for other in said.days)
        return named or (gold.unit is None and any(day.year == value for day in said.days for value in gold.values))
    if gold.kind == "date" and said.kind == "number":
        return any(_covers(one, other) for one in gold.days for other in in_figures(said.raw))
    if gold.kind == "time" and said.kind == "time":
        return bool(set(gold.values) & set(said.values))
    if gold.kind == said.kind == "word":
        if gold.text == said.text or singular(gold.text) == singular(said.text):
            return True
        if not (gold.raw.isascii() and said.raw.isascii()) and spelt(gold.raw) == spelt(said.raw):
            return True
        named = gold.capital and said.capital and nickname(gold.text, said.text)
        return named or spelling(gold.text) == spelling(said.text)
    if {gold.kind, said.kind} == {"number", "word"}:
        return _regnal(gold, said) or _regnal(said, gold)
    if {gold.kind, said.kind} == {"number", "code"} and "." in gold.raw:
        return gold.raw.lower().lstrip("v") == said.raw.lower().lstrip("v")  # 3.10 and v3.10
    if gold.kind == "number" and said.kind == "code":  # 082 where 82 is right
        return gold.unit is None and said.text.isdigit() and gold.text == (said.text.lstrip("0") or "0")
    return gold.kind == said.kind and gold.text == said.text


def spelt(word: str) -> str:
    """A word with its umlauts as they are written where there are none: Zürich is Zuerich."""
    return word.casefold().translate(SPELT)


def _regnal(numeral: Token, ordinal: Token) -> bool:
    """Whether a Roman numeral is said as people say it: XIV is the Fourteenth."""
    return numeral.kind == "number" and numeral.raw.isupper() and ordinal.text == f"{numeral.values[0]:.0f}th"


def same_quantity(gold: Token, said: Token) -> bool:
    """Whether two numbers with their units are one; a unit that the gold lacks is no contradiction."""
    if gold.unit and said.unit:
        if {gold.unit[0], said.unit[0]} in DEGREES:
            return _close(gold, said)
        if {gold.unit[0], said.unit[0]} == {"celsius", "fahrenheit"}:
            return any(abs(a - b) < 0.5 for a in _fahrenheit(gold) for b in _fahrenheit(said))
        if gold.unit[0] != said.unit[0]:
            pounds = {gold.unit[0], said.unit[0]} == {"GBP", "mass"} and "pound" in f"{gold.raw} {said.raw}".lower()
            return pounds and _close(gold, said)
        return _close(gold, said, gold.unit[1], said.unit[1])
    if gold.unit and gold.unit[0] == "share" and "/" in said.text:
        return _close(gold, said, 1, 100)
    if said.unit and said.unit[0] == "share" and "/" in gold.text:
        return _close(gold, said, 100, 1)
    if _share_of_one(gold, said):
        return _close(gold, said) or _close(gold, said, 0.01, 1)
    if _share_of_one(said, gold):
        return _close(gold, said) or _close(gold, said, 1, 0.01)
    return _close(gold, said)


def _fahrenheit(token: Token) -> list[float]:
    return [1.8 * value + 32 if token.unit and token.unit[0] == "celsius" else value for value in token.values]


def _share_of_one(share: Token, bare: Token) -> bool:
    """Whether one is a percentage and the other a number between 0 and 1 without a unit: 50 % and 0.5."""
    return share.unit is not None and share.unit[0] == "share" and bare.unit is None and 0 < bare.values[0] < 1


def _close(gold: Token, said: Token, one: float = 1, other: float = 1) -> bool:
    for a in gold.values:
        for b in said.values:
            if one == other and _equal(gold, said, a * one, b * other):
                return True
            if one != other and math.isclose(a * one, b * other, rel_tol=1e-9):
                return True
            if gold.decimals != said.decimals and _rounded(gold, said, a * one, b * other, even=one == other):
                return True
    return False


def _equal(gold: Token, said: Token, a: float, b: float) -> bool:
    """Whether two numbers are one: whole ones to the last digit, any other as near as it can be worked out."""
    if a.is_integer() and b.is_integer():
        digits = [one.raw if one.raw.isdigit() else "" for one in (gold, said)]
        return a == b and (abs(a) < EXACT or not all(digits) or digits[0].lstrip("0") == digits[1].lstrip("0"))
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def _rounded(gold: Token, said: Token, a: float, b: float, *, even: bool) -> bool:
    """Whether one is the other rounded: to two decimals and more, or a fraction to three figures (100/3 and 33.3)."""
    places = min(gold.decimals or 99, said.decimals or 99)
    exact = ("/" in gold.text) != ("/" in said.text) and min(abs(a), abs(b)) >= 10
    return places < 99 and ((even and places >= 2) or exact) and round(a, places) == round(b, places)


def _covers(gold: Day, said: Day) -> bool:
    return all(part is None or part == other for part, other in zip(gold, said, strict=True))
