"""Recall of the retrieval."""

import math
from collections.abc import Iterable, Sequence

from ..core.decorators import grader
from ..core.questions import Answer, Question
from .ranking import retrieved


@grader("recall", title="Recall", about="passages")
def recall(question: Question, answer: Answer) -> float:
    """The share of the documents with evidence that are among the passages in the prompt."""
    documents, evidence = retrieved(question, answer)
    return recall_at(documents, evidence, max(len(documents), 1))


def recall_at(ranked: Sequence[str], gold: Iterable[str], k: int) -> float:
    """The share of the gold ids among the first k of the ranking; NaN where there is no gold."""
    wanted = set(gold)
    return len(wanted & set(ranked[:k])) / len(wanted) if wanted else math.nan
