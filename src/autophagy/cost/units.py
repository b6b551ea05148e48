"""Energy and mass in the unit that suits them, from mWh to MWh and from mg to t."""

import math
from collections.abc import Sequence

from .energy import JOULES_PER_KWH

WATT_HOURS = ((1e6, "MWh"), (1e3, "kWh"), (1.0, "Wh"), (1e-3, "mWh"))  # the largest unit that fits is shown
GRAMS = ((1e6, "t"), (1e3, "kg"), (1.0, "g"), (1e-3, "mg"))


def watt_hours(joules: float) -> str:
    """Energy as people are billed for it, such as "36.3 MWh"."""
    return _scaled(joules / JOULES_PER_KWH * 1000, WATT_HOURS)


def mass(grams: float) -> str:
    """A mass, such as "14.0 t"."""
    return _scaled(grams, GRAMS)


def _scaled(value: float, units: Sequence[tuple[float, str]]) -> str:
    """A value with three digits that count, in the largest unit of which it has one."""
    size, unit = next((pair for pair in units if value >= pair[0]), units[-1])
    number = value / size
    digits = max(0, 2 - math.floor(math.log10(number))) if number else 0
    return f"{number:,.{digits}f} {unit}"
