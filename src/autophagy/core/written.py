"""Numbers as people write them: 1e4, 10k, 2M, 1B, 10,000, 1_000, 50%."""

import re
from typing import Any

from .errors import UsageError
from .literal import literal

POWERS = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9, "g": 10**9, "t": 10**12}
SCALED = re.compile(r"([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(k|m|bn|b|g|t|%)", re.IGNORECASE)  # "1.5k", "2M", "80%"
GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+")  # "1,000,000"
DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+")  # "0,8", which is refused


def written(text: str) -> Any:
    """The number that a text stands for; the text itself where it stands for none.

    A per cent is a share, so "50%" is 0.5. Raises UsageError for a decimal comma, which could also group thousands.
    """
    text = text.strip()
    if GROUPED.fullmatch(text):
        return int(text.replace(",", ""))
    if DECIMAL_COMMA.fullmatch(text):
        raise UsageError(f"{text} is written with a decimal comma: write {text.replace(',', '.')}.")
    match = SCALED.fullmatch(text)
    number = literal(match[1]) if match else literal(text)
    if not match or not isinstance(number, int | float):
        return number if isinstance(number, int | float) and not isinstance(number, bool) else text
    if match[2] == "%":
        return number / 100
    value = number * POWERS[match[2].lower()]
    return round(value) if abs(value - round(value)) < 1e-9 * abs(value) else value


def amount(text: str) -> Any:
    """A count, or a share below 1; raises UsageError for a share that is none, such as "100%"."""
    number = written(text)
    if text.strip().endswith("%") and isinstance(number, int | float) and not 0 <= number < 1:
        raise UsageError(f"{text} is no share below 1: give a share such as 50%, or a number of rows.")
    return number
