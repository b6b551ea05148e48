"""The order of tasks: the pair of models that differs most comes first, and in it the task whose change says most."""

from collections.abc import Mapping, Sequence
from typing import Any

from .finding import found

Task = dict[str, Any]


def ordered(tasks: Sequence[Task]) -> list[Task]:
    """The tasks in the order in which they are told."""
    groups = sorted(pairs_of(tasks).values(), key=lambda group: -max(map(_weight, group)))
    return [task for group in groups for task in sorted(group, key=_weight, reverse=True)]


def pairs_of(tasks: Sequence[Task]) -> dict[tuple[str, str], list[Task]]:
    """The tasks of each pair of models, before and after."""
    groups: dict[tuple[str, str], list[Task]] = {}
    for task in tasks:
        groups.setdefault((task["before_model"], task["model"]), []).append(task)
    return groups


def _weight(task: Mapping[str, Any]) -> float:
    """How much a task's change says: one answer to everything, then another format, then the size of the change."""
    kinds = found(task)
    sizes = [abs(task[name]["difference"]["value"] or 0.0) for name in ("lenient", "format", "refused")]
    return 4.0 * ("constant" in kinds) + 2.0 * ("format" in kinds) + bool(kinds) * max(sizes)
