"""How the terminal and the page write the figures of a task."""

from collections.abc import Mapping
from typing import Any

from ...text.percent import percent


def moved(change: Mapping[str, Any]) -> str:
    """A share before and after, in per cent."""
    return " -> ".join(percent(change[side]["value"], 1) for side in ("before", "after"))


def points(score: Mapping[str, Any]) -> str:
    """A difference of shares in points, with its interval."""
    if score["value"] is None:
        return "unknown"
    value = f"{100 * score['value']:+.1f}"
    if score["low"] is None:
        return value
    return f"{value} [{100 * score['low']:+.1f}, {100 * score['high']:+.1f}]"


def chance(change: Mapping[str, Any]) -> str:
    """The p of a change, corrected for all tests."""
    p = change["p"] if change["adjusted"] is None else change["adjusted"]
    if p == 0:
        return "<1e-300"  # smaller than numbers go
    return "unknown" if p is None else "1" if p >= 0.9995 else f"{p:.1g}" if p < 0.001 else f"{p:.3f}"


def unread(task: Mapping[str, Any]) -> str:
    """The share of answers of which the strict rule reads nothing, before and after."""
    counts = zip(task["unreadable"]["strict"], task["answers"], strict=True)
    return " -> ".join(percent(count / answers if answers else None, 1) for count, answers in counts)
