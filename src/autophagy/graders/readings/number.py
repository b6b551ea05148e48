"""Number: the last number of an answer, in one form however it is written."""

import re

from ...core.decorators import reading
from ...core.questions import Answer, Question

NUMBER = re.compile(r"(?<![\w.])[-−+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?![\w])")
MARKED = re.compile(r"####\s*\$?\s*([-−+]?[\d,]*\.?\d+)")  # as GSM8K's solutions end


@reading("number")
def number(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    """The number behind the last ####; leniently, the last number where there is none."""
    marked = MARKED.findall(answer.text)
    if marked:
        return plain_number(marked[-1])
    return last_number(answer.text) if lenient else None


def last_number(text: str) -> str | None:
    """The last number of a text in plain digits, None where there is none."""
    found = NUMBER.findall(text)
    return plain_number(found[-1]) if found else None


def plain_number(written: str) -> str:
    """A number without the signs that part thousands, a plus, or zeros behind the point: "1,000.50" is "1000.5"."""
    digits = written.replace(",", "").replace("−", "-").lstrip("+")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
