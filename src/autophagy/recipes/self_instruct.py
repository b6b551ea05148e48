"""Self-instruct: a list of tasks goes on, and each new task is told apart and given an example."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError, must
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from .instances import GIVEN, KIND, LABELLED, examples, labelled, sound
from .items import NUMBERED, items_of
from .openings import FREE, OPENINGS, opened, openings
from .replies import TOKENS, listed, plain, unusable
from .rules import new_in, one_line, unfit
from .template import template

ASK = "Below is a list of {number} different tasks for a language model, each of which it can do with text alone:"
KINDS = ("auto", "yes", "no")


@recipe("self_instruct")
@dataclass(frozen=True)
class SelfInstruct:
    """List seeds and made rows for the writer to continue, then ask for an example of each new task.

    Of `shots` rows `human` are seeds and the others made, as soon as there are some; `per_call` tasks are asked for.
    `classification` says whether tasks have a label as output, which is then asked for before the input: "yes", "no",
    or "auto", where the writer is asked of each task unless the seeds, by what they say of themselves, are all of one
    kind. `template` is a file with other words for what is asked, in which {number} stands for the length of the list.
    Without `ascii`, instructions may begin with any letter. `opening` has the first new task begin with a verb that few
    made rows have: "seeds" takes one of the seeds, "all" any that is known. `top_p` and `presence` hold on a server
    that honours them.

    Ref: Wang et al. (2023), "Self-Instruct"; decoding and filters are those of the published code.
    """

    shots: int = 8
    human: int = 6
    per_call: int = 8
    classification: str = "auto"
    temperature: float = 0.7
    top_p: float = 0.5
    presence: float = 2.0
    template: str = ""
    ascii: bool = True
    opening: str = FREE

    def __post_init__(self) -> None:
        must(self.opening in OPENINGS, "opening", self.opening, f"one of {', '.join(OPENINGS)}")
        must(1 <= self.human <= self.shots, "human", self.human, f"from 1 to shots, {self.shots}")
        must(self.per_call >= 1, "per_call", self.per_call, "1 or more")
        must(self.classification in KINDS, "classification", self.classification, f"one of {', '.join(KINDS)}")

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts with other rows each."""
        words = template(self.template, ("number",), ASK)
        rows = [row for row in pool if row.instruction and not row.source]
        seeds, made = [row for row in rows if not row.made], [row for row in rows if row.made]
        if not seeds:
            raise UsageError("self_instruct continues a list of tasks and there are no seeds: give --seeds.")
        kind = self._kind(seeds)
        begun = openings(self.opening, rows, n, rng)
        return [self._tasks(words, self._shown(seeds, made, rng), kind, opening) for opening in begun]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The next request for each new task, or its example; what breaks a rule of the published code is refused."""
        text = plain(reply)
        if not text:
            return [Refused("empty", reply)]
        stage = request.of["stage"]
        if stage == "tasks":
            return self._read_tasks(request, opened(request.of["opening"], text), cut)
        instruction = request.of["instruction"]
        if stage == "kind":
            return [self._instance(instruction, text.lstrip("*_\"' ").lower().startswith("yes"))]
        return self._read_instances(instruction, request.of["first"] == "output", text, cut)

    def _kind(self, seeds: Sequence[PoolRow]) -> str:
        """What is known of the kind of every task, as `classification` says it."""
        told = {row.classification for row in seeds}
        if self.classification == "auto" and len(told) == 1 and None not in told:
            return "yes" if told == {True} else "no"
        return self.classification

    def _shown(self, seeds: Sequence[PoolRow], made: Sequence[PoolRow], rng: np.random.Generator) -> list[PoolRow]:
        few = min(len(made), self.shots - self.human)
        rows = [made[place] for place in rng.choice(len(made), few, replace=False)] if few else []
        rows += [seeds[place] for place in rng.choice(len(seeds), min(len(seeds), self.shots - few), replace=False)]
        return [rows[place] for place in rng.permutation(len(rows))]

    def _tasks(self, words: str, shown: Sequence[PoolRow], kind: str, opening: str) -> Request:
        last = len(shown) + self.per_call
        lines = [words.format(number=last).rstrip()]
        lines += [f"{n}. {' '.join(row.instruction.split()).rstrip(':')}" for n, row in enumerate(shown, 1)]
        return Request(
            "\n".join([*lines, f"{len(shown) + 1}.{opening}"]),
            1024,
            self.temperature,
            {"stage": "tasks", "classification": kind, "opening": opening},
            tuple(row.id for row in shown),
            (f"\n{last + 1}.",),
            True,
            self.top_p,
            self.presence,
        )

    def _read_tasks(self, request: Request, text: str, cut: bool) -> Read:
        items = [self._item(item) for item in _listed(text, len(request.shown) + 1)]
        if cut and items:
            last = items[-1]
            items[-1] = Refused("cut", last.text if isinstance(last, Refused) else last.instruction)
        kind = request.of["classification"]
        return [
            item if isinstance(item, Refused) else self._next(item.instruction, kind)
            for item in new_in(request.text, items)
        ]

    def _item(self, item: str) -> Draft | Refused:
        instruction = one_line(item)
        reason = "template tokens" if TOKENS.search(item) else unfit(instruction, only_ascii=self.ascii)
        return Refused(reason, item) if reason else Draft(instruction)

    def _next(self, instruction: str, kind: str) -> Request:
        """The request that a new task asks for: of what kind it is, or its example."""
        if kind != "auto":
            return self._instance(instruction, kind == "yes")
        of = {"stage": "kind", "instruction": instruction}
        return Request(KIND.format(instruction=instruction), 4, 0.0, of, stop=("\n",), complete=True)

    def _instance(self, instruction: str, label: bool) -> Request:
        """The request for an example: output first where it is a class label, as inputs without one favour a class."""
        kind = {"first": "output", "classification": "yes"} if label else {"first": "input", "classification": "no"}
        of = {"stage": "instance", "instruction": instruction, **kind}
        asked = (LABELLED if label else GIVEN).format(instruction=instruction)
        return Request(asked, 350, 0.0, of, stop=("\nTask:",), complete=True, presence=1.5)

    def _read_instances(self, instruction: str, label: bool, text: str, cut: bool) -> Read:
        reason = unusable(text)
        if reason:
            return [Refused(reason, text)]
        found = (labelled if label else examples)(instruction, text)
        if cut:
            found[-1] = Refused("cut", text)
        found = sound(found)
        rows = [place for place, each in enumerate(found) if isinstance(each, Draft)]
        if len(rows) < 2:
            return list(found)
        kept = rows[int(hashlib.sha256(instruction.encode()).hexdigest(), 16) % len(rows)] if label else rows[0]
        return [_spare(each) if place in rows and place != kept else each for place, each in enumerate(found)]


def _listed(text: str, first: int) -> list[str]:
    """The tasks of a list, written as numbers, bullets, lines or JSON."""
    if not NUMBERED.search(text) and (rows := listed(text)) is not None:
        return [str(row["instruction"] if isinstance(row, dict) else row) for row in rows]
    items = items_of(text, first)
    if len(items) == 1 and not NUMBERED.match(text):
        items = [line.strip() for line in text.splitlines() if line.strip()]
    return items


def _spare(found: Draft | Refused) -> Refused:
    """One more example of a task that has one: a task is one row, else it would stand among the rows twice."""
    return Refused("one more example", f"{found.input}\n{found.output}" if isinstance(found, Draft) else found.text)
