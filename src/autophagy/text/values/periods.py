"""How often, in which decade and in which century, in one form: once a year, the 1960s, the 19th century."""

import re

from .numbers import SMALL

_UNITS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
_UNIT = r"(days?|weeks?|months?|years?|hours?)"
_FEW = "|".join(SMALL)
EVERY = re.compile(
    rf"\b(?:once\s+)?(?:(?:every|each)\s+(?:(?P<other>(?:other|second)\s+)|(?P<count>\d+|{_FEW})\s+)?|"
    rf"once\s+(?:per|an?)\s+){_UNIT}\b|\b(?P<often>{'|'.join(_UNITS)})\b|\b(?P<two>biweekly|bi-weekly|fortnightly)\b"
)
HINTS = ("every ", "each ", "once ", "weekly", "fortnightly", *_UNITS)  # without one of them it finds nothing
HUNDREDS = re.compile(r"\b(?:(?P<part>early|mid|late)[-\s]+)?(?P<hundreds>1\d|[3-9])00s\b")
DECADE = re.compile(r"(?:\bthe\s+'?|')([2-9]0)s\b")
BEGINNING = re.compile(
    r"\b(?:(?:beginning|start)|(end)|(middle))\s+of\s+the\s+(?=\d{4}s\b|(?:\d+(?:st|nd|rd|th)|\w+th)\s+century\b)"
)


def in_periods(text: str) -> str:
    """The text with what is told of decades, centuries and repetitions in one form; in small letters alone."""
    if any(hint in text for hint in HINTS):
        text = EVERY.sub(_every, text)
    if "0s" in text or "centur" in text:
        text = DECADE.sub(r"the 19\1s", HUNDREDS.sub(_century, text))
        text = BEGINNING.sub(lambda found: "late " if found[1] else "mid " if found[2] else "early ", text)
    return text


def _every(found: re.Match[str]) -> str:
    """Once per year for every year, annually and once a year; every 2 weeks for every other week."""
    if found["two"]:
        return "every 2 weeks"
    if found["often"]:
        return f"once per {_UNITS[found['often']]}"
    unit = found[3].removesuffix("s")
    count = "2" if found["other"] else found["count"]
    return f"every {count} {unit}s" if count else f"once per {unit}"


def _century(found: re.Match[str]) -> str:
    number = int(found["hundreds"]) + 1
    ending = "st" if number == 21 else "th"
    return f"{found['part'] + ' ' if found['part'] else ''}{number}{ending} century"
