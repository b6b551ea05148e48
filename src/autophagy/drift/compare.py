"""Answers before and after, task by task: every figure, what is beyond chance, and the prompts whose mark flipped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import mode
from typing import Any

import numpy as np

from ..core.errors import DataError
from ..core.logged import Log, Task
from ..core.parts import Part
from ..core.streams import stream
from ..statistics.significance import holm
from .finding import SHARES
from .flips import Flip, flips
from .models import model_pairs
from .order import ordered
from .pairs import PairedTask, pair, unpaired_tasks
from .shift import Shift
from .task import document_of


@dataclass(frozen=True)
class Drifted:
    """The tasks of all pairs of models, as the record has them, and the prompts that flipped."""

    tasks: list[dict[str, Any]]
    flips: list[Flip]
    alone: list[str]


def compare(
    before: Log,
    after: Log | None,
    *,
    chosen: tuple[str, str] = ("", ""),
    rules: Sequence[Part] = (),
    tolerance: float = 0.0,
    seed: int = 0,
) -> Drifted:
    """Compare the answers of two logs, or of the models of one, over the prompts that both answered.

    `rules` mark every task instead of its own. Raises DataError where no prompt was answered on both sides, or all
    answers of one failed.
    """
    later = before if after is None else after
    pairs = model_pairs(before.models, None if after is None else after.models, chosen)
    for log, names in ((before, [old for old, _ in pairs]), (later, [new for _, new in pairs])):
        for name in dict.fromkeys(names):
            _check_that_some_came(log, name)
    found, flipped, alone = [], [], []
    for old, new in pairs:
        tasks, own = [], []
        alone += [f"{name} ({old}, {new})" for name in unpaired_tasks(before, later, old, new)]
        for task in _ruled(pair(before, later, old, new), rules):
            if task.prompts:
                document, marks = document_of(task, stream(seed, f"drift {task.task.name} {old} {new}"))
                tasks.append({**document, "model": new, "before_model": old})
                own.append(flips(task, marks, old, new))
        found += _judged(tasks, tolerance)
        flipped += [each for one in own for each in one]
    if not found:
        raise DataError("no prompt was answered both before and after: give logs of the same prompts.")
    return Drifted(ordered(found), flipped, alone)


def _check_that_some_came(log: Log, model: str) -> None:
    """Raise DataError where every answer of a model failed: without one, nothing changed and nothing stayed."""
    errors = [row.answer.error for row in log.rows if row.model == model]
    if errors and all(errors):
        reason = mode(errors).rstrip(".")
        raise DataError(f"all {len(errors):,} answers of {model} failed, most often with: {reason}; record them again.")


def _ruled(tasks: list[PairedTask], rules: Sequence[Part]) -> Iterator[PairedTask]:
    """The tasks with their own rules, or once with each of those that are given."""
    for task in tasks:
        if not rules:
            yield task
        for part in rules:
            name = task.task.name if len(rules) == 1 else f"{task.task.name} by {part}"
            yield replace(task, task=Task(name, part, _leniently(part), task.task.title and name))


def _leniently(part: Part) -> Part:
    """The same rule in its lenient form, where it has one; one that is lenient or loose already stays."""
    from ..core.registry import entries

    for kind in ("reading", "grader"):
        known = entries(kind).get(part.name)
        for setting in ("lenient", "loose"):
            if known and setting in known.settings and setting not in part.settings:
                return Part(part.name, {**part.settings, setting: True})
    return part


def _judged(tasks: list[dict[str, Any]], tolerance: float) -> list[dict[str, Any]]:
    """The tasks of one pair of models with p corrected for all of its tests, and whether each change is seen.

    Ref: Holm (1979).
    """
    changes = [Shift.read(task) for task in tasks]
    lenient = [Shift.read(task["lenient"]) for task in tasks]
    twice = [task["rules"]["strict"] != task["rules"]["lenient"] for task in tasks]
    p = [each.p for each in changes] + [each.p if two else np.nan for each, two in zip(lenient, twice, strict=True)]
    adjusted = holm(p)
    for place, task in enumerate(tasks):
        strict = changes[place].holm(adjusted[place])
        loose = lenient[place].holm(adjusted[len(tasks) + place]) if twice[place] else strict
        task.update(strict.json())
        task["lenient"] = loose.json()
        task["seen"] = {"strict": strict.seen(tolerance), "lenient": loose.seen(tolerance)}
        for name in (*SHARES.values(), "characters"):
            task["seen"][name] = Shift.read(task[name]).seen(tolerance)
    return tasks
