"""Best of several: texts compete, and the one that a scorer likes best stays."""

from typing import Literal

import numpy as np

from ..core.decorators import curator
from ..core.errors import UsageError
from ..core.plugin import Verdict
from ..core.samples import Array, Samples
from ..text.words import tokenize
from .likelihood import nats_per_token, texts

Scorer = Literal["likely", "long", "varied"]


@curator("best_of", of="text")
def best_of(
    batch: Samples, reference: Samples, rng: np.random.Generator, *, choices: int = 4, scorer: Scorer = "likely"
) -> Verdict:
    """Keep the best of every `choices` texts, as people pick one of several answers.

    The batch is cut into consecutive groups of `choices`, the last one with what is left over, and the text with the
    highest score stays; of equal ones the earlier. So a generation hands on one row in `choices`. The scorers:
    "likely", the log probability a token under a 3-gram model of the real training text; "long", the number of words;
    "varied", the share of distinct ones among them.

    Choosing is a bias of its own: with synthetic rows alone it converges on what the scorer likes best.

    Ref: Ferbach et al. (2024), "Self-Consuming Generative Models with Curated Data Provably Optimize Human
    Preferences", K-way curation, where the choice is drawn in proportion to exp(reward); here it is the limit of a
    steep reward.
    """
    if choices < 1:
        raise UsageError(f"choices is {choices}: give a whole number of texts that compete, 1 or more.")
    score = _score(batch, reference, scorer)
    group = np.arange(len(score)) // choices  # (n,) the texts that compete have one number
    best_first = np.lexsort((-score, group))  # stable: of equal scores the earlier is first
    kept = np.zeros(len(score), bool)
    kept[best_first[::choices]] = True
    return Verdict(kept, score, f"lost to another of {choices} in the eyes of the scorer {scorer}")


def _score(batch: Samples, reference: Samples, scorer: Scorer) -> Array:
    """The score (n,) of each text; the higher, the better."""
    if scorer == "likely":
        return -nats_per_token(batch, reference, "best_of")
    words = [tokenize(text) for text in texts(batch, "best_of").tolist()]
    count = np.array([len(each) for each in words], float)
    if scorer == "long":
        return count
    # a text without words scores 0
    return np.array([len(set(each)) for each in words], float) / np.maximum(count, 1)
