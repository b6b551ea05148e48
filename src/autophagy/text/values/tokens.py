"""A text as tokens that compare by what they mean: words, numbers with units, dates, times and symbols."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from .dates import TIME, date_at, days, minutes
from .forms import folded, one_form
from .numbers import ORDINALS, numeral, roman
from .quantities import number, spelled
from .together import together
from .token import Token

# addresses, versions and numbers with a zero in front, which are no numbers
CODE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>\"')\]]+|[vV]?\d+(?:\.\d+){2,}(?![\w])|v\d+(?:\.\d+)+|0\d+(?![\w.,])"
)
# "3rd", "third"
ORDINAL = re.compile(
    rf"(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?P<word>{'|'.join(sorted(ORDINALS, key=len, reverse=True))}))(?!\w)(?!-\w)",
    re.IGNORECASE,
)
# vowel signs and accents, which belong to the word that they stand in
SIGNS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
NO_BLANKS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
WORD = re.compile(
    rf"""n/a(?![^\W_]) | (?-i:[A-Z])-(?![\w-]) | [{NO_BLANKS}] | (?:[^\W\d_{NO_BLANKS}]\.){{2,}}(?:[^\W\d_](?![^\W_]))?
    | \.(?=[A-Z][A-Za-z]*\b)(?<![^\W]\.)[A-Z]+ | [^\W_{NO_BLANKS}]+(?:[{SIGNS}]+[^\W_{NO_BLANKS}]*)*
        (?:'[^\W_{NO_BLANKS}]+)*(?:\+\+|[\#♯](?![^\W_])|\+(?![^\W_]))?""",
    re.VERBOSE | re.IGNORECASE,
)
# a sign that may be the answer by itself: "+", "%", "→"
SYMBOL = re.compile(r"[^\w\s.,;:!?\"'()\[\]{}*_`|\\~。、，；：！？「」『』（）·•-]")
# what a Roman figure of one letter counts: "World War I"
COUNTED = re.compile(r"\b(?:War|WW|Type|Part|Chapter|Volume|Act|Stage|Phase|Book|Title|Article|Category|Factor|Bowl)$")
NEAR = 64  # characters: the word before a numeral is looked for in these
ERAS = {"BCE": "bc", "CE": "ad"}


@lru_cache(maxsize=512)  # a gold is compared with many answers, an answer with many golds
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in their order."""
    plain = one_form(text)
    found, end = [], 0
    for start, stop, token in _found(plain):
        found.append(token.behind(plain[end:start]))
        end = stop
    return together(found)


def bare(text: str) -> str:
    """A text that may hold no token at all in its one form, without blanks and quotes about it."""
    return " ".join(one_form(text).split()).strip("\"' ").casefold() or text.strip()


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
    found = date_at(plain, place)
    known = days(found) if found else ()
    if not (found and known):
        return None
    return found.end(), Token(str(known[0]), found[0], "", "date", days=known)


def _time(plain: str, place: int) -> tuple[int, Token] | None:
    found = TIME.match(plain, place) if plain[place] in "0123456789nNmM" else None  # noon, midnight
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


def _word(plain: str, place: int) -> tuple[int, Token] | None:
    found = WORD.match(plain, place)
    if not found:
        return None
    raw = found[0]
    number = _numeral(raw, plain[max(0, place - NEAR) : place].rstrip())
    if number:
        return found.end(), Token(f"{number}", raw, "", "number", (float(number),))
    text = ERAS.get(raw.replace(".", ""), folded(raw))
    text = text[:-2] if text.endswith("'s") else text
    return found.end(), Token(text.replace("'", "").replace(".", "").replace("♯", "#"), raw, "", "word")


def _numeral(raw: str, before: str) -> int | None:
    """The number of a Roman numeral behind a word; a single letter only behind one that is counted so (World War I)."""
    if len(raw) == 1:
        return numeral(raw) if COUNTED.search(before) else None
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
READINGS: tuple[Reading, ...] = (_date, _time, _code, _ordinal, number, spelled, _word, _symbol)
