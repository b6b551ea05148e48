"""Likelihood: how likely texts are under an n-gram model of the real rows, as the curators that ask for it need it."""

from functools import lru_cache

import numpy as np

from ..core.errors import UsageError
from ..core.samples import Array, Samples
from ..models.ngram.model import FittedNgram, Ngram


def nats_per_token(batch: Samples, reference: Samples, curator: str) -> Array:
    """The surprise (n,) of each text in nats a token, its end counted, under a 3-gram model of the reference.

    Raises UsageError for numbers, and FitError where the reference holds no words.
    """
    x = texts(batch, curator)
    texts(reference, curator)
    if not len(reference):
        raise UsageError(f"the curator {curator} compares with real texts and there are none: give --reference PATH.")
    fitted = _fitted(reference)
    surprise: Array = -fitted.log_prob(x) / fitted.tokens(x)
    return surprise


def texts(rows: Samples, curator: str) -> Array:
    """The texts (n,); raises UsageError where the rows are numbers."""
    if rows.x.dtype.kind != "T":
        raise UsageError(f"the curator {curator} judges texts and the rows are numbers: leave it out.")
    return rows.x


@lru_cache(maxsize=1)
def _fitted(reference: Samples) -> FittedNgram:
    """The model of the real rows, which are one object for a whole run, so that they are counted once."""
    # a fit of counts draws no random numbers, so the seed does not matter
    return Ngram().fit(reference, np.random.default_rng(0))
