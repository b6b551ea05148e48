"""Which rows to label next: those of which the estimator is least sure, and no two alike."""

from collections.abc import Sequence

import numpy as np

from ...core.samples import Array
from ...features.hashed import hashed
from ...text.digests import digests
from .estimator import Estimator

POOL = 10  # candidates for each row that is picked
DRAWN = 5000  # texts among which rows are sought where nothing is known of them yet


def pick_rows(texts: Sequence[str], count: int, estimator: Estimator | None = None, seed: int = 0) -> Array:
    """The numbers of `count` texts to label next, those that are worth most first.

    With an estimator the candidates are the 10 times `count` texts whose probability of being good is nearest to one
    half, without one a sample of 5,000; copies of a text and texts that are labelled already are none. Of the
    candidates each next one is the text least like all that were taken before. Which texts are picked does not hang on
    their order.

    Ref: Lewis and Gale (1994), uncertainty sampling; Sener and Savarese (2018), the greedy cover (k-centre).
    """
    labelled = set(estimator.labelled.texts) if estimator else set()
    first = {text: number for number, text in reversed(list(enumerate(texts))) if text not in labelled}
    rows = np.array(sorted(first.values()), dtype=np.int64)
    ties = digests([texts[row] for row in rows], seed)
    doubt = np.zeros(len(rows))
    if estimator and len(rows):
        chance = estimator.probability(estimator.margin([texts[row] for row in rows]))
        doubt = np.abs(chance - 0.5)
    pool = rows[np.lexsort((ties, doubt))[: max(POOL * count, 0 if estimator else DRAWN)]]
    return pool[_spread([texts[row] for row in pool], min(count, len(pool)))]


def _spread(texts: Sequence[str], count: int) -> Array:
    """The places of `count` texts, beginning with the first, each the least like those before it."""
    if not count:
        return np.zeros(0, np.int64)
    x = hashed(texts, longest=1)
    picked = [0]
    alike = np.asarray((x @ x[0].T).todense()).ravel()  # (n,) cosine to the nearest text that is picked
    alike[0] = np.inf
    while len(picked) < count:
        picked.append(int(np.argmin(alike)))
        alike = np.maximum(alike, np.asarray((x @ x[picked[-1]].T).todense()).ravel())
        alike[picked] = np.inf
    return np.array(picked)
