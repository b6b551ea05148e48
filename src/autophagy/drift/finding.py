"""What a task's change is: ability, format, refusal, length, or the same answer to everything."""

from collections.abc import Mapping
from typing import Any

FINDINGS = {
    "constant": "the model now gives the same answer to nearly everything",
    "worse": "fewer answers are right, in any format",
    "better": "more answers are right, in any format",
    "fewer": "the model answers fewer of these prompts",
    "more": "the model answers more of these prompts",
    "format": "the share of answers that are right only in another format changed",
    "refusal": "the share of answers that decline changed",
    "cut": "the share of answers that are cut at the token limit changed",
    "length": "answers are more than twice as long as before, or less than half as long",
}
TWICE = 2.0  # a length or a time is told once it has doubled or halved


def found(task: Mapping[str, Any]) -> list[str]:
    """The findings of a task that are beyond chance, by their names in FINDINGS, the most telling first."""
    seen, moved = task["seen"], task["lenient"]["difference"]["value"]
    names = []
    if task["constant"]["after"] and not task["constant"]["before"]:
        names.append("constant")
    if seen["lenient"]:
        names.append(DIRECTIONS[task["counts"] == "right"][moved > 0])
    names += [name for name, figure in SHARES.items() if seen.get(figure)]
    return [*names, "length"] if seen["characters"] and _twice(*task["verbosity"]) else names


def by_more(tolerance: float) -> str:
    """What a change had to be more than, behind "no change beyond chance": " by more than 2 points"."""
    return f" by more than {100 * tolerance:g} points" if tolerance else ""


SHARES = {"format": "format", "refusal": "refused", "cut": "cut_share"}  # a finding, and the figure that it is of
DIRECTIONS = (("fewer", "more"), ("worse", "better"))  # of what is answered, and of what is right


def _twice(before: float | None, after: float | None) -> bool:
    return bool(before and after) and not 1 / TWICE < (after or 0) / (before or 1) < TWICE
