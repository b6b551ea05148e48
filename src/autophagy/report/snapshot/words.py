"""How the terminal and the page write the figures of a snapshot."""

from collections.abc import Mapping
from typing import Any

from ...statistics.intervals import Score
from ...text.percent import percent_within


def share(recorded: Mapping[str, Any]) -> str:
    """A share with its interval in per cent; a question mark where it is unknown."""
    score = Score.read(recorded)
    return percent_within(score.value, score.low, score.high, 1) if score.n else "?"


def number(value: float | None, how: str = "{:,.0f}") -> str:
    """A number, or a question mark where nobody knows it."""
    return "?" if value is None else how.format(value)


def same(task: Mapping[str, Any]) -> str:
    """At how many prompts all answers were the same."""
    return f"{task['same']['prompts']:,} of {task['same']['of']:,}" if task["same"]["of"] else "?"
