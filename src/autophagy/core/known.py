"""Numbers that may be unknown."""

import math


def or_null(number: float) -> float | None:
    """A number as JSON has it: null for what is unknown."""
    return number if math.isfinite(number) else None


def or_nan(number: float | None) -> float:
    """A number as JSON had it: NaN for what is unknown."""
    return math.nan if number is None else float(number)
