"""Backtranslate: a passage is taken as an answer, and the writer says which instruction it would answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import must
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from .answers import instruction_of, text_of
from .choosing import in_turn, passages_of
from .template import template

ASK = (
    "The text below is the answer of an expert to somebody's request. Write the request: one that leads to this very "
    "answer, with everything in it that the expert had to know. Write the request alone, without the answer.\n\n"
    "<text>\n{passage}\n</text>"
)
RATE = (
    "How well does the answer do what the request asks? Give 1 point where it is about something else or incomplete, "
    "2 where it does part of it, 3 where it does all of it and was plainly written for another purpose, 4 where it is "
    "good and clear, and 5 only where it is what an expert would say to this request, with nothing missing and nothing "
    "that does not belong to it. Write one short sentence of reasons, then a last line with the points, as "
    '"Points: 3".\n\n<request>\n{instruction}\n</request>\n\n<answer>\n{passage}\n</answer>'
)
# "Points: 4/5", but not "4.5"
POINTS = re.compile(
    r"(?:points?|score|rating)[\s*_]*(?::|=|is|of)?[\s*_]*([1-5])(?![\d.]\d|\d)(?:\s*/\s*5)?", re.IGNORECASE
)
ALONE = re.compile(r"\A\W*([1-5])(?:\s*/\s*5)?\W*\Z")  # the points alone
TOP = 5  # points, on the scale of the paper below


@recipe("backtranslate")
@dataclass(frozen=True)
class Backtranslate:
    """Ask which instruction a passage answers, and keep the pairs that the writer rates best.

    A pair is kept where the writer gives it `keep` points or more, of 5. A passage that a row was made of is not asked
    again. `template` is a file with other words for what is asked, with {passage}.

    Ref: Li et al. (2023), "Self-alignment with instruction backtranslation" (Humpback), sections 2.2 and 2.3; without
    its second round, which tunes the writer in between.
    """

    keep: int = TOP
    temperature: float = 0.7
    template: str = ""

    def __post_init__(self) -> None:
        must(1 <= self.keep <= TOP, "keep", self.keep, "from 1 to 5")
        template(self.template, ("passage",), ASK)

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """A prompt for each of n passages that have no row yet, or of all of them where they are fewer."""
        words = template(self.template, ("passage",), ASK)
        used = {row.parent for row in pool if row.made and row.output}
        left = [row for row in passages_of(pool, "backtranslate") if row.id not in used]
        rows = in_turn(left, pool, min(n, len(left)), rng)
        return [
            Request(
                words.format(passage=row.instruction),
                256,
                self.temperature,
                {"stage": "instruction", "passage": row.instruction},
                (row.id,),
            )
            for row in rows
        ]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The request to rate an instruction; then the pair, if it is rated well enough."""
        return [self._rated(request, reply) if request.of["stage"] == "rating" else self._asked(request, reply, cut)]

    def _asked(self, request: Request, reply: str, cut: bool) -> Refused | Request:
        instruction = instruction_of(reply, cut)
        if isinstance(instruction, Refused):
            return instruction
        passage = request.of["passage"]
        if _bare(instruction) in _bare(passage) or _bare(passage) in _bare(instruction):
            return Refused("the passage itself", instruction)
        text = RATE.format(instruction=instruction, passage=passage)
        of = {**request.of, "stage": "rating", "instruction": instruction}
        return Request(text, 256, 0.0, of, request.shown)

    def _rated(self, request: Request, reply: str) -> Draft | Refused:
        """The last points that are told count; a reply that was cut before it told any has none."""
        found = ALONE.findall(reply) or POINTS.findall(reply)
        if not found:
            text = text_of(reply)
            return text if isinstance(text, Refused) else Refused("not rated", text)
        points = int(found[-1])
        instruction, passage = request.of["instruction"], request.of["passage"]
        if points < self.keep:
            return Refused(f"rated {points} of {TOP}", instruction)
        return Draft(instruction, "", passage, request.shown[0], 1)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .\"'")
