"""Rephrase: a passage of the user's documents told in another style."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError
from ..core.parts import did_you_mean
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from ..text.styles import STYLES
from .answers import text_of
from .choosing import in_turn, passages_of
from .template import template

ASK = (
    "Write the passage below again {style}. Keep every fact, name and number, add none, and write nothing else.\n\n"
    "<passage>\n{passage}\n</passage>"
)
LONGER = (4, 100)  # times the words of a passage, and words more: a text that is longer has run on


@recipe("rephrase")
@dataclass(frozen=True)
class Rephrase:
    """Rewrite passages of documents in other styles, to keep their facts and change their form.

    `styles` are names of styles with + or / between them, or "all". `template` is a file with other words for what is
    asked, with {passage} and {style}.

    Ref: Maini et al. (2024), "Rephrasing the web"; Su et al. (2024), Nemotron-CC, for the styles.
    """

    styles: str = "all"
    temperature: float = 0.7
    template: str = ""

    def __post_init__(self) -> None:
        for name in self._names():
            if name not in STYLES:
                known = ", ".join(STYLES)
                raise UsageError(
                    f"rephrase knows no style {name!r}{did_you_mean(name, STYLES)}: choose from {known}, or all."
                )
        template(self.template, ("passage", "style"), ASK)

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts, each with a passage and a style; passages that brought few rows come first."""
        words, names = template(self.template, ("passage", "style"), ASK), self._names()
        rows = in_turn(passages_of(pool, "rephrase"), pool, n, rng)
        starts, period = rng.integers(len(names), size=len(rows)), len({row.id for row in rows}) or 1
        styles = [int(starts[place % period]) + place // period for place in range(len(rows))]
        return [self._request(words, row, names[style % len(names)]) for row, style in zip(rows, styles, strict=True)]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The passage as it was told, whole or not at all."""
        text = text_of(reply, cut)
        if isinstance(text, Refused):
            return [text]
        text = re.sub(r"</?passage>", "", text).strip()
        passage = request.of["passage"]
        if " ".join(text.split()).casefold() == " ".join(passage.split()).casefold():
            return [Refused("the passage itself", text)]
        if len(text.split()) > LONGER[0] * len(passage.split()) + LONGER[1]:
            return [Refused("longer than the passage", text)]
        return [Draft("", "", text, parent=request.shown[0], round=1) if text else Refused("empty", reply)]

    def _names(self) -> list[str]:
        return list(STYLES) if self.styles == "all" else re.split(r"[+/]", self.styles)

    def _request(self, words: str, row: PoolRow, style: str) -> Request:
        text = words.format(style=STYLES[style], passage=row.instruction)
        return Request(text, 1024, self.temperature, {"style": style, "passage": row.instruction}, (row.id,))
