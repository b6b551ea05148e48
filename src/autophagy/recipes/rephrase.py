"""Rephrase: a passage of the user's documents told in another style."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError
from ..core.recipe import Draft, PoolRow, Read, Refused, Request

STYLES = {
    "encyclopedia": "in the style of an encyclopedia, in plain and exact sentences",
    "questions": "as questions and answers",
    "list": "as a list of its facts",
    "simple": "in words that a child understands",
}
ASK = (
    "Tell the passage below {style}. Keep every fact, add none, and write nothing else.\n\n"
    "<passage>\n{passage}\n</passage>"
)


@recipe("rephrase")
@dataclass(frozen=True)
class Rephrase:
    """Tell passages of documents in other styles, which keeps their facts and changes their form.

    `styles` are names of styles with + between them, or "all".

    Ref: Maini et al. (2024), "Rephrasing the web"; Su et al. (2024), Nemotron-CC, for the styles.
    """

    styles: str = "all"
    temperature: float = 0.7

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts, each with a passage and a style."""
        passages = [row for row in pool if row.source and not row.made]
        if not passages:
            raise UsageError("rephrase works on passages and there are none: give --documents.")
        names = list(STYLES) if self.styles == "all" else self.styles.split("+")
        for name in names:
            if name not in STYLES:
                raise UsageError(f"rephrase knows no style {name!r}: choose from {', '.join(STYLES)}, or all.")
        pairs = [(row, name) for row in passages for name in names]
        order = rng.permutation(len(pairs))
        return [self._request(*pairs[order[place % len(pairs)]]) for place in range(n)]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The passage as it was told, whole or not at all."""
        text = reply.strip()
        if cut or not text:
            return [Refused("cut" if cut else "empty", text)]
        return [Draft("", "", text, parent=request.shown[0], round=1)]

    def _request(self, row: PoolRow, style: str) -> Request:
        text = ASK.format(style=STYLES[style], passage=row.instruction)
        return Request(text, 1024, self.temperature, {"style": style}, (row.id,))
