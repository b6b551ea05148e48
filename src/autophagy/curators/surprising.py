"""Surprising texts: those that real text does not make one expect."""

import numpy as np

from ..core.decorators import curator
from ..core.errors import UsageError
from ..core.plugin import Verdict
from ..core.samples import Samples
from ..text.percent import percent
from .likelihood import nats_per_token


@curator("surprising", of="text")
def surprising(batch: Samples, reference: Samples, rng: np.random.Generator, *, keep: float = 0.9) -> Verdict:
    """Keep the most surprising share `keep` of the texts, and drop the most predictable ones.

    The score of a text is its surprise in nats a token under a 3-gram model of the real training text; of equal scores
    the earlier text stays. Nonsense surprises too: where a model makes much of it, look at what stays.

    Ref: Gambetta et al. (2024), "Learning by Surprise", where training on the least surprising documents collapses
    fastest and high-surprise filtering mitigates it; the surprise there is the trained model's own.
    """
    if not 0 < keep <= 1:
        raise UsageError(f"keep is a share above 0 and at most 1, not {keep}.")
    surprise = nats_per_token(batch, reference, "surprising")
    kept = np.zeros(len(surprise), bool)
    # the most surprising first; stable, so that of equal ones the earlier stays
    kept[np.argsort(-surprise, kind="stable")[: round(keep * len(surprise))]] = True
    return Verdict(kept, surprise, f"less surprising than the most surprising {percent(keep, 0)}")
