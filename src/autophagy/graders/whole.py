"""Which marks are known: an answer that failed has none, and one that was cut has none but the full one."""

import math

from ..core.entry import Entry
from ..core.questions import Answer


def known_mark(answer: Answer, mark: float, full: float = 1.0) -> float:
    """The mark of an answer as far as it is known; NaN for one that failed or was cut before it had the `full` mark.

    What was cut might have gone on to be right, so it is neither wrong nor half right. What is right already stays so.
    """
    if answer.error or (answer.cut and not mark >= full):
        return math.nan
    return mark


def full_mark(entry: Entry) -> float:
    """The highest mark of a grader."""
    return float(entry.facts.bounds[1]) if entry.facts else 1.0
