"""Alpaca: some seeds are shown, and many tasks with input and output are asked for at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from .items import items_of

ASK = (
    "Write {number} different task instructions, each with an input, where it needs one, and the output. Use other "
    "verbs in each, mix questions and imperative sentences, and mix open questions, classification, editing and "
    "writing. A language model must be able to do them: none may need a picture, a sound or an alarm. Instructions are "
    "one or two sentences. Where no input is needed, write <noinput>. The output is no longer than 100 words.\n\n"
)
PARTS = re.compile(r"^\W*(instruction|input|output)\W*:\s*", re.IGNORECASE | re.MULTILINE)
NO_INPUT = re.compile(r"<?\s*no\s*input\s*>?|n/?a|none", re.IGNORECASE)


@recipe("alpaca")
@dataclass(frozen=True)
class Alpaca:
    """Show seeds alone and ask for many whole tasks in one reply.

    `shots` seeds are shown, and tasks asked for until there are `per_call`.

    Ref: Taori et al. (2023), "Stanford Alpaca"; its parser loses what holds "20.", this one does not.
    """

    shots: int = 3
    per_call: int = 20
    temperature: float = 1.0

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts with other seeds each."""
        seeds = [row for row in pool if not row.made and row.output]
        if not seeds:
            raise UsageError(
                "alpaca shows whole tasks and no seed has an output: give seeds with instruction and output."
            )
        return [self._request([seeds[place] for place in _some(len(seeds), self.shots, rng)]) for _ in range(n)]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The tasks of a reply; one without its three parts is lost, as is a last one that was cut."""
        items = items_of(reply)
        found: Read = [_task(item) for item in items]
        if cut and found:
            found[-1] = Refused("cut", items[-1])
        return found or [Refused("empty", reply)]

    def _request(self, shown: Sequence[PoolRow]) -> Request:
        text = ASK.format(number=self.per_call)
        for number, row in enumerate(shown, 1):
            text += (
                f"{number}. Instruction: {row.instruction}\nInput: {row.input or '<noinput>'}\nOutput: {row.output}\n\n"
            )
        text += f"{len(shown) + 1}. Instruction:"
        return Request(text, 3072, self.temperature, {"stage": "tasks"}, tuple(row.id for row in shown), complete=True)


def _some(size: int, count: int, rng: np.random.Generator) -> list[int]:
    return [int(place) for place in rng.choice(size, min(size, count), replace=False)]


def _task(item: str) -> Draft | Refused:
    parts = PARTS.split(f"Instruction: {item}" if not PARTS.match(item) else item)
    named = {name.lower(): text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}
    if len(parts) < 7 or set(named) != {"instruction", "input", "output"}:
        return Refused("not three parts", item)
    given = "" if NO_INPUT.fullmatch(named["input"]) else named["input"]
    return Draft(named["instruction"], given, named["output"])
