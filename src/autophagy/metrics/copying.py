"""How much of the made texts is new, and how much is copied word for word from the real training texts."""

import numpy as np

from ..core.registry import metric
from ..core.samples import Array
from ..features.features import Features
from .amounts import made_tokens, training_tokens
from .tokens import Tokens, paired

LENGTHS = (4, 8)


@metric("novelty", of="text")
def novelty(
    reference: Features, made: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Novelty: the share of the made n-grams, of 4 and of 8 words, that no real training text contains.

    Near 0 the texts are put together from pieces of the training texts; what held-out real texts score is the level
    of texts that are new. Within passages; NaN where every passage is shorter than n. The first `words` tokens count:
    as many as the reference has, 0 for all. Ref: McCoy et al. 2023.
    """
    tokens = made_tokens(reference, made, words)
    copied = _copied(reference, made, tokens)
    return {f"novel_{n}": _novel(copied[tokens.left >= n], n) for n in LENGTHS}


def _novel(copied: Array, n: int) -> float:
    return float((copied < n).mean()) if len(copied) else float("nan")


@metric("longest_copy", of="text")
def longest_copy(
    reference: Features, made: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Verbatim copying: the longest run of words that a made passage has in common with a real training text.

    `copy_mean` is its mean over the made passages, in tokens, and `copy_longest` the longest of all. A run lies within
    one made and one training passage. More passages have longer runs, so the first `words` tokens count: as many as
    the reference has, 0 for all. Ref: McCoy et al. 2023.
    """
    tokens = made_tokens(reference, made, words)
    copied = _copied(reference, made, tokens)
    longest = np.zeros(len(tokens.starts) - 1, np.int64)
    np.maximum.at(longest, tokens.passage, copied)
    return {"copy_mean": float(longest.mean()), "copy_longest": float(longest.max())}


def _copied(reference: Features, made: Features, tokens: Tokens) -> Array:
    return made.once(("copied", id(reference), len(tokens)), lambda: matches(training_tokens(reference), tokens))


def matches(training: Tokens, made: Tokens) -> Array:
    """The length (w,) of the longest run from each made token on that some training passage contains; exact.

    The rests of all passages are ranked together by their first 1, 2, 4, ... tokens (prefix doubling). What shares the
    longest run with a made rest is the nearest training rest before or after it in that order.
    Ref: Manber and Myers 1993.
    """
    both, known = training.then(made), len(training)
    left, ranks = both.left, _ranks(both, known)
    order = np.argsort(ranks[-1], kind="stable")
    place = np.arange(len(order))
    before = np.maximum.accumulate(np.where(order < known, place, -1))
    after = np.minimum.accumulate(np.where(order < known, place, len(order))[::-1])[::-1]
    lengths = np.zeros(len(both), np.int64)
    for nearest in (before, after):
        asked = np.flatnonzero((order >= known) & (nearest >= 0) & (nearest < len(order)))
        i, j = order[asked], order[nearest[asked]]
        lengths[i] = np.maximum(lengths[i], _shared(ranks, np.minimum(left[i], left[j]), i, j))
    return lengths[known:]


def _ranks(tokens: Tokens, known: int) -> list[Array]:
    """The ranks (w,) from 1 up of the rests of all passages by their first 2^k tokens, for k = 0, 1, ...

    A passage that ends earlier is filled up with 0, which ranks before every token. The last ranks are those by which
    no run of 2^k tokens is both among the first `known` tokens and after them.
    """
    left, ranks, size = tokens.left, [tokens.ids + 1], 1
    while _meet(*np.split(np.where(left >= size, ranks[-1], 0), [known])):
        later = np.zeros(len(tokens), np.int64)
        inside = np.flatnonzero(left > size)
        later[inside] = ranks[-1][inside + size]
        ranks.append(paired(ranks[-1], later) + 1)
        size *= 2
    return ranks


def _meet(some: Array, others: Array) -> bool:
    """Whether two sets of whole numbers share one above 0."""
    there = np.zeros(max(some.max(initial=0), others.max(initial=0)) + 1, bool)
    there[some] = True
    there[0] = False
    return bool(there[others].any())


def _shared(ranks: list[Array], room: Array, i: Array, j: Array) -> Array:
    """How many tokens the rests from i (m,) and from j (m,) have in common, at most `room` (m,)."""
    lengths = np.zeros(len(i), np.int64)
    for k, rank in reversed(list(enumerate(ranks))):
        fits = np.flatnonzero(room - lengths >= 2**k)
        same = rank[i[fits] + lengths[fits]] == rank[j[fits] + lengths[fits]]
        lengths[fits[same]] += 2**k
    return lengths
