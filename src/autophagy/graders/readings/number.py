"""Number: the last number of an answer, in one form however it is written."""

import re
from decimal import Context, Decimal

from ...core.decorators import reading
from ...core.questions import Answer, Question
from ...text.unseen import visible
from ...text.values.units import SCALES
from ..numeric import NUMBER
from .loose import loose

MARK = re.compile(r"####\s*")  # what stands before the answer in GSM8K's solutions
PARTED = re.compile(r"(?<=\d)(?:\{,\}|\\[,!;])(?=\d{3})")  # a thousands separator as LaTeX has it
TOLD = re.compile(r"\banswer\b(?:\s+is|\s+would\s+be)?\s*[:=]?\s*[*_$(]*", re.IGNORECASE)  # what an answer is told by
LONGEST = 300  # digits that a number is written out with


@reading("number")
def number(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    """The number behind the last "####" that a number follows; leniently, the last number where there is none.

    Leniently, a number right behind the word "answer" goes before a later one. Quotations, refusals, and answers that
    were cut at their length hold none.

    Ref: Cobbe et al. (2021), "Training verifiers to solve math word problems", for the mark.
    """
    text = PARTED.sub(",", visible(answer.text))
    marked = [found for mark in MARK.finditer(text) if (found := NUMBER.match(text, mark.end()))]
    if marked:
        return plain_number(marked[-1])
    return concluded(loose(answer)) if lenient else None


def concluded(text: str) -> str | None:
    """The last number right behind the word "answer" in plain digits, else the last number of all."""
    text = PARTED.sub(",", text)
    told = [found for mark in TOLD.finditer(text) if (found := NUMBER.match(text, mark.end()))]
    return plain_number(told[-1]) if told else last_number(text)


def last_number(text: str) -> str | None:
    """The last number of a text in plain digits, None where there is none."""
    found = list(NUMBER.finditer(PARTED.sub(",", text)))
    return plain_number(found[-1]) if found else None


def plain_number(match: re.Match[str]) -> str:
    """A number without its currency, unit, separators, plus, or zeros behind the point: "$1,000.50" is "1000.5".

    A scale is multiplied in, "1.8 million" is "1800000". What would take more than 300 digits is left as it is written.
    """
    exponent = match["exponent"] or ""
    if len(exponent) > 6:
        return match[0].strip()
    digits = re.sub(r"[^\d.]", "", match["digits"])
    exact = Context(prec=len(digits) + 20)  # the usual one rounds to 28 digits
    value = exact.multiply(Decimal(digits + exponent), _scale(match["scale"]))
    if abs(value.adjusted()) > LONGEST:
        return match[0].strip()
    sign = "-" if match["sign"] in ("-", "−") and value else ""
    written = f"{value:f}"
    return sign + (written.rstrip("0").rstrip(".") if "." in written else written)


def _scale(name: str | None) -> int:
    return int(SCALES[name.lower()]) if name else 1
