"""A word that stands for a number or the like, as it is written behind a setting."""

import math
from contextlib import suppress
from typing import Any


def literal(text: str) -> Any:
    """A finite number, True, False or None where the text is one; the text itself otherwise."""
    for read in (int, float):
        with suppress(ValueError, OverflowError):
            number = read(text)
            if math.isfinite(number):
                return number
    return {"true": True, "false": False, "none": None}.get(text.lower(), text)
