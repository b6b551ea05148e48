"""The discounted cumulative gain of the retrieval."""

import math
from collections.abc import Iterable, Sequence

from ..core.decorators import grader
from ..core.questions import Answer, Question
from .ranking import retrieved


@grader("ndcg", title="nDCG", headline=False, about="passages")
def ndcg(question: Question, answer: Answer) -> float:
    """How early the evidence comes among the passages in the prompt: 1 if all of it comes first."""
    documents, evidence = retrieved(question, answer)
    return ndcg_at(documents, evidence, max(len(documents), 1))


def ndcg_at(ranked: Sequence[str], gold: Iterable[str], k: int) -> float:
    """The discounted gain of the first k of the ranking over that of the best ranking, every gold id worth 1.

    An id that is ranked twice gains once. NaN where there is no gold.

    Ref: Järvelin and Kekäläinen (2002), with the discount log2(rank + 1).
    """
    wanted = set(gold)
    if not wanted:
        return math.nan
    seen = list(dict.fromkeys(ranked))[:k]
    gain = sum(1 / math.log2(rank + 1) for rank, name in enumerate(seen, 1) if name in wanted)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(wanted)) + 1))
