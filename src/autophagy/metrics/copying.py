"""How much of the generated texts is new, and how much is copied word for word from the real training texts."""

import numpy as np

from ..core.decorators import metric
from ..core.figures import Figure
from ..core.samples import Array
from ..features.features import Features
from .amounts import generated_tokens, training_tokens
from .tokens import Tokens, paired

LENGTHS = (4, 8)  # words: a turn of phrase, and longer than any that two writers share by chance


@metric(
    "novelty",
    of="text",
    group="Repetition and copies",
    bounds=(0, 1),
    better="real",
    figures={
        "novel_4": Figure("new four-word sequences", "The share of four-word sequences that the training text lacks."),
        "novel_8": Figure("new eight-word sequences", "The same for eight words in a row."),
    },
)
def novelty(
    reference: Features, generated: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Novelty: the share of generated sequences of 4 and of 8 words that no real training text contains.

    Near 0 the texts are put together from pieces of the training texts; what held-out real texts score is the level
    of texts that are new. Sequences lie within a passage; NaN where every passage is shorter than n. The first `words`
    tokens count: as many as the reference has, 0 for all. Ref: McCoy et al. 2023.
    """
    tokens = generated_tokens(reference, generated, words)
    copied = _copied(reference, generated, tokens)
    return {f"novel_{n}": _novel(copied[tokens.left >= n], n) for n in LENGTHS}


def _novel(copied: Array, n: int) -> float:
    return float((copied < n).mean()) if len(copied) else float("nan")


@metric(
    "longest_copy",
    of="text",
    group="Repetition and copies",
    bounds=(0, None),
    better="real",
    figures={
        "copy_mean": Figure(
            "longest copy, mean", "How many words in a row a passage shares with the training text, on average."
        ),
        "copy_longest": Figure("longest copy", "The longest such copy of all passages, in words."),
    },
)
def longest_copy(
    reference: Features, generated: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Verbatim copying: the longest run of words that a generated passage shares with a real training text.

    `copy_mean` is its mean over the generated passages, in tokens, and `copy_longest` the longest of all. A run lies
    within one generated and one training passage. More passages have longer runs, so the first `words` tokens count: as
    many as the reference has, 0 for all. Ref: McCoy et al. 2023.
    """
    tokens = generated_tokens(reference, generated, words)
    copied = _copied(reference, generated, tokens)
    longest = np.zeros(len(tokens.starts) - 1, np.int64)
    np.maximum.at(longest, tokens.passage, copied)
    return {"copy_mean": float(longest.mean()), "copy_longest": float(longest.max())}


def _copied(reference: Features, generated: Features, tokens: Tokens) -> Array:
    return generated.once(("copied", id(reference), len(tokens)), lambda: matches(training_tokens(reference), tokens))


def matches(training: Tokens, generated: Tokens) -> Array:
    """The length (w,) of the longest run from each generated token on that some training passage contains; exact.

    The rests of all passages are ranked together by their first 1, 2, 4, ... tokens (prefix doubling). What shares the
    longest run with a generated rest is the nearest training rest before or after it in that order.
    Ref: Manber and Myers 1993.
    """
    both, known = training.then(generated), len(training)
    left, ranks = both.left, _ranks(both, known)
    order = np.argsort(ranks[-1], kind="stable")  # (known + w,) all rests, sorted
    # (known + w,) the place in that order of the nearest training rest at or before, and at or after, each place
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
