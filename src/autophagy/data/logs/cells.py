"""The cells of a log: numbers, dates, and the first of several columns that is filled."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from ...core.stops import stop_word
from ..golds.cells import text_of

MILLISECONDS = 1e11  # seconds since 1970 beyond the year 5000 are milliseconds


def number_of(cell: Any) -> float:
    """A cell as a number, NaN where it holds none that is finite; true and false are 1 and 0."""
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return math.nan
    return number if math.isfinite(number) else math.nan


def first(cells: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The cell of the first column that is there and filled, None where none is."""
    return next((cells[name] for name in names if cells.get(name) not in (None, "") and not is_nan(cells[name])), None)


def is_nan(cell: Any) -> bool:
    """Whether a cell is the number that stands for none."""
    return isinstance(cell, float) and math.isnan(cell)


def date_of(cell: Any) -> str:
    """A date as ISO 8601: of seconds since 1970, or of a date; any other text as it stands."""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())
    text, seconds = text_of(cell), number_of(cell)
    if math.isnan(seconds) or seconds < 1e9:  # 20230716 and 2023 are dates as they stand
        return text
    seconds = seconds / 1000 if seconds > MILLISECONDS else seconds
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return text


def stop_of(reason: Any) -> str:
    """Why an answer stopped, "length" where it was cut."""
    return stop_word(text_of(reason))


def name_of(prompt: str) -> str:
    """A name for a prompt that has no id of its own: the same prompt has the same name in any log."""
    return hashlib.sha256(prompt.encode("utf-8", "replace")).hexdigest()[:12]
