"""Retrieval: how well a ranking of documents finds the ones that hold the answer."""

import math
from collections.abc import Iterable, Sequence

Gold = Iterable[str]


def documents_of(passages: Iterable[str]) -> tuple[str, ...]:
    """The documents of ranked passages (`document#number`), each where it comes first."""
    return tuple(dict.fromkeys(passage.rpartition("#")[0] or passage for passage in passages))


def recall_at(ranked: Sequence[str], gold: Gold, k: int) -> float:
    """The share of the gold ids among the first k of the ranking; NaN where there is no gold."""
    wanted = set(gold)
    return len(wanted & set(ranked[:k])) / len(wanted) if wanted else math.nan


def reciprocal_rank(ranked: Sequence[str], gold: Gold) -> float:
    """1 over the rank of the first gold id, 0 where none is ranked; its mean over questions is MRR.

    Ref: Voorhees (1999), "The TREC-8 question answering track report".
    """
    wanted = set(gold)
    if not wanted:
        return math.nan
    return next((1 / rank for rank, name in enumerate(ranked, 1) if name in wanted), 0.0)


def ndcg_at(ranked: Sequence[str], gold: Gold, k: int) -> float:
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
