"""The prompts of a snapshot: those of suites by name, of files, and of other snapshots."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from ...core.errors import DataError, UsageError
from ...core.files import read_lines
from ...core.parts import Part, did_you_mean
from ...core.questions import LETTERS, Question
from ...core.registry import entries
from ...core.streams import stream
from ...data.logs.snapshot import PROMPTS, is_snapshot, prompt_digest, read_prompt
from ...data.questions import read_prompts
from .asking import TaskPrompt
from .rules import task_of
from .spec import SnapshotSpec

EACH = 100  # prompts of a suite unless told


@dataclass(frozen=True)
class Bank:
    """The prompts of a snapshot, task by task, and how each of its files was read."""

    prompts: tuple[TaskPrompt, ...]
    notes: Mapping[str, Sequence[str]]

    @property
    def digests(self) -> dict[str, str]:
        """A SHA-256 of the prompts of each task, by its name."""
        return {
            name: hashlib.sha256("".join(prompt_digest(each.question) for each in group).encode()).hexdigest()
            for name, group in groupby(self.prompts, lambda each: each.task.name)
        }


def find_prompts(spec: SnapshotSpec) -> Bank:
    """The prompts that a spec asks for.

    Raises UsageError where there is no such suite or file, DataError where a file cannot be read or has no prompt.
    """
    notes: dict[str, Sequence[str]] = {}
    prompts = [each for name in spec.suites for each in _prompts(spec, name, notes)]
    tasks = [name for name, _ in groupby(prompts, lambda each: each.task.name)]
    twice = next((name for name in tasks if tasks.count(name) > 1), None)
    if twice:
        raise UsageError(f"two of the suites and files are called {twice}: rename a file, or name each suite once.")
    return Bank(tuple(prompts), notes)


def _prompts(spec: SnapshotSpec, name: str, notes: dict[str, Sequence[str]]) -> Iterator[TaskPrompt]:
    path = Path(name)
    if is_snapshot(path):
        return _asked_before(path)
    if path.is_file():
        return _of_file(spec, path, notes)
    if path.exists() and name not in entries("suite"):
        raise UsageError(
            f"the folder {name} is no snapshot: give a file of prompts, a suite, or the folder of a snapshot."
        )
    return _of_suite(spec, name)


def _of_suite(spec: SnapshotSpec, name: str) -> Iterator[TaskPrompt]:
    part, known = Part.parse(name), entries("suite")
    if part.name not in known:
        guess = did_you_mean(part.name, known)
        raise UsageError(f"there is no suite and no file {name!r}{guess}: autophagy list suites shows all suites.")
    entry = known[part.name]
    count = spec.prompts or EACH
    try:
        questions = entry.build(part.settings)(count, stream(spec.seed, f"suite {part}"))
    except (IndexError, ValueError) as error:
        raise UsageError(f"the suite {part} has no {count} prompts ({error}): ask for fewer with --prompts.") from error
    task = replace(entry.facts, name=str(part))
    yield from (TaskPrompt(task, question) for question in questions)


def _of_file(spec: SnapshotSpec, path: Path, notes: dict[str, Sequence[str]]) -> Iterator[TaskPrompt]:
    questions, told = read_prompts(path)
    if spec.prompts and spec.prompts < len(questions):
        drawn = stream(spec.seed, f"prompts of {path.name}").choice(len(questions), spec.prompts, replace=False)
        told = [*told, f"{spec.prompts:,} of its {len(questions):,} prompts were drawn at random."]
        questions = tuple(questions[place] for place in sorted(drawn))
    offered = [_with_choices(question) for question in questions]
    if sum(question.text != old.text for question, old in zip(offered, questions, strict=True)):
        told = [*told, "the choices follow each prompt, each with a letter, which is asked for."]
    task, how = task_of(path.name.partition(".")[0], offered, spec.rules)
    if told or how:
        notes[str(path)] = [*told, *filter(None, [how])]
    yield from (TaskPrompt(task, question) for question in offered)


def _with_choices(question: Question) -> Question:
    """A question of multiple choice with its choices behind it; the letter of the right one is an accepted answer."""
    if not question.choices or len(question.choices) > len(LETTERS):
        return question
    lines = [f"({letter}) {choice}" for letter, choice in zip(LETTERS, question.choices, strict=False)]
    text = "\n".join([question.text, *lines, 'Answer with the letter in round brackets, such as "(A)".'])
    letters = [LETTERS[question.choices.index(gold)] for gold in question.answers if gold in question.choices]
    return replace(question, text=text, answers=(*question.answers, *letters))


def _asked_before(folder: Path) -> Iterator[TaskPrompt]:
    try:
        known = [read_prompt(line) for line in read_lines(folder / PROMPTS)]
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{folder / PROMPTS} holds a line that is no prompt ({error}): give another folder.") from error
    yield from (TaskPrompt(*each) for each in known)
