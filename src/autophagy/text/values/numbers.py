"""Numbers as people write them, in digits and in words."""

import re

from .german import COMMA, WRITTEN, german_value

ENGLISH = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
FRENCH = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "onze": 11, "douze": 12,
          "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40,
          "cinquante": 50, "soixante": 60}  # fmt: skip
SPANISH = {"tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11,
           "doce": 12, "trece": 13, "catorce": 14, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
           "sesenta": 60}  # fmt: skip
ITALIAN = {"quattro": 4, "cinque": 5, "sette": 7, "otto": 8, "dieci": 10, "venti": 20}
PORTUGUESE = {"dois": 2, "três": 3, "quatro": 4, "oito": 8, "dez": 10, "vinte": 20}
ORDINAL = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth
"""
ONES = ENGLISH.split()
FOREIGN = {
    **FRENCH,
    **ITALIAN,
    **PORTUGUESE,
    **{word: number for word, number in SPANISH.items() if word != "once"},  # which is an English word, too
}
SMALL = {word: n for n, word in enumerate(ONES)} | {word: 10 * n for n, word in enumerate(ENGLISH_TENS.split(), 2)}
LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
         "fifth": 5, "fifths": 5, "sixth": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10}  # fmt: skip
ORDINALS = {word: number for number, word in enumerate(ORDINAL.split(), 1)}
_TENS = ENGLISH_TENS.split()
ORDINALS |= {f"{ten}-{word}": 10 * n + ORDINALS[word] for n, ten in enumerate(_TENS, 2) for word in ORDINAL.split()[:9]}
ORDINALS |= {f"{ten[:-1]}ieth": 10 * n for n, ten in enumerate(_TENS, 2)} | {"hundredth": 100, "thousandth": 1000}
ROMAN = re.compile(r"(?=[IVX]{2,})(X{0,3})(IX|IV|V?I{0,3})")  # "XIV", of two letters and more
_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_LARGE = "|".join(LARGE)
_TENTHS = rf"(?:(?:{'|'.join(ONES[:10])}|oh?)\b\s*)+(?<!\s)"  # "zero five", digit by digit
WORDS = re.compile(
    rf"""(?<![\w-])(?:(?P<sign>minus|negative)\s+)?(?:
      (?P<german>(?!eins?\b){WRITTEN}{COMMA})(?![\w-])
    | (?P<foreign>{"|".join(sorted(FOREIGN, key=len, reverse=True))})(?![\w-])
    | (?P<share>(?:(?P<over>one|two|three|four|five|a)[\s-])(?P<under>{"|".join(PARTS)})(?![\w-])|half(?!-)\b)
    | (?P<plain>(?:an?\s+(?=(?:{_LARGE})\b))?(?:{_SMALL}|{_LARGE})\b
        (?:(?:[\s-]+|\s+and\s+)(?:{_SMALL}|{_LARGE})\b)*)
      (?P<half>\s+and\s+a\s+half\b(?:\s+(?P<times>{_LARGE})s?\b)?)?
      (?P<point>\s+point\s+(?:{_TENTHS}|(?:{_SMALL})(?:[\s-](?:{"|".join(ONES[1:10])}))?\b))?
    | (?:\A|(?<=\bis\s)|(?<=\bof\s)|(?<=\bwas\s))(?P<only>point\s+{_TENTHS})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
DIGITS = re.compile(
    r"""(?P<whole>\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?      # 1,000.5 and 1,00,000
    | \d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?                         # 1.000.000,5
    | \d{1,3}(?:\.\d{3})+,\d+                                     # 1.000,5
    | \d{1,3}(?:['\s]\d{3})+(?!\d)(?:[.,]\d+)?                    # 1 000 and 1'000
    | \d+,\d{1,2}(?!\d)|\d+,\d{4,}(?!\d)                          # 1,5
    | \d+(?:\.\d+)? | \.\d+)""",
    re.VERBOSE,
)


def digits_value(written: str) -> tuple[float, ...]:
    """The numbers that digits may stand for, the likeliest first: 1.500 is 1.5, and 1,500 for those who write so."""
    plain = re.sub(r"['\s]", "", written)
    points, commas = plain.count("."), plain.count(",")
    if commas and (not points and re.fullmatch(r"[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}", plain)):
        return (float(plain.replace(",", "")),)
    if points > 1 or (points and commas and plain.rindex(",") > plain.rindex(".")):
        return (float(plain.replace(".", "").replace(",", ".")),)
    if commas and not points:
        return (float(plain.replace(",", ".")),)
    value = float(plain.replace(",", ""))
    dotted = re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain)
    return (value, float(plain.replace(".", ""))) if dotted else (value,)


def words_value(found: re.Match[str]) -> float:
    """The number that words name."""
    sign = -1.0 if found["sign"] else 1.0
    if found["german"]:
        return sign * german_value(found["german"])
    if found["only"]:
        return sign * _behind_point(found["only"])
    if found["foreign"]:
        return sign * FOREIGN[found["foreign"].lower()]
    if found["share"]:
        over = SMALL.get((found["over"] or "one").lower(), 1)
        return sign * over / PARTS[(found["under"] or "half").lower()]
    value = _spoken(re.findall(r"[a-z]+", found["plain"].lower()))
    if found["point"]:
        value += _behind_point(found["point"])
    if found["half"]:
        value = (value + 0.5) * LARGE.get((found["times"] or "").lower(), 1)
    return sign * value


def _behind_point(spoken: str) -> float:
    """What is said behind a point: "zero five" digit by digit, and "ninety-nine" as one."""
    words = re.split(r"[\s-]+", spoken.lower().strip())[1:]
    if len(words) == 2 and words[0] in SMALL and SMALL[words[0]] > 19:
        words = [str(SMALL[words[0]] + SMALL[words[1]])]
    return float("." + "".join(str({"o": 0, "oh": 0}.get(word, SMALL.get(word, word))) for word in words))


def numeral(word: str) -> int | None:
    """The number of a Roman numeral, of one letter too; None for any other word."""
    return {"I": 1, "V": 5, "X": 10}.get(word) or roman(word)


def roman(word: str) -> int | None:
    """The number of a Roman numeral of two to six letters from II to XXXIX, None for any other word."""
    found = ROMAN.fullmatch(word)
    if not found:
        return None
    ones = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    return 10 * len(found[1]) + ones[found[2]]


def _spoken(words: list[str]) -> float:
    """Words of number one after the other: two hundred and five; nineteen forty-five is a year."""
    total, part = 0.0, 0.0
    for word in words:
        if word in ("a", "an", "and"):
            continue
        if word in SMALL:
            number = SMALL[word]
            year = 10 <= part < 100 and number >= 10
            part = part * 100 + number if year else part + number
        elif word in ("hundred", "dozen"):
            part = (part or 1) * LARGE[word]
        else:
            total, part = total + (part or 1) * LARGE[word], 0.0
    return total + part
