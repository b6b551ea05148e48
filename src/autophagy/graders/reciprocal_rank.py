"""The reciprocal rank of the retrieval."""

import math
from collections.abc import Iterable, Sequence

from ..core.decorators import grader
from ..core.questions import Answer, Question
from .ranking import retrieved


@grader("reciprocal_rank", title="MRR", headline=False, about="passages")
def reciprocal_rank(question: Question, answer: Answer) -> float:
    """1 over the rank of the first passage in the prompt that contains evidence, 0 if none does."""
    documents, evidence = retrieved(question, answer)
    return inverse_rank(documents, evidence)


def inverse_rank(ranked: Sequence[str], gold: Iterable[str]) -> float:
    """1 over the rank of the first gold id, 0 where none is ranked; its mean over questions is MRR.

    Ref: Voorhees (1999), "The TREC-8 question answering track report".
    """
    wanted = set(gold)
    if not wanted:
        return math.nan
    return next((1 / rank for rank, name in enumerate(ranked, 1) if name in wanted), 0.0)
