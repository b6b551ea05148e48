"""Habits: what a model says whatever it is asked, and how it fares in each class of question."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..core.known import or_null
from ..core.questions import Question
from ..statistics.twins import survivals
from .marks import Marks, Side
from .pairs import PairedTask
from .shift import HALF, of_marks

SAME = 0.95  # of the answers that say one thing, from which a model says nearly the same to everything
VARIED = 0.8  # of the accepted answers, at most, that are one and the same where that is a fault
CLASSES = 12  # that are shown, those with most prompts first
SHOWN = 12  # of the things that are said
UNREADABLE = "(unreadable)"  # what came, and could not be read; what did not come is (cut) or (failed)


def constant(side: Side, questions: Iterable[Question]) -> dict[str, Any] | None:
    """What one side says to nearly everything, though the accepted answers vary; None where it does not.

    Only prompts with accepted answers tell: without them nothing says that answers should vary. Where most answers
    failed or were cut, the few that came are no habit.
    """
    golds = Counter(question.answers[0].casefold() for question in questions if question.answers)
    total = sum(side.spoken.values())
    if not golds or 2 * total <= side.answers or max(golds.values()) > VARIED * golds.total():
        return None
    said, count = side.spoken.most_common(1)[0]
    if not said or count < SAME * total:
        return None
    return {"answer": said, "share": count / total}


def histogram(marks: Marks) -> list[dict[str, Any]]:
    """The things that were said with the counts before and after, the commonest first, the rest together.

    What could not be read, was cut and failed stands behind them, each by itself; empty where nothing is read.
    """
    both = marks.before.histogram + marks.after.histogram
    ranked = [said for said, _ in both.most_common() if said is not None]
    sides = (marks.before.histogram, marks.after.histogram)
    rows = [_bar(said, *(side[said] for side in sides)) for said in ranked[:SHOWN]]
    if ranked[SHOWN:]:
        rest = [sum(side[said] for said in ranked[SHOWN:]) for side in sides]
        rows.append(_bar(f"({len(ranked) - SHOWN:,} other answers)", *rest))
    if both[None]:
        rows.append(_bar(UNREADABLE, *(side[None] for side in sides)))
    if not rows:
        return []
    before, after = marks.before.missing, marks.after.missing
    return rows + [_bar(f"({why})", count, after[why]) for why, count in before.items() if count + after[why]]


def _bar(said: str, before: int, after: int) -> dict[str, Any]:
    return {"answer": said, "before": before, "after": after}


def classes(task: PairedTask, marks: Marks, rng: np.random.Generator) -> dict[str, Any]:
    """The change of each class of question by its name; nothing where there is only one class."""
    kinds = np.array([prompt.question.type for prompt in task.prompts], dtype=str)
    ranked = [name for name, _ in Counter(kinds.tolist()).most_common(CLASSES)]
    if len(ranked) < 2:
        return {}
    found = {}
    for name in ranked:
        own = kinds == name
        change = of_marks(marks.before.strict[own], marks.after.strict[own], marks.clusters[own], rng)
        found[str(name)] = {"prompts": int(own.sum()), **change.json()}
    return found


def balanced(found: dict[str, Any], side: str) -> float | None:
    """The mean of the rates of all classes: near 1/2 for a model that always says the same of two."""
    rates = [each[side]["value"] for each in found.values() if each[side]["value"] is not None]
    return sum(rates) / len(rates) if rates else None


def twins(task: PairedTask, marks: Marks) -> dict[str, Any]:
    """How often what is right of a question is right of its twins, told otherwise: each kind before and after.

    A prompt counts as right where more than half of its answers are.
    """
    questions = [prompt.question for prompt in task.prompts]
    documents, variants = [each.document for each in questions], [each.variant for each in questions]
    found: dict[str, Any] = {}
    for side, own in (("before", marks.before), ("after", marks.after)):
        right = np.where(np.isfinite(own.strict), own.strict > HALF, np.nan)
        for kind, survival in survivals(documents, variants, right).items():
            found.setdefault(kind, {})[side] = {
                "survival": survival.share.json(),
                "pairs": survival.pairs,
                "lost": survival.lost,
                "gained": survival.gained,
                "p": or_null(survival.p),
            }
    return found
