"""Flips: the prompts that were right before and wrong after, or the other way round, with both answers."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from .marks import Marks, Said
from .pairs import PairedTask, Prompt
from .shift import HALF


@dataclass(frozen=True)
class Flip:
    """A prompt whose mark flipped `up` or `down`, strictly or leniently: what was said, and one answer of each side."""

    task: str
    model: str
    before_model: str
    id: str
    kind: str
    way: str
    by: str
    prompt: str
    accepted: tuple[str, ...]
    said: tuple[str, str]
    answers: tuple[str, str]

    def json(self) -> dict[str, Any]:
        """The flip as a line of flips.jsonl has it."""
        return asdict(self)


def flips(task: PairedTask, marks: Marks, old: str, new: str) -> list[Flip]:
    """The prompts whose mark flipped by the strict rule, and those that flipped by the lenient one alone."""
    found: dict[int, tuple[str, str]] = {}
    for by in ("strict", "lenient"):
        before, after = getattr(marks.before, by), getattr(marks.after, by)
        for way, places in (("down", (before > HALF) & (after <= HALF)), ("up", (before <= HALF) & (after > HALF))):
            for place in np.flatnonzero(places):
                found.setdefault(int(place), (way, by))
    return list(_described(task, marks, old, new, found))


def _described(task: PairedTask, marks: Marks, old: str, new: str, found: dict[int, tuple[str, str]]) -> Iterator[Flip]:
    for place, (way, by) in sorted(found.items()):
        prompt = task.prompts[place]
        yield Flip(
            task.task.name,
            new,
            old,
            prompt.question.id,
            prompt.question.type,
            way,
            by,
            prompt.question.text,
            prompt.question.answers,
            (_first(marks.before.said[place]), _first(marks.after.said[place])),
            _texts(prompt),
        )


def _first(said: Said) -> str:
    return next((each for each in said if each is not None), "")


def _texts(prompt: Prompt) -> tuple[str, str]:
    """One answer of each side, the first that came."""
    first = [next((row for row in rows if not row.answer.error), rows[0]) for rows in (prompt.before, prompt.after)]
    return first[0].answer.text, first[1].answer.text
