"""Continue: a text like the seeds begins as one of them does and goes on otherwise."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError, must
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from ..text.excerpts import SENTENCE
from ..text.words import CLOSING
from .answers import text_of

TOKENS_A_WORD = 2  # at most, in most texts
CUT = "cut back to the length of a seed"


@recipe("continue")
@dataclass(frozen=True)
class Continue:
    """Give the first words of a seed; the text that continues them is the row.

    It gives no instruction, so it suits models that only continue texts: those of the loop, which are fitted on the
    seeds, and base models. `opening` is the number of words that are given, at most half of a seed; 0, with a model of
    the loop, gives none. A text that does not end by itself is cut back to the sentences that make it as long as the
    seed. Rows are texts without an instruction.
    """

    opening: int = 3
    temperature: float = 1.0

    def __post_init__(self) -> None:
        must(self.opening >= 0, "opening", self.opening, "0 or more")

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n beginnings, each of a seed or passage drawn at random."""
        rows = _seeds(pool)
        return [self._request(rows[int(place)]) for place in rng.integers(len(rows), size=n)]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The beginning with what goes on behind it, or why that is no text."""
        text = text_of(reply)
        if isinstance(text, Refused):
            return [text]
        opening = request.of["opening"]
        whole = opening + ("" if not opening or text[0] in CLOSING else " ") + text
        if not cut:
            return [Draft("", "", whole)]
        short = _sentences(whole, int(request.of["words"]))
        return [Draft("", "", short, mended=CUT) if len(short) > len(opening) else Refused("cut", whole)]

    def passages(self, seeds: Sequence[PoolRow]) -> list[str]:
        """The texts of the seeds."""
        return [_text(row) for row in _seeds(seeds)]

    def _request(self, row: PoolRow) -> Request:
        line, words = _text(row).partition("\n")[0].split(), len(_text(row).split())
        opening = " ".join(line[: min(self.opening, words // 2)])
        of = {"stage": "text", "opening": opening, "words": str(words)}
        return Request(opening, math.ceil(TOKENS_A_WORD * words) + 16, self.temperature, of, (row.id,), complete=True)


def _seeds(pool: Sequence[PoolRow]) -> list[PoolRow]:
    seeds = [row for row in pool if not row.made]
    if not seeds:
        raise UsageError("continue needs texts to begin with and there are none: give --seeds or --documents.")
    return seeds


def _text(row: PoolRow) -> str:
    return "\n\n".join(filter(None, (row.instruction, row.input, row.output)))


def _sentences(text: str, words: int) -> str:
    """The whole sentences at the beginning of a text that was cut: up to so many words, but at least one."""
    kept, end = "", 0
    for gap in SENTENCE.finditer(text):
        if kept and len(text[: gap.start()].split()) > words:
            break
        end = gap.start()
        kept = text[:end]
    return kept
