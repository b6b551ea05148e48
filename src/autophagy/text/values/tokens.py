"""A text as tokens that compare by what they mean: words, numbers with units, dates, times and symbols."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .dates import DATE, TIME, Day, days, in_figures, minutes
from .forms import folded, one_form
from .numbers import DIGITS, ORDINALS, WORDS, digits_value, roman, words_value
from .spellings import singular, spelling
from .units import ALL_UNITS, BEFORE, MORE_SCALES

ARTICLES = frozenset({"a", "an", "the"})
_UNIT = "|".join(sorted(map(re.escape, ALL_UNITS), key=len, reverse=True))
_SCALE = "|".join(sorted(map(re.escape, MORE_SCALES), key=len, reverse=True))
_MONEY = "|".join(sorted(map(re.escape, BEFORE), key=len, reverse=True))
TAIL = rf"""
    (?:\s?-?(?:a\s+)?(?P<scale>{_SCALE})(?![^\W_]))?
    (?:[\s-]?(?:of\s+an?\s+|an?\s+)?(?P<unit>{_UNIT})(?![^\W_]|/))?(?![^\W\d_])"""
NUMBER = re.compile(
    rf"""(?<![^\W_])(?P<sign>(?<![)\]\w.])[-+](?=[\d.{re.escape("$€£¥₹")}]))?(?:(?P<money>{_MONEY})\s?(?P<sign2>-?))?
    (?:(?P<ten>10\s?\^\s?\{{?(?P<raised>-?\d+)\}}?)|{DIGITS.pattern}(?!\d|\.\d))
    (?:\s?[x*]\s?10\s?\^\s?\{{?(?P<power>-?\d+)\}}?|e(?P<exponent>[-+]?\d+)(?![^\W_]))?
    (?:(?:\s?/\s?|(?P<out>\s+out\s+of\s+))(?P<under>[1-9]\d*)(?:ths?)?(?![\d/]|\.\d))?{TAIL}""",
    re.VERBOSE | re.IGNORECASE,
)
# "2 3/4"
MIXED = re.compile(
    rf"(?<![^\W_])(?P<sign>(?<![)\]\w.])-)?(?P<all>\d+)[\s-](?P<over>\d+)/(?P<under>[1-9]\d*)(?!\d){TAIL}",
    re.VERBOSE | re.IGNORECASE,
)
UNITS_AFTER = re.compile(TAIL, re.VERBOSE | re.IGNORECASE)
# addresses, versions and numbers with a zero in front, which are no numbers
CODE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>\"')\]]+|[vV]?\d+(?:\.\d+){2,}(?![\w])|v\d+(?:\.\d+)+|0\d+(?![\w.,])"
)
# "3rd", "third"
ORDINAL = re.compile(
    rf"(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?P<word>{'|'.join(sorted(ORDINALS, key=len, reverse=True))}))(?!\w)(?!-\w)",
    re.IGNORECASE,
)
NO_BLANKS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
WORD = re.compile(
    rf"""n/a(?![^\W_]) | (?-i:[A-Z])-(?![\w-]) | [{NO_BLANKS}] | (?:[^\W\d_{NO_BLANKS}]\.){{2,}}(?:[^\W\d_](?![^\W_]))?
    | \.(?=[A-Z][A-Za-z]*\b)(?<![^\W]\.)[A-Z]+ | [^\W_{NO_BLANKS}]+(?:'[^\W_{NO_BLANKS}]+)*
        (?:\+\+|[\#♯](?![^\W_])|\+(?![^\W_]))?""",
    re.VERBOSE | re.IGNORECASE,
)
# a sign that may be the answer by itself: "+", "%", "→"
SYMBOL = re.compile(r"[^\w\s.,;:!?\"'()\[\]{}*_`|\\~。、，；：！？「」『』（）·•-]")
SINGLE = {"I": 1, "V": 5, "X": 10}  # Roman figures of one letter
# what a Roman figure of one letter counts: "World War I"
COUNTED = re.compile(r"\b(?:War|Type|Part|Chapter|Volume|Act|Stage|Phase|Book|Title|Article|Category|Factor|Bowl)$")
ERAS = {"BCE": "bc", "CE": "ad"}
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "å": "aa"})
DEGREES = ({"celsius", "angle"}, {"fahrenheit", "angle"})  # 100 degrees may be of either


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, date, time or symbol of a text.

    `text` is what it is compared by, `raw` how it was written and `before` the marks and blanks since the last token.
    `values` are the numbers that it may stand for (or the minutes of a time), `unit` what is counted, and `days` the
    dates that it may name.
    """

    text: str
    raw: str
    before: str
    kind: str = "word"
    values: tuple[float, ...] = ()
    unit: tuple[str, float] | None = None
    days: tuple[Day, ...] = ()
    decimals: int = 0

    @property
    def article(self) -> bool:
        """Whether it is an article, which a comparison may pass over."""
        return self.kind == "word" and self.text in ARTICLES and (self.raw.lower() == self.raw or len(self.raw) > 1)

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.raw[:1].isupper()


@lru_cache(maxsize=512)  # a gold is compared with many answers, an answer with many golds
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in their order."""
    plain = one_form(text)
    found, end = [], 0
    for start, stop, token in _found(plain):
        found.append(replace(token, before=plain[end:start]))
        end = stop
    return _with_ranges(found)


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
        if not (gold.raw.isascii() and said.raw.isascii()) and spelt(gold.raw) == spelt(said.raw):
            return True
        if gold.text == said.text or singular(gold.text) == singular(said.text):
            return True
        return spelling(gold.text) == spelling(said.text)
    if {gold.kind, said.kind} == {"number", "word"}:
        return _regnal(gold, said) or _regnal(said, gold)
    if {gold.kind, said.kind} == {"number", "code"} and "." in gold.raw:
        return gold.raw.lower().lstrip("v") == said.raw.lower().lstrip("v")  # 3.10 and v3.10
    if gold.kind == "number" and said.kind == "code":
        return gold.unit is None and said.text.isdigit() and gold.text == said.text.lstrip("0")  # 082 where 82 is right
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
        return _close(gold, said, 0.01, 1)
    if said.unit and said.unit[0] == "share" and "/" in gold.text:
        return _close(gold, said, 1, 0.01)
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


def bare(text: str) -> str:
    """A text that may hold no token at all in its one form, without blanks and quotes about it."""
    return " ".join(one_form(text).split()).strip("\"' ").casefold() or text.strip()


def _close(gold: Token, said: Token, one: float = 1, other: float = 1) -> bool:
    for a in gold.values:
        for b in said.values:
            if math.isclose(a * one, b * other, rel_tol=1e-9, abs_tol=1e-12):
                return True
            if one == other and gold.decimals != said.decimals and _rounded(gold, said, a, b):
                return True
    return False


def _rounded(gold: Token, said: Token, a: float, b: float) -> bool:
    """Whether one is the other rounded: to two decimals and more, or a fraction to three figures (100/3 and 33.3)."""
    places = min(gold.decimals or 99, said.decimals or 99)
    exact = ("/" in gold.text) != ("/" in said.text) and min(abs(a), abs(b)) >= 10
    return places < 99 and (places >= 2 or exact) and round(a, places) == round(b, places)


def _with_ranges(found: list[Token]) -> tuple[Token, ...]:
    """The tokens with a dash for the word that stands in a range: 10 to 20, between 10 and 20."""
    for place in range(1, len(found) - 1):
        left, word, right = found[place - 1 : place + 2]
        between = word.text == "and" and place > 1 and found[place - 2].text == "between"
        if left.kind == right.kind == "number" and (word.text in ("to", "bis", "through") or between):
            found[place] = Token("-", word.raw, word.before, "symbol")
    return tuple(found)


def _covers(gold: Day, said: Day) -> bool:
    return all(part is None or part == other for part, other in zip(gold, said, strict=True))


def _found(plain: str) -> Iterator[tuple[int, int, Token]]:
    """Each token with its place, found from left to right by the first of the readings that fits."""
    place = 0
    while place < len(plain):
        if plain[place].isspace():
            place += 1
            continue
        for reading in READINGS:
            found = _read(reading, plain, place)
            if found:
                stop, token = found
                yield place, stop, token
                place = stop
                break
        else:
            place += 1


def _read(reading: "Reading", plain: str, place: int) -> tuple[int, Token] | None:
    """What a reading finds there; a number that is beyond all numbers, such as 1e999 or 1/0, is none."""
    try:
        return reading(plain, place)
    except (ArithmeticError, ValueError):
        return None


def _date(plain: str, place: int) -> tuple[int, Token] | None:
    found = DATE.match(plain, place)
    known = days(found) if found else ()
    if not (found and known):
        return None
    return found.end(), Token(str(known[0]), found[0], "", "date", days=known)


def _time(plain: str, place: int) -> tuple[int, Token] | None:
    found = TIME.match(plain, place)
    known = minutes(found) if found and found[0] else ()
    if not (found and known):
        return None
    return found.end(), Token(f"at {known[0]}", found[0], "", "time", tuple(map(float, known)))


def _code(plain: str, place: int) -> tuple[int, Token] | None:
    found = CODE.match(plain, place)
    if not found or (place and (plain[place - 1].isalnum() or plain[place - 1] in ".,")):
        return None
    raw = found[0].rstrip(".,;:!?")
    return place + len(raw), Token(re.sub(r"^https?://(?:www\.)?|/$", "", raw).casefold(), raw, "", "code")


def _ordinal(plain: str, place: int) -> tuple[int, Token] | None:
    found = ORDINAL.match(plain, place)
    if not found or (place and plain[place - 1].isalnum()):
        return None
    number = int(found["digits"]) if found["digits"] else ORDINALS[found["word"].lower()]
    return found.end(), Token(f"{number}th", found[0], "", "word")


def _number(plain: str, place: int) -> tuple[int, Token] | None:
    found = MIXED.match(plain, place)
    if found:
        values: tuple[float, ...] = (int(found["all"]) + int(found["over"]) / int(found["under"]),)
        return found.end(), _quantity(found, values, -1 if found["sign"] else 1, fraction=True)
    found = NUMBER.match(plain, place)
    if not found:
        return None
    if re.fullmatch(r"[12]\d{3}s", found[0]):
        return found.end(), Token(found[0], found[0], "")  # the 1990s are no seconds
    values = (10.0 ** int(found["raised"]),) if found["ten"] else digits_value(found["whole"])
    if found["power"] or found["exponent"]:
        values = tuple(value * 10.0 ** int(found["power"] or found["exponent"]) for value in values)
    if found["under"]:
        values = (*(value / int(found["under"]) for value in values), *(values if found["out"] else ()))
    sign = -1 if "-" in (found["sign"] or "", found["sign2"] or "") else 1
    return found.end(), _quantity(found, values, sign, fraction=bool(found["under"]))


def _spelled(plain: str, place: int) -> tuple[int, Token] | None:
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
    name, money = (groups["unit"] or "").lower(), (groups.get("money") or "").lower()
    unit = ALL_UNITS.get(name)
    if money:
        if name in ("m", "b"):
            scale *= {"m": 1e6, "b": 1e9}[name]
        unit = ALL_UNITS.get(money.lstrip("ac") if money in ("a$", "c$") else money, (money, 1.0))
        unit = (money, 1.0) if money in ("a$", "c$") else unit
    known = tuple(sign * value * scale for value in values)
    written = (groups.get("whole") or "").rpartition(".")[2] if "." in (groups.get("whole") or "") else ""
    text = f"{known[0]:.12g}{'/' if fraction else ''}"
    return Token(text, found[0], "", "number", known, unit, decimals=len(written))


def _word(plain: str, place: int) -> tuple[int, Token] | None:
    found = WORD.match(plain, place)
    if not found:
        return None
    raw = found[0]
    number = _numeral(raw, plain[:place].rstrip())
    if number:
        return found.end(), Token(f"{number}", raw, "", "number", (float(number),))
    text = ERAS.get(raw.replace(".", ""), folded(raw))
    text = text[:-2] if text.endswith("'s") else text
    return found.end(), Token(text.replace("'", "").replace(".", "").replace("♯", "#"), raw, "", "word")


def _numeral(raw: str, before: str) -> int | None:
    """The number of a Roman numeral behind a word; a single letter only behind one that is counted so (World War I)."""
    if raw in SINGLE:
        return SINGLE[raw] if COUNTED.search(before) else None
    return roman(raw) if before[-1:].isalpha() else None


def _symbol(plain: str, place: int) -> tuple[int, Token] | None:
    found = SYMBOL.match(plain, place)
    if found and found[0] == "^" and plain[place - 1 : place].isalnum():
        return None  # m^2 is m2
    if found:
        known = Token("and", "&", "") if found[0] == "&" else Token(found[0], found[0], "", "symbol")
        return place + 1, known
    dash = re.compile(r"(?<=[\d\s)%])\s?-+\s?(?=[-+]?[\d(.a-z$€£])", re.IGNORECASE).match(plain, place)
    return (place + 1, Token("-", "-", "", "symbol")) if dash else None


Reading = Callable[[str, int], tuple[int, Token] | None]
READINGS: tuple[Reading, ...] = (_date, _time, _code, _ordinal, _number, _spelled, _word, _symbol)
