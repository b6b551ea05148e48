"""Numbers of a log's cells: NaN where none is written."""

import math
from typing import Any


def number_of(cell: Any) -> float:
    """A cell as a number, NaN where it holds none that is finite; true and false are 1 and 0."""
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return math.nan
    return number if math.isfinite(number) else math.nan
