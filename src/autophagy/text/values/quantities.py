"""Numbers with the sign, the scale, the currency and the unit that stand about them, in digits and in words."""

import re
from dataclasses import replace

from .numbers import DIGITS, WORDS, digits_value, words_value
from .token import Token
from .units import ALL_UNITS, BEFORE, MORE_SCALES, raised

_UNIT = "|".join(sorted(map(re.escape, ALL_UNITS), key=len, reverse=True))
_SCALE = "|".join(sorted(map(re.escape, MORE_SCALES), key=len, reverse=True))
_MONEY = "|".join(sorted(map(re.escape, BEFORE), key=len, reverse=True))
TAIL = rf"""
    (?:\s{{0,2}}-?(?:a\s+)?(?P<scale>{_SCALE})(?![^\W_]))?
    (?:(?:\s{{0,2}}|-)(?:of\s+an?\s+|an?\s+)?(?:(?P<shape>square|sq\.?|cubic)\s)?(?P<unit>{_UNIT})
        (?:\^?(?P<power>[23])|\s+(?P<shaped>squared|cubed))?(?![^\W_]|/))?(?![^\W\d_])"""
NUMBER = re.compile(
    rf"""(?<![^\W_])(?P<sign>(?<![)\]\w.])[-+](?=[\d.{re.escape("$€£¥₹")}]))?(?:(?P<money>{_MONEY})\s?(?P<sign2>-?))?
    (?:(?P<ten>10\s?\^\s?[({{]?(?P<raised>-?\d+)[)}}]?)|{DIGITS.pattern}(?!\d|\.\d))
    (?:\s?[x*]\s?10\s?(?:\^|\*\*)\s?[({{]?(?P<tens>-?\d+)[)}}]?|e(?P<exponent>[-+]?\d+)(?![^\W_]))?
    (?:(?:\s?/\s?|(?P<out>\s+out\s+of\s+))(?P<under>[1-9]\d*)(?:ths?)?(?![\d/]|\.\d))?{TAIL}""",
    re.VERBOSE | re.IGNORECASE,
)
# "2 3/4"
MIXED = re.compile(
    rf"(?<![^\W_])(?P<sign>(?<![)\]\w.])-)?(?P<all>\d+)[\s-](?P<over>\d+)/(?P<under>[1-9]\d*)(?!\d){TAIL}",
    re.VERBOSE | re.IGNORECASE,
)
UNITS_AFTER = re.compile(TAIL, re.VERBOSE | re.IGNORECASE)
POWERS = {"square": 2, "sq": 2, "sq.": 2, "squared": 2, "2": 2, "cubic": 3, "cubed": 3, "3": 3}


def number(plain: str, place: int) -> tuple[int, Token] | None:
    """The number in digits at a place, with its end; None where there is none."""
    found = MIXED.match(plain, place) if plain[place] in "-0123456789" else None
    if found:
        values: tuple[float, ...] = (int(found["all"]) + int(found["over"]) / int(found["under"]),)
        return found.end(), _quantity(found, values, -1 if found["sign"] else 1, fraction=True)
    found = NUMBER.match(plain, place)
    if not found:
        return None
    if re.fullmatch(r"[12]\d{3}s", found[0]):
        return found.end(), Token(found[0], found[0], "")  # the 1990s are no seconds
    values = (10.0 ** int(found["raised"]),) if found["ten"] else digits_value(found["whole"])
    if found["tens"] or found["exponent"]:
        values = tuple(value * 10.0 ** int(found["tens"] or found["exponent"]) for value in values)
    if found["under"]:
        values = (*(value / int(found["under"]) for value in values), *(values if found["out"] else ()))
    sign = -1 if "-" in (found["sign"] or "", found["sign2"] or "") else 1
    return found.end(), _quantity(found, values, sign, fraction=bool(found["under"]))


def spelled(plain: str, place: int) -> tuple[int, Token] | None:
    """The number in words at a place, with its end; None where there is none."""
    found = WORDS.match(plain, place)
    if not found or (place and (plain[place - 1].isalnum() or plain[place - 1] in "'-")):
        return None
    tail = UNITS_AFTER.match(plain, found.end())
    measured = tail is not None and bool(tail["scale"] or tail["unit"])
    token = _quantity(tail, (words_value(found),), 1, fraction=bool(found["share"]) and not measured) if tail else None
    if token is None:
        return None
    end = tail.end() if tail and measured else found.end()
    return end, replace(token, raw=plain[place:end])


def _quantity(found: re.Match[str], values: tuple[float, ...], sign: int, *, fraction: bool) -> Token:
    """A number with the scale, the currency and the unit that stand about it."""
    groups = found.groupdict()
    scale = MORE_SCALES.get((groups["scale"] or "").lower(), 1.0)
    values = values[:1] if scale > 1 else values  # 2.174 trillion are never 2,174
    name, money = (groups["unit"] or "").lower(), (groups.get("money") or "").lower()
    unit, shape = ALL_UNITS.get(name), groups["power"] or groups["shape"] or groups["shaped"]
    unit = raised(unit, POWERS[shape.lower()]) if unit and shape else unit
    if money:
        if name in ("m", "b"):
            scale *= {"m": 1e6, "b": 1e9}[name]
        unit = ALL_UNITS.get(money.lstrip("ac") if money in ("a$", "c$") else money, (money, 1.0))
        unit = (money, 1.0) if money in ("a$", "c$") else unit
    known = tuple(sign * value * scale for value in values)
    written = (groups.get("whole") or "").rpartition(".")[2] if "." in (groups.get("whole") or "") else ""
    text = f"{known[0]:.12g}{'/' if fraction else ''}"
    return Token(text, found[0], "", "number", known, unit, decimals=len(written))
