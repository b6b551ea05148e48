"""Judge: answers that a model finds wrong, asked twice with the verdicts named in either order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan

import numpy as np

from ..core.decorators import curator
from ..core.plugin import Verdict
from ..core.samples import Samples
from ..graders.judge import Ask, prompt_of, verdict
from .answered import RIGHT, AnsweredRow, RowRuling, Unknown
from .asking import nobody, ruled_by

RUBRIC = (
    "The answer is correct if it does all that the request asks and everything in it is true. It is incorrect if "
    "anything in it is wrong, if it leaves out a part of what was asked, or if it is about something else."
)
WORDS = ("CORRECT", "INCORRECT")


@curator("judge", of="pairs", title="Answers that a judge finds wrong", says="have an answer that a judge finds wrong")
@dataclass(frozen=True)
class Judge:
    """Drop the row whose answer a model calls incorrect, whichever of the two verdicts it is offered first.

    The model is that of --judge, else the writer itself, and judges favour their own answers. It is asked twice of each
    row, CORRECT before INCORRECT and the other way round. A row of which it says both, or nothing that can be read, is
    unknown.

    Ref: Zheng et al. (2023), "Judging LLM-as-a-judge with MT-Bench and Chatbot Arena", for what the order does.
    """

    unknown: Unknown = "keep"
    ask: Ask = field(default=nobody, kw_only=True, repr=False)

    def __call__(self, batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
        """The verdict on a batch."""
        return ruled_by(self, batch, self.unknown, "wrong by the judge")

    def prompts(self, row: AnsweredRow) -> list[str]:
        """Both orders; nothing of a row without an answer."""
        return [_prompt(row, words) for words in (WORDS, WORDS[::-1])] if row.output.strip() else []

    def rule(self, row: AnsweredRow, replies: Sequence[str]) -> RowRuling:
        """Right or wrong where both replies say so."""
        first, second = map(verdict, replies)
        if isnan(first) or isnan(second):
            return RowRuling.unknown("no verdict that can be read")
        if first != second:
            return RowRuling.unknown("another verdict in the other order")
        return RIGHT if first else RowRuling(0.0, " ".join(replies[0].split())[:120])


def _prompt(row: AnsweredRow, words: Sequence[str]) -> str:
    passage = [("reference", row.passage)] if row.passage.strip() else []
    parts = [("question", row.asked), *passage, ("candidate", row.output)]
    told = " by the reference alone" if passage else ""
    return prompt_of(f"Judge whether the candidate is a correct answer to the question{told}.", RUBRIC, parts, words)
