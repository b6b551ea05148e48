"""What is told in words of a clock, a bound or a date in one form: at 5:15 in the afternoon, twelve or more, $1.5B."""

import re
from collections.abc import Callable

from .dates import MONTH
from .numbers import ORDINALS, SMALL

_HOURS = list(SMALL)[1:13]
_NUMBER = rf"(?:\d[\d.,]*|{'|'.join(sorted(SMALL, key=len, reverse=True))})"
_UNITS = (
    r"(?:hour|day|week|month|year|decade|century|minute|mile|kilomet(?:er|re)|met(?:er|re)|litre|liter|cup|pound|inch|"
    r"acre|ton)s?"
)
_SCALES = {"K": "thousand", "M": "million", "B": "billion", "T": "trillion"}
_SPOKEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # "nine o'clock in the morning", "5:15 in the afternoon"
    (
        re.compile(
            rf"\b(?:at\s+)?({'|'.join(_HOURS)}|1[0-2]|[1-9])(:[0-5]\d)?(?:\s+o'clock)?\s+"
            r"(?:in\s+the\s+(?:(morning)|afternoon|evening)|at\s+night)\b",
            re.IGNORECASE,
        ),
        lambda found: f"{_hour(found[1])}{found[2] or ':00'} {'am' if found[3] else 'pm'}",
    ),
    # "an hour and a half"
    (
        re.compile(rf"\b(an?|{_NUMBER})\s+({_UNITS})\s+and\s+a\s+half\b", re.IGNORECASE),
        lambda found: f"{_count(found[1])}.5 {found[2]}" if _count(found[1]) else found[0],
    ),
    # "1:30 hours"
    (re.compile(r"(?<![\w:.])(\d{1,2}):([0-5]\d)\s?(?:hours|hrs|h)\b"), r"\1 h \2 min"),
    # "twelve or more", "no fewer than 12", "a minimum of 12": at least 12
    (re.compile(rf"\b({_NUMBER}(?:\s[\w%]+)?)\s+or\s+(?:(more)|fewer|less)\b", re.IGNORECASE),
     lambda found: f"at {'least' if found[2] else 'most'} {found[1]}"),
    (re.compile(r"\b(?:no|not)\s+(?:fewer|less)\s+than\b|\ba\s+minimum\s+of\b", re.IGNORECASE), "at least"),
    (re.compile(r"\b(?:no|not)\s+more\s+than\b|\ba\s+maximum\s+of\b", re.IGNORECASE), "at most"),
    # "more than 100", "fewer than 100"
    (re.compile(rf"\b(?:(more\s+than|upwards\s+of|in\s+excess\s+of|greater\s+than)|(?:fewer|less)\s+than)\s+"
                rf"(?=[$€£]?{_NUMBER})", re.IGNORECASE),
     lambda found: "over " if found[1] else "under "),
    # "5 degrees below zero", "one in six"
    (re.compile(r"(?<![-\w.])(\d[\d.]*\s?(?:degrees?|°)?(?:\s?(?:[CF]|celsius|fahrenheit)\b)?)\s+"
                r"below\s+(?:zero|freezing)\b", re.IGNORECASE), r"-\1"),
    (re.compile(rf"\b(?:1|one)\s+in\s+(\d{{1,3}}(?:,\d{{3}})*|{'|'.join(list(SMALL)[2:])})\b(?!\s+{_UNITS})", re.I),
     lambda found: f"1 out of {_figure(found[1])}"),
    # "six foot two"
    (re.compile(rf"\b({'|'.join(_HOURS)}|\d)\s(?:foot|feet)\s({'|'.join(_HOURS)}|\d\d?)(?:\s(?:inch(?:es)?|in)\b)?"
                r"(?!\s(?:wide|long|high|by))", re.IGNORECASE),
     lambda found: f"{_figure(found[1])} ft {_figure(found[2])} inches"),
    # "two times a week", "1920 by 1080"
    (re.compile(r"\b(?:two\s+times|2\s+times|2x)(?=\s+(?:an?|per|each|every|weekly|daily)\b)", re.IGNORECASE), "twice"),
    (re.compile(r"(\d\s?(?:[a-z]{1,2}\b)?)\s+by\s+(?=\d)"), r"\1 x "),
    # "the fourth of July", "spring of 2020", "1914-18", "$1.5B"
    (re.compile(rf"\b({'|'.join(sorted(ORDINALS, key=len, reverse=True))})\s+(?:day\s+)?of\s+(?={MONTH})", re.I),
     lambda found: f"{ORDINALS[found[1].lower()]} "),
    (re.compile(r"\b(spring|summer|autumn|fall|winter)\s+of\s+(?=[12]\d{3}\b)", re.IGNORECASE), r"\1 "),
    (re.compile(r"(?<![\w-])([12]\d)(\d\d)-(1[3-9]|[2-9]\d)(?![\w-])"),
     lambda found: f"{found[1]}{found[2]}-{found[1]}{found[3]}" if found[3] > found[2] else found[0]),
    (re.compile(r"((?:[$€£¥₹]|\b(?:USD|EUR|GBP)\s)\s?-?\d[\d.,]*)\s?([BMKT])(?![\w/])"),
     lambda found: f"{found[1]} {_SCALES[found[2]]}"),
)  # fmt: skip
# in small letters; most texts hold none of these, and are read no further
HINTS = (
    *(
        "in the morning",
        "in the afternoon",
        "in the evening",
        "at night",
        "and a half",
        " or more",
        " or fewer",
        " or less",
    ),
    *("upwards of", "in excess of", "below zero", "below freezing", "1 in ", "one in ", "foot ", "feet "),
    *("more than", "fewer than", "less than", "minimum", "maximum", "2x", "two times", "2 times"),
    *("st of ", "nd of ", "rd of ", "th of ", "ng of ", "er of ", "mn of ", "ll of "),
)
FIGURES = re.compile(r"\d(?:\s?\w* by \d|\d-\d\d|\s?[BMKT]\b|:\d\d\s?h)")


def unspoken(text: str) -> str:
    """The text with what these ways tell in figures."""
    low = text.lower()
    if any(hint in low for hint in HINTS) or FIGURES.search(text):
        for pattern, plain in _SPOKEN:
            text = pattern.sub(plain, text)
    return text


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else _HOURS.index(word.lower()) + 1


def _figure(word: str) -> str:
    return str(SMALL.get(word.lower(), word))


def _count(word: str) -> int:
    return 1 if word.lower() in ("a", "an") else int(word) if word.isdigit() else SMALL.get(word.lower(), 0)
