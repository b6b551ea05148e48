"""What the terminal and the page say of one compared figure, in a word."""

import math

from ...diff.compared import Compared


def chance(p: float) -> str:
    """A p after correction, as a table has it."""
    if not math.isfinite(p):
        return ""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def says(row: Compared) -> str:
    """Whether a figure differs."""
    if row.differs:
        return "differs"
    if not math.isfinite(row.contrast.p):
        return "no interval"
    return "equal" if row.difference.value == 0 == row.difference.high - row.difference.low else ""
