"""How much the made texts repeat one another: n-grams that come again, and how far a compressor shrinks them."""

import zlib

import numpy as np

from ..core.errors import DataError, must
from ..core.registry import metric
from ..features.features import Features
from .amounts import made_text, made_tokens
from .tokens import Tokens


@metric("self_repetition", of="text")
def self_repetition(
    reference: Features, made: Features, rng: np.random.Generator, *, n: int = 4, words: int | None = None
) -> float:
    """Self-repetition: the share of the made n-grams, four words long, that occur in another made passage too.

    What a passage says again itself does not count. The share grows with the amount of text, so the first `words`
    tokens count: as many as the reference has, 0 for all. Ref: Salkar et al. 2022.
    """
    must(n >= 1, "n", n, "at least 1")
    return repeated(made_tokens(reference, made, words), n)


def repeated(tokens: Tokens, n: int) -> float:
    """The share of the n-grams that occur in two passages or more; raises DataError where there is no n-gram."""
    grams, passage = tokens.grams(n)
    if not len(grams):
        raise DataError(f"every made passage is shorter than {n} tokens: set n to a smaller number.")
    homes = np.unique(grams * len(tokens.starts) + passage) // len(tokens.starts)
    return float((np.bincount(homes)[grams] > 1).mean())


@metric("compression", of="text")
def compression(reference: Features, made: Features, rng: np.random.Generator, *, words: int | None = None) -> float:
    """Compression ratio: the bytes of the made texts over the bytes that are left when zlib has compressed them.

    Texts that repeat one another shrink further. The ratio grows with the amount of text, so the first `words` tokens
    count: as many as the reference has, 0 for all. They are joined again with single spaces, a line for each passage,
    in an order that is as good as random; zlib looks back 32 KiB, and misses repeats that lie farther apart.
    Ref: Shaib et al. 2024.
    """
    text = made_text(reference, made, words).encode()
    return len(text) / len(zlib.compress(text, 9))
