"""One task before and after: all its figures, as the record has them."""

from typing import Any

import numpy as np

from ..core.known import or_null
from ..core.logged import Logged
from ..graders.refused import refused
from ..graders.whole import known_mark
from ..statistics.known import mean_of_known, means_of_known
from ..statistics.paired import mean
from .habits import balanced, classes, constant, histogram, twins
from .marks import Marks, marks_of
from .pairs import PairedTask, Prompt
from .shift import Floats, Shift, of_marks, of_numbers, of_quantile

TAIL = 0.95  # the quantile of the seconds that stands for slow answers


def document_of(task: PairedTask, rng: np.random.Generator) -> tuple[dict[str, Any], Marks]:
    """Every figure of a task, and its marks; raises UsageError where its rule is unknown."""
    marks = marks_of(task)
    before, after = marks.before, marks.after
    strict = of_marks(before.strict, after.strict, marks.clusters, rng)
    lenient = of_marks(before.lenient, after.lenient, marks.clusters, rng)
    gap = of_marks(_gap(before.strict, before.lenient), _gap(after.strict, after.lenient), marks.clusters, rng)
    by_class = classes(task, marks, rng)
    questions = [prompt.question for prompt in task.prompts]
    found = {
        "task": task.task.name,
        "title": task.task.title or task.task.name.replace("_", " "),
        "counts": task.task.counts,
        "rules": {"strict": str(task.task.strict), "lenient": str(task.task.lenient)},
        "prompts": len(task.prompts),
        "sources": len(set(marks.clusters.tolist())),
        "set_aside": {"only_before": task.only_before, "only_after": task.only_after, "changed": task.changed},
        "answers": [before.answers, after.answers],
        "repeats": [before.repeats, after.repeats],
        **strict.json(),
        "lenient": lenient.json(),
        "format": gap.json(),
        "refused": _refused(task, marks, rng).json(),
        "mismatch": _value(marks.mismatch),
        "noise": _value(marks.noise),
        "unreadable": {
            "strict": [before.unreadable[0], after.unreadable[0]],
            "lenient": [before.unreadable[1], after.unreadable[1]],
        },
        "cut": [before.cut, after.cut],
        "failed": [before.failed, after.failed],
        "empty": [before.empty, after.empty],
        "classes": by_class,
        "balanced": [balanced(by_class, "before"), balanced(by_class, "after")],
        "twins": twins(task, marks),
        "histogram": histogram(marks),
        "constant": {"before": constant(before, questions), "after": constant(after, questions)},
        **_amounts(task, rng),
        "cut_share": of_marks(before.cut_share, after.cut_share, marks.clusters, rng).json(),
    }
    return found, marks


def _gap(strict: Floats, lenient: Floats) -> Floats:
    """How often an answer is right in another format only (prompts,)."""
    return np.maximum(lenient - strict, 0.0)


def _value(x: Floats) -> dict[str, Any]:
    return mean(x).json()


def _refused(task: PairedTask, marks: Marks, rng: np.random.Generator) -> Shift:
    """The share of answers that decline, before and after."""
    sides = [[_declined(rows) for rows in each] for each in _sides(task.prompts)]
    return of_marks(np.array(sides[0]), np.array(sides[1]), marks.clusters, rng)


def _declined(rows: tuple[Logged, ...]) -> float:
    return mean_of_known(known_mark(row.answer, refused(row.question, row.answer)) for row in rows)


def _sides(prompts: tuple[Prompt, ...]) -> list[list[tuple[Logged, ...]]]:
    return [[prompt.before for prompt in prompts], [prompt.after for prompt in prompts]]


def _amounts(task: PairedTask, rng: np.random.Generator) -> dict[str, Any]:
    """How long the answers are, how long they took, and what they cost."""
    before, after = _sides(task.prompts)
    paired = {
        "characters": of_numbers(*(_means(side, lambda row: float(len(row.answer.text))) for side in (before, after))),
        "tokens": of_numbers(*(_means(side, lambda row: row.answer.tokens_out) for side in (before, after))),
        "money": of_numbers(*(_means(side, lambda row: row.money) for side in (before, after))),
    }
    seconds = [np.array([row.answer.seconds for rows in side for row in rows]) for side in (before, after)]
    times = {
        "latency": of_quantile(seconds[0], seconds[1], 0.5, rng).json(),
        "latency_tail": of_quantile(seconds[0], seconds[1], TAIL, rng).json(),
    }
    lengths = paired["characters"]
    return {
        "verbosity": [or_null(lengths.before.value), or_null(lengths.after.value)],
        **{name: change.json() for name, change in paired.items()},
        **times,
    }


def _means(side: list[tuple[Logged, ...]], amount: Any) -> Floats:
    """The mean amount of each prompt's answers that did not fail (prompts,), NaN where none is known."""
    return means_of_known([amount(row) for row in rows if not row.answer.error] for rows in side)
