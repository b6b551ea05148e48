"""Numeric match: the same number, however it is written."""

import math
import re
from collections.abc import Sequence

from ..core.decorators import grader
from ..core.questions import Answer, Question
from ..text.values.units import SCALES, UNITS
from .abstained import stated

CURRENCY = "$€£¥"
NUMBER = re.compile(
    rf"""(?<![\w.])(?P<sign>(?:(?<!\d\s)[-−+](?!\s))?)\s?(?P<currency>[{CURRENCY}]?)\s?
    (?P<digits>\d{{1,3}}(?:[,'’\u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
    (?!\.?\d|[⁰¹²³⁴-⁹])  # a power is no number of its own: 3² is not 3
    (?P<exponent>e[-+]?\d+)?
    (?:\s?(?P<scale>{"|".join(sorted(SCALES, key=len, reverse=True))})\b)?
    (?:[\s-]?(?P<unit>{"|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?!\w))?""",
    re.VERBOSE | re.IGNORECASE,
)


@grader("numeric", title="Same number", headline=False, decides=True)
def numeric(question: Question, answer: Answer, *, tolerance: float = 1e-6) -> float:
    """Whether the last number in the answer is an accepted one, however it is written.

    `tolerance` is relative: at most 1 in 2,000, for years to differ. A next question that the model asks itself is no
    part of its answer, and of a whole solution what stands behind #### is accepted.
    """
    from .said.conclusion import before_next  # its patterns take a tenth of a second to compile

    accepted = [gold.rpartition("####")[2] for gold in question.answers]
    return same_number(before_next(stated(question, answer)), accepted, tolerance)


def same_number(text: str, answers: Sequence[str], tolerance: float = 1e-6) -> float:
    """1 where the last number of the text is an accepted one, 0 where it is not; NaN where no answer is a number.

    An answer is a number where nothing but its currency, its scale (million) and its unit stands beside it. Thousands
    are parted by a comma, an apostrophe or a hard space; the point is the decimal mark. Known units are converted; a
    number without one is taken to be in the answer's.
    """
    wanted = [match for answer in answers if (match := NUMBER.fullmatch(answer.strip().rstrip(".")))]
    if not wanted:
        return math.nan
    numbers = list(NUMBER.finditer(text))
    return float(bool(numbers) and any(_same(numbers[-1], gold, tolerance) for gold in wanted))


def _same(number: re.Match[str], gold: re.Match[str], tolerance: float) -> bool:
    measures = [UNITS.get((match["unit"] or "").lower()) for match in (number, gold)]
    if number["unit"] and gold["unit"] and measures[0] and measures[1]:
        sizes = [measure[1] for measure in measures if measure]
        same = measures[0][0] == measures[1][0]
        return same and math.isclose(_value(number) * sizes[0], _value(gold) * sizes[1], rel_tol=tolerance)
    return math.isclose(_value(number), _value(gold), rel_tol=tolerance)


def _value(match: re.Match[str]) -> float:
    """The number without its unit."""
    digits = re.sub(r"[^\d.]", "", match["digits"]) + (match["exponent"] or "")
    sign = -1 if match["sign"] in ("-", "−") else 1
    return sign * float(digits) * SCALES.get((match["scale"] or "").lower(), 1.0)
