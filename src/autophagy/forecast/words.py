"""Numbers of a forecast as words: one way to write them in every sentence."""

import math

from ..statistics.intervals import figure

POWERS = {10**15: "quadrillion", 10**12: "trillion", 10**9: "billion", 10**6: "million"}


def count(number: float) -> str:
    """A number of rows or generations: 1,234 or 44.4 million."""
    if number < 10**6:
        return f"{number:,.0f}"
    power = next((power for power in POWERS if number >= power), 1)
    return f"{number / power:.4g} {POWERS[power]}" if number < 1000 * 10**15 else f"{number:.4g}"


def amount(number: float, digits: int = 4) -> str:
    """A value of a quantity, with so many digits where it is neither large nor small."""
    if not math.isfinite(number) or not 1e-3 <= abs(number) < 1e4:
        return count(number) if math.isfinite(number) and number >= 1e4 else figure(number)
    return f"{number:.{digits if abs(number) < 1000 else 4}g}"
