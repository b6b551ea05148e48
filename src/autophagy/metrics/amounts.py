"""What the metrics of texts look at: the tokens of both sides, in one vocabulary and in equal amounts.

Nearly every figure of a text changes with its length alone, so both sides are cut to the same number of tokens: by
default to as many as the reference has. Passages come in the order of a hash of what they say, which is as good as a
random one and the same however the rows are ordered; so a cut takes a random part, and no figure depends on the order.
"""

from collections import Counter
from hashlib import blake2b

import numpy as np

from ..core.errors import DataError, must
from ..core.samples import Array, Samples
from ..features.features import Features
from ..text.words import join, tokenize
from .tokens import Tokens, vocabulary

HASH = 8  # bytes: two of a million texts share one with a chance of 3 in 10^8


def reference_tokens(reference: Features) -> Tokens:
    """All tokens of the held-out real texts; raises DataError where there are none."""
    return reference.once("tokens", lambda: Tokens.of(_passages(reference, "reference"), _vocabulary(reference)))


def training_tokens(reference: Features) -> Tokens:
    """All tokens of the real training texts; raises DataError where there are none."""
    return reference.once("training tokens", lambda: Tokens.of(_training(reference), _vocabulary(reference)))


def generated_tokens(reference: Features, generated: Features, words: int | None) -> Tokens:
    """The tokens of the generated texts, cut to the first `words`: None as many as the reference has, 0 all of them.

    Made texts shorter than that stay as they are. Raises DataError where there are none.
    """
    must(words is None or words >= 0, "words", words, "None, 0 or a number of tokens")

    def numbered() -> Tokens:
        passages = _passages(generated, "generated")
        return Tokens.of(passages, vocabulary(passages, _vocabulary(reference)))

    whole = generated.once(("tokens", id(reference)), numbered)
    amount = len(reference_tokens(reference)) if words is None else words
    return head(whole, amount) if amount else whole


def generated_text(reference: Features, generated: Features, words: int | None) -> str:
    """The same tokens as a text, a line for each passage."""
    starts = generated_tokens(reference, generated, words).starts
    passages = _passages(generated, "generated")
    return "\n".join(join(passage[:length]) for passage, length in zip(passages, np.diff(starts), strict=False))


def head(tokens: Tokens, amount: int) -> Tokens:
    """The first so many tokens; the passage that they end in is cut short."""
    if amount >= len(tokens):
        return tokens
    starts = np.append(tokens.starts[tokens.starts < amount], amount)
    return Tokens(tokens.ids[:amount], starts)


def shuffled(texts: Samples) -> list[str]:
    """The texts in the order of a hash of what they say, equal ones apart from one another."""
    if texts.x.dtype.kind not in "UTO":
        raise DataError(f"rows of type {texts.x.dtype} have no words: measure rows of texts.")
    seen: Counter[str] = Counter()
    keyed = []
    for text in texts.x.tolist():
        seen[text] += 1
        keyed.append((blake2b(f"{seen[text]} {text}".encode(), digest_size=HASH).digest(), text))
    return [text for _, text in sorted(keyed)]


def counts(tokens: Tokens) -> Array:
    """How often each word (types,) is there, the most frequent first."""
    times = np.bincount(tokens.ids)  # (vocabulary,)
    return np.sort(times[times > 0])[::-1]


def _passages(side: Features, name: str) -> list[list[str]]:
    passages = side.once("passages", lambda: [tokenize(text) for text in shuffled(side.samples)])
    if not any(passages):
        raise DataError(f"the {len(side)} {name} texts hold no words: check the model or the file.")
    return passages


def _training(reference: Features) -> list[list[str]]:
    if reference.training is None:
        raise DataError("this metric compares with real training texts, and there are none: leave it out.")
    training = reference.training
    passages = reference.once("training passages", lambda: [tokenize(text) for text in shuffled(training)])
    if not any(passages):
        raise DataError(f"the {len(training)} real training texts hold no words: check the file.")
    return passages


def _vocabulary(reference: Features) -> dict[str, int]:
    """The words of the real texts, numbered once a run; generated texts add their own."""

    def numbered() -> dict[str, int]:
        known = vocabulary(_passages(reference, "reference"))
        return known if reference.training is None else vocabulary(_training(reference), known)

    return reference.once("vocabulary", numbered)
