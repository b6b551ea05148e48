"""Persona: a request is asked for in the name of a person, and people are many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError
from ..core.recipe import PoolRow, Read, Refused, Request
from .answers import answered, instruction_of, to_answer
from .listed import entries_of
from .template import template

WHO = (
    "Who is likely to write, read or need the text below? Describe one such person in one sentence: the trade, what "
    "they know, and what they care about. Give no name, and write the sentence alone.\n\n<text>\n{text}\n</text>"
)
ASK = (
    "Imagine this person: {persona}\n\nWrite one thing that this person would ask an assistant that can only read and "
    "write. Say everything that is needed to do it, in the person's own words. Write the request alone."
)
SHOWN = 200  # words of a text from which a person is inferred
LONGEST = 80  # words of a description of a person


@recipe("persona")
@dataclass(frozen=True)
class Persona:
    """Ask for what a given person would ask; the people are read from a file or inferred from the seeds.

    `personas` is a file of descriptions, one a line or JSON lines with `persona`. None is shipped: PersonaHub's may not
    be used commercially. `template` is a file with other words for what is asked, with {persona}.

    Ref: Ge et al. (2024), "Scaling synthetic data creation with 1,000,000,000 personas", section 2.
    """

    personas: str = ""
    temperature: float = 1.0
    max_tokens: int = 1024
    template: str = ""

    def __post_init__(self) -> None:
        template(self.template, ("persona",), ASK)
        if self.personas:
            entries_of(self.personas, "personas")

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts for a person's request; without a file, for the person."""
        known = entries_of(self.personas, "personas") if self.personas else []
        if known:
            return [self._request(known[place], {}) for place in _some(len(known), n, rng)]
        rows = [row for row in pool if not row.made and _text(row)]
        if not rows:
            raise UsageError(
                "persona has no text to infer people from: give --seeds or --documents, or personas=PATH with one "
                "person a line."
            )
        return [
            Request(WHO.format(text=_text(rows[place])), 128, self.temperature, {"stage": "persona"}, (rows[place].id,))
            for place in _some(len(rows), n, rng)
        ]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The request that follows from a person, then the one for its answer, then the row."""
        stage = request.of["stage"]
        if stage == "answer":
            return [answered(request, reply, cut)]
        said = instruction_of(reply, cut)
        if isinstance(said, Refused):
            return [said]
        if stage == "request":
            return [to_answer(said, request.of, self.max_tokens, 0.0)]
        if len(said.split()) > LONGEST or "\n" in said:
            return [Refused("no person", said)]
        return [self._request(said, request.of)]

    def _request(self, persona: str, of: Mapping[str, str]) -> Request:
        text = template(self.template, ("persona",), ASK).format(persona=persona)
        return Request(text, 384, self.temperature, {**of, "stage": "request", "persona": persona})


def _some(size: int, n: int, rng: np.random.Generator) -> list[int]:
    """n places in random order, all of them before any again."""
    order = rng.permutation(size)[:n]
    return [int(order[place % size]) for place in range(n)]


def _text(row: PoolRow) -> str:
    text = "\n".join(filter(None, (row.instruction, row.input, row.output)))
    return " ".join(text.split(" ")[:SHOWN]).strip()
