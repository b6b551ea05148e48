"""Roundtrip: answers from which nobody can tell what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..core.decorators import curator
from ..core.errors import must
from ..core.plugin import Verdict
from ..core.recipe import Refused
from ..core.samples import Samples
from ..curators.pool import Pool
from ..graders.judge import Ask
from ..recipes.answers import instruction_of
from .answered import RIGHT, AnsweredRow, RowRuling, Unknown
from .asking import nobody, ruled_by

ASK = (
    "The text below is the answer to somebody's question. Write the question: the one that this text answers. Write "
    "the question alone, without the answer.\n\n{passage}<text>\n{answer}\n</text>"
)


@curator("roundtrip", of="pairs", title="Answers to something else", says="have an answer to something else")
@dataclass(frozen=True)
class Roundtrip:
    """Have a model write the question to each answer, and drop the row whose own question is unlike it.

    Alike are questions whose ROUGE-L is `least` or more. The model is that of --judge, else the writer. It is shown the
    passage, if there is one, and never the question. A row whose answer has fewer than `short` words, which many
    questions have, or to which the model writes no question, is unknown. That an answer is about the question does not
    make it right.

    Ref: Alberti et al. (2019), "Synthetic QA corpora generation with roundtrip consistency", which goes the other way.
    """

    least: float = 0.3
    short: int = 3
    unknown: Unknown = "keep"
    ask: Ask = field(default=nobody, kw_only=True, repr=False)

    def __post_init__(self) -> None:
        must(0 < self.least <= 1, "least", self.least, "above 0 and at most 1")
        must(self.short >= 1, "short", self.short, "1 or more")

    def __call__(self, batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
        """The verdict on a batch."""
        return ruled_by(self, batch, self.unknown, "an answer to something else")

    def prompts(self, row: AnsweredRow) -> list[str]:
        """One; nothing of a row without an instruction or with a short answer."""
        if not row.asked.strip() or len(row.output.split()) < self.short:
            return []
        shown = row.passage or row.input
        passage = f"It is about this passage:\n\n<passage>\n{shown}\n</passage>\n\n" if shown.strip() else ""
        return [ASK.format(passage=passage, answer=row.output)]

    def rule(self, row: AnsweredRow, replies: Sequence[str]) -> RowRuling:
        """Right where the question that came is like the row's own."""
        written = instruction_of(replies[0])
        if isinstance(written, Refused):
            return RowRuling.unknown(f"no question: {written.reason}")
        own = Pool(workers=1)
        own.extend([row.instruction, row.asked])
        score = own.nearest(written, 1)[0][0]
        return RIGHT if score >= self.least else RowRuling(0.0, f"ROUGE-L {score:.2f} with: {written[:100]}")
