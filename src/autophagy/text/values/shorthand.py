"""Short ways of writing, in one form: $50/month, No. 5, the third quarter, half past ten, and 52 in base 8."""

import re

from .numbers import LARGE, SMALL

_TIMES = "hour hr; day; night; week wk; month mo; quarter; year yr annum; minute min; second sec; person; head; user"
UNITS = {name: names.split()[0] for names in _TIMES.split(";") for name in names.split()}
_SPOKEN = "|".join(sorted({*SMALL, *LARGE, "once", "twice"}, key=len, reverse=True))
# "$50 ", "fifty dollars ", "8 hours ", "twice ": what there may be so much of in a time
_AMOUNT = rf"(?P<amount>(?:\d[\d.,]*[km%]?|\b(?:{_SPOKEN})\b)(?:\s?(?!(?:and|or|to|in|for|of|after)\b)[^\W\d_]+)?)"
PER = re.compile(
    rf"{_AMOUNT}(?:\s?/\s?|\s+(?:per|an?|each|every)\s+)(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})\b"
    r"(?!\s+(?:ago|later|earlier|before|after|old))|"
    rf"{_AMOUNT.replace('amount', 'amount2')}\s+(?P<often>hourly|daily|weekly|monthly|yearly|annually|p\.a\.)"
    r"(?=\s*(?:$|[.,;:)!?]))",
    re.IGNORECASE,
)
PER_HINT = re.compile(
    rf"(?:/\s?|\b(?:per|an?|each|every)\s)(?:{'|'.join(UNITS)})\b|\b(?:hourly|daily|weekly|monthly|yearly|annually|p\.a\.)",
    re.IGNORECASE,
)
OFTEN_SAID = (*dict.fromkeys(UNITS.values()), "daily", "annually", "p.a.", "annum")
OFTEN = {"daily": "day", "yearly": "year", "annually": "year", "p.a.": "year"}
# "#5", "Chanel No. 5", "No. 5" and nothing else; but not "No. 5 people came"
NUMBERED = re.compile(r"(?<![\w#&])#(?=\d)|(?<=[\w,:] )(?:No|Nr)\b\.?\s?(?=\d)|\A\W*(?:[Nn]o|[Nn]r)\.\s?(?=\d+\W*\Z)")
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
QUARTER = re.compile(
    rf"\b(?:(?P<nth>{'|'.join(_NTH)})[\s-]quarter|Q(?P<number>[1-4]))(?![\w'])"
    r"(?:(?:\s+(?:of|in)\s+|\s*[-/]\s*)(?=[12]\d{3}\b))?",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(r"\b([12]\d{3})[\s/-]?(Q[1-4])\b")
_HOURS = tuple(SMALL)[1:13]  # one to twelve
_HOUR = rf"(?P<hour>{'|'.join(_HOURS)}|1[0-2]|[1-9])(?![\w:.]\d|\w)"
PAST = re.compile(  # "ten to twelve" may be a range
    rf"\b(?:(?P<half>half)\s+past|(?:an?\s+)?(?P<quarter>quarter)\s+(?P<way>past|to)|"
    rf"(?P<minutes>five|ten|twenty(?:[\s-]five)?|\d\d?)\s+(?:minutes\s+(?P<way2>past|to)|past))\s+{_HOUR}",
    re.IGNORECASE,
)
# "2h18m", "18 min 5 s", "5'10\"" and "5 ft 10 in", whose m and in are otherwise metres and a preposition
HOURS = re.compile(
    r"(?<![\w.:])(\d+)\s?(h|hrs?|hours?)(?:\s?(?=\d)|\s)(\d{1,2})\s?(?:m|mins?)(?![\w/^])", re.IGNORECASE
)
MINUTES = re.compile(r"(?<![\w.:])(\d+)\s?(?:m|mins?)\s?(\d{1,2})\s?(?:s|secs?)(?![\w/^])", re.IGNORECASE)
FEET = re.compile(
    r"(?<![\w.])(\d+)(?:'\s?(\d{1,2}(?:\.\d+)?)\s?(?:\"|'')|\s?(?:ft|feet|foot)\.?\s(\d{1,2}(?:\.\d+)?)\s?in\b)",
    re.IGNORECASE,
)
# "2 in.", "2 1/2 in thick"; but not "born 1912 in Ulm"
INCHES = re.compile(
    r"(?<=[\d½¼¾])\s?in(?=\.?\s*(?:$|\n|[,;)])|\.\s+[A-Z]|\s+(?:thick|wide|long|high|tall|deep|across|in\s+diameter)\b)"
)
FEW_UNITS = re.compile(r"\d\s?(?:h|m|'|ft|feet|foot)", re.IGNORECASE)  # without one of them the three find nothing
SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
LOWERED = re.compile("(?<=[0-9])[₀-₉]+")
BASE = re.compile(
    r"(?<![\w.,])(?P<digits>\d+)(?:_\{?|\s*\(?(?:in\s+)?base[\s-]+)(?P<base>3[0-6]|[12]\d|[2-9])\b[)}]?", re.IGNORECASE
)


def lowered(text: str) -> str:
    """The text with a base behind a line: 52₈ is 52_8, and no 528."""
    return text if text.isascii() else LOWERED.sub(lambda found: "_" + found[0].translate(SUBSCRIPT), text)


def in_full(text: str) -> str:
    """The text with what is shortened, or told by the clock, in one form."""
    low = text.lower()  # most texts hold none of these words, and are read no further
    if any(sign in text for sign in ("#", "No", "Nr")) or low.lstrip()[:2] in ("no", "nr"):
        text = NUMBERED.sub("number ", text)
    if any(word in low for word in ("past", "quarter", "minutes to")):
        text = PAST.sub(_clock, text)
    if any(word in low for word in ("quarter", "q1", "q2", "q3", "q4")):
        text = YEAR_FIRST.sub(r"\2 \1", QUARTER.sub(_quarter, text))
    if ("/" in text or any(word in low for word in OFTEN_SAID)) and PER_HINT.search(text):
        text = PER.sub(_per, text)
    if FEW_UNITS.search(text):
        text = HOURS.sub(r"\1 h \3 min", MINUTES.sub(r"\1 min \2 s", FEET.sub(_feet, text)))
    if " in" in text or "in." in text:
        text = INCHES.sub(" inches", text)
    return BASE.sub(_in_base, text) if "_" in text or "base" in low else text


def _quarter(found: re.Match[str]) -> str:
    """A quarter, with a blank where its year follows."""
    return f"Q{found['number'] or _NTH[found['nth'].lower()]}{'' if found[0][-1].isalnum() else ' '}"


def _per(found: re.Match[str]) -> str:
    if found["often"]:
        word = found["often"].lower()
        return f"{found['amount2']} per {OFTEN.get(word, word.removesuffix('ly'))}"
    return f"{found['amount']} per {UNITS[found['unit'].lower()]}"


def _feet(found: re.Match[str]) -> str:
    return f"{found[1]} ft {found[2] or found[3]} inches"


def _clock(found: re.Match[str]) -> str:
    hour = found["hour"].lower()
    hours = int(hour) if hour.isdigit() else _HOURS.index(hour) + 1
    minutes = 30 if found["half"] else 15 if found["quarter"] else _minutes(found["minutes"].lower())
    if not 0 <= minutes < 60:
        return found[0]
    if "to" in (found["way"] or found["way2"] or "").lower():
        return f"{(hours - 2) % 12 + 1}:{60 - minutes:02d}"
    return f"{hours}:{minutes:02d}"


def _minutes(word: str) -> int:
    return int(word) if word.isdigit() else {"five": 5, "ten": 10, "twenty": 20}.get(word, 25)


def _in_base(found: re.Match[str]) -> str:
    """Digits in a base, if all of them are below it."""
    base = int(found["base"])
    return f"{found['digits']} base {base}" if all(int(digit) < base for digit in found["digits"]) else found[0]
