"""Verbalised: the writer is asked for several tasks with their probabilities, out of the tails of what it would say."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError, must
from ..core.recipe import PoolRow, Read, Refused, Request
from .answers import answered, instruction_of, text_of, to_answer
from .records import Labelled, records_of
from .template import template

PARTS = ("task", "probability")
ASK = (
    "Here are tasks that people give to an assistant:\n\n{examples}\n\nWrite {k} further tasks of which none is "
    "like another or like these. Beside each, say the probability with which you would have written it if you had been "
    "asked for just one task. Take them at random from the tails of what you could write: each probability is to be "
    'less than {tail}.\nWrite a JSON list of objects, each as {{"task": "...", "probability": 0.05}}, and nothing else.'
)
# ".02", "about 2 %": a probability as models write it
NUMBER = re.compile(r"[\s\"'~<≈]*(\d*\.?\d+(?:e-?\d+)?)\s*(%?)", re.IGNORECASE)


@recipe("verbalised")
@dataclass(frozen=True)
class Verbalised:
    """Ask for several unlikely tasks with their probabilities, and then for the answer to each.

    `shots` rows are shown and `k` tasks are asked for. One whose stated probability is above `tail`, or not stated, is
    refused; with tail=1 all are taken. `template` is a file with other words for what is asked, with {examples}, {k}
    and {tail}.

    Ref: Zhang et al. (2025), "Verbalized sampling: how to mitigate mode collapse and unlock LLM diversity", arXiv
    2510.01171. What a writer states are no probabilities that anybody measured.
    """

    k: int = 5
    tail: float = 0.1
    shots: int = 3
    temperature: float = 1.0
    max_tokens: int = 1024
    template: str = ""

    def __post_init__(self) -> None:
        must(self.k >= 1, "k", self.k, "1 or more")
        must(self.shots >= 1, "shots", self.shots, "1 or more")
        must(0 < self.tail <= 1, "tail", self.tail, "above 0 and at most 1")
        template(self.template, ("examples", "k", "tail"), ASK)

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts with other rows each."""
        rows = [row for row in pool if row.instruction and not row.source]
        if not rows:
            raise UsageError("verbalised shows tasks and there are none: give --seeds with instructions.")
        draws = [rng.choice(len(rows), min(self.shots, len(rows)), replace=False) for _ in range(n)]
        return [self._request([rows[place] for place in draw]) for draw in draws]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """A request for the answer to each task; then the row of both."""
        if request.of["stage"] == "answer":
            return [answered(request, reply, cut)]
        found = records_of(reply, PARTS, cut)
        if not found:
            text = text_of(reply, cut)
            return [text if isinstance(text, Refused) else Refused("no task", text)]
        tasks = [each if isinstance(each, Refused) else self._task(request, each) for each in found]
        asked = [place for place, each in enumerate(tasks) if isinstance(each, Request)]
        for place in asked[self.k :]:
            tasks[place] = Refused("more than were asked for", tasks[place].text)
        return [*tasks]

    def _request(self, shown: Sequence[PoolRow]) -> Request:
        examples = "\n".join(f"- {' '.join(row.instruction.split())}" for row in shown)
        words = template(self.template, ("examples", "k", "tail"), ASK)
        text = words.format(examples=examples, k=self.k, tail=f"{self.tail:g}")
        return Request(text, 160 * self.k, self.temperature, {"stage": "tasks"}, tuple(row.id for row in shown))

    def _task(self, request: Request, record: Labelled) -> Request | Refused:
        stated = probability_of(record.parts["probability"])
        if math.isnan(stated) and self.tail < 1:
            return Refused("no probability", record.text)
        if stated > self.tail:
            return Refused("probability above the tail", record.text)
        task = instruction_of(record.parts["task"])
        if isinstance(task, Refused):
            return task
        of = {**request.of, "probability": record.parts["probability"], "mended": record.mended}
        return to_answer(task, of, self.max_tokens, 0.0)


def probability_of(text: str) -> float:
    """The probability that a text states, such as 0.05 or 5 %; NaN where it states none from 0 to 1."""
    found = NUMBER.match(text)
    if not found:
        return math.nan
    value = float(found[1]) / (100 if found[2] else 1)
    return value if value <= 1 else math.nan
