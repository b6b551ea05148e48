"""How the terminal and the page write the figures of looks."""

from collections.abc import Mapping
from typing import Any


def moved(change: Mapping[str, Any]) -> str:
    """A change of shares in points, with its interval."""
    if change["value"] is None:
        return "unknown"
    value, low, high = (f"{100 * change[name]:+.1f}" for name in ("value", "low", "high"))
    return f"{value} [{low}, {high}]"
