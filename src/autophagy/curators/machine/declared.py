"""Declared: rows that say themselves that a model wrote them."""

import numpy as np

from ...core.decorators import curator
from ...core.plugin import Verdict
from ...core.samples import REAL, Samples


@curator(
    "declared",
    of="text",
    title="Declared machine text",
    says="say in their column generation that a model wrote them",
    advice="Keep the column with the rows: it is the one sign of machine text that is sure.",
    audits=True,
)
def declared(batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
    """Find rows of a generation above 0, which a model made; the score (n,) is the generation, 0 where it is unknown.

    Rows of a loop are of the generation that made them, so that there all new rows are found.
    """
    score = np.maximum(batch.generation, REAL).astype(float)
    words = [f"of generation {int(number)}" if number else "" for number in score]
    return Verdict(score == REAL, score, "is declared to be a model's", np.array(words, np.dtypes.StringDType()))
