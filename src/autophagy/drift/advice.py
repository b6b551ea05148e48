"""What to do next about a change of a model, or about one that could not be seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from .finding import found

Task = Mapping[str, Any]
COARSE = 0.05  # a change that is worth knowing, which fewer prompts cannot show
STEPS = {  # by finding, the first of which decides
    "cut": "record both sides with a larger --max-tokens, since an answer that was cut says little",
    "constant": "ask as many prompts of each class, since a habit looks like ability where one class is commoner",
    "worse": "read the prompts that went down in flips.jsonl before you keep the model after",
    "fewer": "read the prompts that are no longer answered in flips.jsonl before you keep the model after",
    "refusal": "read the answers that decline, since what else they would have said is unknown",
    "format": "mend the prompt or what reads its answers, since the answers are as right as before in any format",
    "better": "take the answers after as the new baseline",
    "more": "take the answers after as the new baseline",
    "length": "read some answers of both sides, since only their length changed",
}


def advice(tasks: Sequence[Task]) -> str:
    """One next step, "" where nothing changed and a change worth knowing would have been seen."""
    kinds = {kind for task in tasks for kind in found(task)}
    step = next((step for kind, step in STEPS.items() if kind in kinds), "")
    return f"Next: {step}." if step else _to_see_more(tasks)


def _to_see_more(tasks: Sequence[Task]) -> str:
    """What would show a smaller change: marks, or more prompts, since four times as many show half of it."""
    known = [task for task in tasks if task["lenient"]["difference"]["n"]]
    if not known:
        return "Next: mark the answers with --grade or --judge, since without marks only length and refusals are seen."
    coarse = [task for task in known if (task["detectable"] or 1.0) > COARSE]
    if not coarse:
        return ""
    sources = {task["title"]: task.get("sources", task["prompts"]) for task in coarse}
    fewest = min(coarse, key=lambda task: sources[task["title"]])
    what = "prompts" if sources[fewest["title"]] == fewest["prompts"] else "prompts of other sources"
    return (
        f"Next: ask more {what} before you call it unchanged: four times the {sources[fewest['title']]:,} of "
        f"{fewest['title']} show half as large a change."
    )
