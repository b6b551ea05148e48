"""How the terminal and the page write the figures of looks."""

from collections.abc import Mapping
from typing import Any


def percent(share: float | None) -> str:
    """A share in per cent, with one digit behind the point."""
    return "unknown" if share is None else f"{share:.1%}"


def moved(change: Mapping[str, Any]) -> str:
    """A change of shares in points, with its interval."""
    if change["value"] is None:
        return "unknown"
    value, low, high = (f"{100 * change[name]:+.1f}" for name in ("value", "low", "high"))
    return f"{value} [{low}, {high}]"
