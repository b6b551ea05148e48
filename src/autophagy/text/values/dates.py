"""Dates and times of day as people write them."""

import re
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari января stycznia ocak",
            "february feb februar février febrero febbraio fevereiro februari февраля lutego şubat",
            "march mar märz mars marzo maart março марта marca mart maret",
            "april apr avril abril aprile april апреля kwietnia nisan",
            "may mai mayo maggio maio mei мая maja mayıs",
            "june jun juni juin junio giugno junho июня czerwca haziran",
            "july jul juli juillet julio luglio julho июля lipca temmuz",
            "august aug août agosto augustus августа sierpnia ağustos agustus",
            "september sept sep septembre septiembre settembre setembro сентября września eylül",
            "october oct oktober okt octobre octubre ottobre outubro октября października ekim",
            "november nov novembre noviembre novembro ноября listopada kasım",
            "december dec dezember dez décembre diciembre dicembre dezembro декабря grudnia aralık desember",
        ),
        1,
    )
    for name in names.split()
}
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?![^\W\d_])\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"[12]\d{3}"
FEASTS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's day": (1, 1),
    "new year's eve": (12, 31), "halloween": (10, 31), "all saints' day": (11, 1), "valentine's day": (2, 14),
    "heiligabend": (12, 24), "silvester": (12, 31), "neujahr": (1, 1),
}  # fmt: skip
FEAST = "|".join(FEASTS).replace(" ", r"\s")
DATE = re.compile(
    rf"""(?<![\w.-])(?:
      (?P<iso>{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:T[\d:.]+Z?)?)
    | (?P<parts>\d{{1,2}}(?P<by>[-/.])\d{{1,2}}(?P=by)(?:{YEAR}|\d{{2}}))
    | (?P<day>{DAY})\.?\s+(?:day\s+)?(?:of\s+|de\s+)?(?P<month>{MONTH})(?:,?\s+(?:de\s+)?(?P<year>{YEAR}))?
    | (?P<month2>{MONTH})\s+(?:the\s+)?(?P<day2>{DAY})(?![\d:%]|\.\d)(?:,?\s+(?P<year2>{YEAR}))?
    | (?P<month3>{MONTH}),?\s+(?:of\s+|de\s+)?(?P<year3>{YEAR})
    | (?P<month4>0[1-9])/(?P<year5>(?:19|20)\d\d)
    | (?P<feast>{FEAST})(?:,?\s+(?:of\s+)?(?P<year4>{YEAR}))?
    | (?P<chinese>{YEAR}\s?年\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?)
    )(?:(?<=[月日])|(?![\w%]))""",
    re.VERBOSE | re.IGNORECASE,
)
STARTS = frozenset([*MONTHS, *(re.split(r"\W", feast)[0] for feast in FEASTS)])  # the words that a date may open with
LETTERS = re.compile(r"[^\W\d_]+")
FIGURES = re.compile(r"(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.?")
RUN = re.compile(r"\d{8}")  # 20220517 and 17052022
TIME = re.compile(
    r"""(?<![\w.:])(?:(?P<hour>[01]?\d|2[0-4])
        (?:(?P<colon>[:h])(?P<minute>[0-5]\d)(?::[0-5]\d)?|\.(?P<minute2>[0-5]\d)(?=\s?(?:am|pm|a\.m|p\.m|uhr)))?
        (?:\s?(?P<half>[ap]\.?\s?m)\b\.?|(?P<clock>\s?(?:o'clock|uhr|hrs)\b))?|(?P<word>noon|midday|midnight))(?![\w%])""",
    re.VERBOSE | re.IGNORECASE,
)


class Day(NamedTuple):
    """A date, None for each part that is not said."""

    year: int | None
    month: int | None
    day: int | None


def date_at(plain: str, place: int) -> re.Match[str] | None:
    """The date that is written at a place, None where there is none; few words can open one."""
    word = LETTERS.match(plain, place)
    return DATE.match(plain, place) if word is None or word[0].lower() in STARTS else None


def days(found: re.Match[str]) -> tuple[Day, ...]:
    """The dates that the writing may mean: two where day and month could be either, none where it is no date."""
    if found["iso"] or found["chinese"]:
        written = [int(part) for part in re.findall(r"\d+", found[0])[:3]]
        readings = [Day(written[0], written[1], written[2] if len(written) > 2 else None)]
    elif found["parts"]:
        first, second, year = (int(part) for part in found["parts"].split(found["by"]))
        year += 0 if year > 99 else 2000 if year < 50 else 1900
        readings = [Day(year, second, first), Day(year, first, second)]
        readings = readings[:1] if found["by"] == "." and second <= 12 else readings
    elif found["feast"]:
        readings = [
            Day(int(found["year4"]) if found["year4"] else None, *FEASTS[" ".join(found["feast"].lower().split())])
        ]
    elif found["month4"]:
        readings = [Day(int(found["year5"]), int(found["month4"]), None)]
    else:
        month = MONTHS[(found["month"] or found["month2"] or found["month3"]).rstrip(".").lower()]
        named, day = found["year"] or found["year2"] or found["year3"], found["day"] or found["day2"]
        readings = [Day(int(named) if named else None, month, int(re.sub(r"\D", "", day)) if day else None)]
    return tuple(dict.fromkeys(one for one in readings if _possible(one)))


def in_figures(written: str) -> tuple[Day, ...]:
    """The days that a number may mean, as 01.01 and 07.05. in German, and 17052022; none for any other number."""
    if found := FIGURES.fullmatch(written):
        return (Day(None, int(found[2]), int(found[1])),)
    if not RUN.fullmatch(written):
        return ()
    first, second, year = int(written[:2]), int(written[2:4]), int(written[4:])
    ways = (
        Day(int(written[:4]), int(written[4:6]), int(written[6:])),
        Day(year, second, first),
        Day(year, first, second),
    )
    return tuple(one for one in ways if _possible(one) and 1000 <= (one.year or 0) < 3000)


def minutes(found: re.Match[str]) -> tuple[int, ...]:
    """The minutes after midnight that a time of day may mean, none where it is none; 9:30 is in the morning."""
    if found["word"]:
        return (0,) if found["word"].lower() == "midnight" else (720,)
    if not (found["colon"] or found["half"] or found["clock"]):
        return ()
    hour, minute = int(found["hour"]), int(found["minute"] or found["minute2"] or 0)
    if "hrs" in (found["clock"] or "").lower() and not found["colon"]:
        return ()  # 2 hrs are a duration
    half = (found["half"] or "").lower()[:1]
    if half:
        return (hour % 12 * 60 + minute + 720 * (half == "p"),) if hour <= 12 else (hour * 60 + minute,)
    both = found["clock"] is not None and "clock" in found["clock"] and hour <= 12
    return (hour % 24 * 60 + minute, *((hour % 12 * 60 + minute + 720,) if both else ()))


def _possible(date: Day) -> bool:
    return (date.month is None or 1 <= date.month <= 12) and (date.day is None or 1 <= date.day <= 31)
