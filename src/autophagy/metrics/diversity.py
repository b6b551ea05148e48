"""How varied the made texts are: distinct n-grams, entropy, and how many different words they use."""

import numpy as np

from ..core.registry import metric
from ..features.features import Features
from .amounts import counts, head, made_tokens, reference_tokens
from .tokens import Tokens

LONGEST = 4


@metric("distinct", of="text")
def distinct(
    reference: Features, made: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Distinct-n: the share of the made n-grams, n = 1 to 4, that are distinct; it falls as texts repeat themselves.

    `distinct_n` = distinct n-grams / n-grams, within passages; NaN where every passage is shorter than n. The share
    falls with the length of a text, so the first `words` tokens count: as many as the reference has, 0 for all.
    Ref: Li et al. 2016.
    """
    tokens = made_tokens(reference, made, words)
    return {f"distinct_{n}": _distinct(tokens, n) for n in range(1, LONGEST + 1)}


def _distinct(tokens: Tokens, n: int) -> float:
    grams, _ = tokens.grams(n)
    return len(np.unique(grams)) / len(grams) if len(grams) else float("nan")


@metric("token_entropy", of="text")
def token_entropy(reference: Features, made: Features, rng: np.random.Generator, *, words: int | None = None) -> float:
    """Token entropy: how many bits a word of the made texts carries when words are counted one by one.

    H = -sum p log2 p over the frequencies p of the words. Counted frequencies make it too low in short texts, so the
    first `words` tokens count: as many as the reference has, 0 for all. Ref: Shannon 1948, section 6.
    """
    tokens = made_tokens(reference, made, words)
    shares = counts(tokens) / len(tokens)
    return float((shares * np.log2(1 / shares)).sum())


@metric("types", of="text")
def types(
    reference: Features, made: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Types: how many different words the made texts use, as a number and beside an equal amount of real text.

    `types` counts them, `types_ratio` divides by those of the reference, both in as many tokens as the shorter has,
    and `hapax` is the share of the types that occur just once. The first `words` tokens count: as many as the
    reference has, 0 for all. Ref: Baayen 2001, chapter 1.
    """
    tokens = made_tokens(reference, made, words)
    found = counts(tokens)
    real = reference_tokens(reference)
    both = min(len(tokens), len(real))
    ratio = len(counts(head(tokens, both))) / len(counts(head(real, both)))
    return {"types": float(len(found)), "types_ratio": ratio, "hapax": float((found == 1).mean())}


@metric("passage_length", of="text")
def passage_length(reference: Features, made: Features, rng: np.random.Generator) -> float:
    """Passage length: how many words, punctuation marks and line breaks a made passage has on average."""
    return len(made_tokens(reference, made, 0)) / len(made)
