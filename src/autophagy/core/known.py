"""Numbers that may be unknown."""

import math


def or_null(number: float) -> float | None:
    """A number as JSON has it: null for what is unknown."""
    return number if math.isfinite(number) else None
