"""How much the generated texts repeat one another: n-grams that come again, and how far a compressor shrinks them."""

import zlib

import numpy as np

from ..core.decorators import metric
from ..core.errors import DataError, must
from ..features.features import Features
from .amounts import generated_text, generated_tokens
from .tokens import Tokens

SMALLEST = 9  # zlib's level of the best compression


@metric(
    "self_repetition",
    of="text",
    title="self-repetition",
    group="Repetition and copies",
    bounds=(0, 1),
    better="real",
    also=("self_bleu", "self-bleu", "repetition"),
)
def self_repetition(
    reference: Features, generated: Features, rng: np.random.Generator, *, n: int = 4, words: int | None = None
) -> float:
    """The share of generated n-grams, of four words by default, that also occur in another generated passage.

    What a passage says again itself does not count. The share grows with the amount of text, so the first `words`
    tokens count: as many as the reference has, 0 for all. Ref: Salkar et al. 2022.
    """
    must(n >= 1, "n", n, "at least 1")
    return repeated(generated_tokens(reference, generated, words), n)


def repeated(tokens: Tokens, n: int) -> float:
    """The share of the n-grams that occur in two passages or more; raises DataError where there is no n-gram."""
    grams, passage = tokens.grams(n)
    if not len(grams):
        raise DataError(f"every generated passage is shorter than {n} tokens: lower n.")
    # the passages that each n-gram occurs in: every (n-gram, passage) pair once, then the n-grams alone
    homes = np.unique(grams * len(tokens.starts) + passage) // len(tokens.starts)
    return float((np.bincount(homes)[grams] > 1).mean())


@metric(
    "compression", of="text", title="compression ratio", group="Repetition and copies", bounds=(0, None), better="real"
)
def compression(
    reference: Features, generated: Features, rng: np.random.Generator, *, words: int | None = None
) -> float:
    """How many times smaller zlib makes the generated texts; higher is more repetitive.

    The compression ratio: bytes before over bytes after. It grows with the amount of text, so the first `words` tokens
    count: as many as the reference has, 0 for all. They are joined again with single spaces, a line for each passage,
    in an order that is as good as random; zlib looks back 32 KiB, and misses repeats that lie farther apart.
    Ref: Shaib et al. 2024.
    """
    text = generated_text(reference, generated, words).encode()
    return len(text) / len(zlib.compress(text, SMALLEST))
