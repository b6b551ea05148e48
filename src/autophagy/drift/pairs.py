"""Pairs: the answers before and after to the same prompts, and what has no partner."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..core.logged import Log, Logged, Task
from ..core.questions import Question


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with the answers to it before and after, one or more each."""

    question: Question
    before: tuple[Logged, ...]
    after: tuple[Logged, ...]


@dataclass(frozen=True)
class PairedTask:
    """A task with its prompts that were asked before and after.

    `only_before` and `only_after` count the prompts that one side lacks, `changed` those whose text is another behind
    the same id: none of these is compared.
    """

    task: Task
    prompts: tuple[Prompt, ...]
    only_before: int
    only_after: int
    changed: int


def pair(before: Log, after: Log, old: str, new: str) -> list[PairedTask]:
    """The answers of the model `old` before and of `new` after, task by task, in the order of the log before.

    Prompts are told by task and id, and where no id is common to both, by task and text.
    """
    mine, yours = _by_task(before, old), _by_task(after, new)
    tasks = {**after.tasks, **before.tasks}
    return [_paired(tasks[name], mine[name], yours[name]) for name in mine if name in yours]


def unpaired_tasks(before: Log, after: Log, old: str, new: str) -> list[str]:
    """The tasks that were asked on one side alone."""
    mine, yours = _by_task(before, old), _by_task(after, new)
    return [*(name for name in mine if name not in yours), *(name for name in yours if name not in mine)]


def _by_task(log: Log, model: str) -> dict[str, list[Logged]]:
    found: dict[str, list[Logged]] = {}
    for row in log.rows:
        if row.model == model:
            found.setdefault(row.task, []).append(row)
    return found


def _paired(task: Task, before: list[Logged], after: list[Logged]) -> PairedTask:
    mine, yours = _by(before, _id), _by(after, _id)
    if not mine.keys() & yours.keys():
        mine, yours = _by(before, _text), _by(after, _text)
    both = [key for key in mine if key in yours]
    same = [key for key in both if _text(mine[key][0].question) == _text(yours[key][0].question)]
    prompts = tuple(Prompt(mine[key][0].question, tuple(mine[key]), tuple(yours[key])) for key in same)
    return PairedTask(task, prompts, len(mine) - len(both), len(yours) - len(both), len(both) - len(same))


def _by(rows: Iterable[Logged], key: Callable[[Question], str]) -> dict[str, list[Logged]]:
    found: dict[str, list[Logged]] = {}
    for row in rows:
        found.setdefault(key(row.question), []).append(row)
    return found


def _id(question: Question) -> str:
    return question.id


def _text(question: Question) -> str:
    return " ".join(question.text.split())
