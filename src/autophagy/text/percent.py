"""A share in per cent, as all that people read has it: the number, a space and the sign."""

import math


def percent(share: float | None, digits: int) -> str:
    """A share with so many digits behind the point, such as "57 %" or "9.9 %"; "unknown" where nobody knows it."""
    return "unknown" if share is None or not math.isfinite(share) else f"{100 * share:.{digits}f} %"


def percent_within(share: float, low: float, high: float, digits: int) -> str:
    """A share with its interval, such as "57 % [45 %, 68 %]"."""
    return f"{percent(share, digits)} [{percent(low, digits)}, {percent(high, digits)}]"


def short_percent(share: float) -> str:
    """A share in whole per cent, or with the two digits that count where it is small, such as "9.9 %" or "0.012 %"."""
    return percent(share, 0) if share >= 0.0995 or share == 0 else f"{100 * share:.2g} %"
