"""What a task's change is: right less often or more, another format, refusal, or the same answer to everything."""

from collections.abc import Mapping
from typing import Any

FINDINGS = {
    "worse": "fewer answers are right, however they are written",
    "better": "more answers are right, however they are written",
    "format": "the share of answers that are right in another format changed",
    "refusal": "the share of answers that decline changed",
    "constant": "the model says the same to nearly everything, and did not before",
}


def found(task: Mapping[str, Any]) -> list[str]:
    """The findings of a task that are beyond chance, by their names in FINDINGS."""
    seen, lenient = task["seen"], task["lenient"]["difference"]["value"]
    names = []
    if task["constant"]["after"] and not task["constant"]["before"]:
        names.append("constant")
    if seen["lenient"]:
        names.append("worse" if lenient < 0 else "better")
    names += [name for name in ("format", "refused") if seen[name]]
    return [{"refused": "refusal"}.get(name, name) for name in names]
