"""German numbers in words, which are written as one: zweitausendeinundzwanzig is 2021."""

import re

_ONES = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn"
SMALL = {word: number for number, word in enumerate(f"{_ONES} siebzehn achtzehn neunzehn".split())}
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
TENS = {word: number for number, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
DIGITS = list(SMALL)[2:10]
_ONE = rf"(?:ein|{'|'.join(DIGITS)})"
_LOW = rf"(?:{_ONE}und(?:{'|'.join(TENS)})|{'|'.join(sorted({*SMALL, *TENS}, key=len, reverse=True))}|ein)"
_TEEN = "|".join(list(SMALL)[11:])
_HUNDREDS = rf"(?:(?:{_ONE}|{_TEEN})?hundert(?:und)?{_LOW}?|{_LOW})"
# of two words and more, and the numbers from 0 to 19 but for the article and eins, which begins many a sentence
WRITTEN = rf"(?:{_HUNDREDS}?tausend(?:und)?{_HUNDREDS}?|{_HUNDREDS})"
COMMA = rf"(?:\s+komma(?:\s+(?:{'|'.join(list(SMALL)[:10])})\b)+)?"


def german_value(words: str) -> float:
    """The number that German words name, also with what stands behind a comma."""
    whole, *digits = re.split(r"\s+(?:komma\s+)?", words.lower())
    return _whole(whole) + (float("." + "".join(str(SMALL[digit]) for digit in digits)) if digits else 0)


def _whole(word: str) -> int:
    for name, size in (("tausend", 1000), ("hundert", 100)):
        if name in word:
            before, _, behind = word.partition(name)
            return (_whole(before) if before else 1) * size + (_whole(behind.removeprefix("und")) if behind else 0)
    if word in SMALL or word in TENS:
        return SMALL.get(word) or TENS.get(word, 0)
    one, _, ten = word.partition("und")
    return (1 if one == "ein" else SMALL[one]) + TENS.get(ten, 0)
