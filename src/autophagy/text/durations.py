"""A duration in the largest unit that fits it."""

UNITS = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
ROUNDING = 1e-9  # of a unit: what lies so little below it is meant to be one


def unit_of(seconds: float, smallest: float = 0.0) -> tuple[float, str]:
    """The largest unit that fits into so many seconds, as its seconds and its name; of less the smallest one.

    Units of less than `smallest` seconds are left out.
    """
    units = [unit for unit in UNITS if unit[0] >= smallest]
    return next((unit for unit in units if abs(seconds) >= unit[0] * (1 - ROUNDING)), units[-1])
