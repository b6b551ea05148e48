"""Perplexity: how well a generation's model foretells held-out real text, and how usual the text is that it makes."""

import math

import numpy as np

from ..core.errors import DataError
from ..core.registry import metric
from ..core.samples import Array
from ..features.features import Features
from ..models.ngram.model import FittedNgram, Ngram
from ..statistics.intervals import Histogram

EDGES = tuple(np.linspace(0.0, 14.0, 57).tolist())  # nats a word, up to a perplexity of a million
NORMAL = 1.96  # standard errors on each side of a 95 % interval


@metric("cross_entropy", of="text")
def cross_entropy(reference: Features, made: Features, rng: np.random.Generator) -> dict[str, float | Histogram]:
    """How badly the generation's model foretells held-out real text, in nats a token and as perplexity exp(nats).

    `cross_entropy_low` and `_high` are the 95 % interval over documents, whose passages are not independent: with s_d
    the nats and n_d the tokens of document d, the ratio sum s / sum n has the variance sum (s_d - ratio n_d)^2 / (sum
    n)^2. `bits_per_character` does not depend on the model's tokens, so that models can be compared by it.

    Raises DataError where the rows were not made by a language model, or it calls some passage impossible.
    Ref: Jelinek et al. (1977); Cochran (1977), equation 6.4, for the ratio.
    """
    fitted, x = made.fitted, reference.samples.x
    if not hasattr(fitted, "log_prob") or not hasattr(fitted, "tokens"):
        raise DataError("cross-entropy is that of a language model, and no such model made these rows.")
    nats, tokens = -fitted.log_prob(x, made.run), fitted.tokens(x)
    impossible = int(np.count_nonzero(~np.isfinite(nats)))
    if impossible:
        raise DataError(
            f"the model calls {impossible} of {len(x)} held-out passages impossible, so that its cross-entropy has no "
            "bound: give it smoothing."
        )
    ratio, error = _ratio(nats, tokens, reference.samples.meta.get("document"))
    characters = sum(len(text) + 1 for text in x.tolist())
    return {
        "cross_entropy": ratio,
        "cross_entropy_low": ratio - NORMAL * error,
        "cross_entropy_high": ratio + NORMAL * error,
        "perplexity": math.exp(min(ratio, 700.0)),
        "bits_per_character": float(nats.sum()) / math.log(2) / characters,
    }


@metric("surprise", of="text")
def surprise(
    reference: Features, made: Features, rng: np.random.Generator, *, order: int = 3
) -> dict[str, float | Histogram]:
    """How unusual the made passages are to a fixed model of the real training text, in nats a word.

    The model is an n-gram of the given order that is fitted once. The mean, the 5 %, 50 % and 95 % quantiles over
    passages, and the histogram: mass that moves to the left is text that has become likely; a longer right end is
    errors that real text does not make.

    Ref: Shumailov et al. (2024), figure 1b.
    """
    if reference.training is None:
        raise DataError("surprise needs the real training texts, which are not known here.")
    training = reference.training
    model: FittedNgram = reference.once(("surprise", order), lambda: Ngram(order).fit(training, rng))
    x = made.samples.x
    nats = -model.log_prob(x) / model.tokens(x)
    low, middle, high = np.quantile(nats, [0.05, 0.5, 0.95])
    return {
        "surprise": float(nats.mean()),
        "surprise_q05": float(low),
        "surprise_q50": float(middle),
        "surprise_q95": float(high),
        "surprise_histogram": Histogram.of(nats, EDGES),
    }


def _ratio(nats: Array, tokens: Array, document: Array | None) -> tuple[float, float]:
    """Nats a token over all passages and its standard error over documents; NaN where there is one alone."""
    if document is None:
        document = np.arange(len(nats))
    _, place = np.unique(document, return_inverse=True)
    s, n = np.bincount(place, nats), np.bincount(place, tokens)
    ratio = float(s.sum() / n.sum())
    if len(s) < 2:
        return ratio, math.nan
    scale = len(s) / (len(s) - 1)
    return ratio, math.sqrt(scale * float(np.square(s - ratio * n).sum())) / float(n.sum())
