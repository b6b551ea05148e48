"""Outliers: rows that lie far from all real rows."""

import numpy as np

from ..core.decorators import curator
from ..core.errors import UsageError
from ..core.plugin import Verdict
from ..core.samples import Samples
from ..text.percent import percent
from .flat import points


@curator("outlier", of="numbers")
def outlier(
    batch: Samples, reference: Samples, rng: np.random.Generator, *, keep: float = 0.9, neighbours: int = 5
) -> Verdict:
    """Keep the share `keep` of the rows that lie nearest to real data.

    The score of a row is the Euclidean distance to its `neighbours`-th nearest real training row; rows that hold NaN or
    infinity score infinity and are never kept. Of equal scores the earlier row stays.
    """
    from sklearn.neighbors import NearestNeighbors

    if not 0 < keep <= 1:
        raise UsageError(f"keep is a share above 0 and at most 1, not {keep}.")
    if not 1 <= neighbours <= len(reference):
        raise UsageError(f"{neighbours} neighbours cannot be found among {len(reference)} real rows: lower it.")
    x, real = points(batch, reference, "outlier")
    score = np.full(len(x), np.inf)  # (n,) distances, infinite where a row has no place
    finite = np.isfinite(x).all(axis=1)
    if finite.any():
        nearest = NearestNeighbors(n_neighbors=neighbours).fit(real)
        score[finite] = nearest.kneighbors(x[finite])[0][:, -1]
    kept = np.zeros(len(x), bool)
    # stable: of equal scores the earlier row stays
    kept[np.argsort(score, kind="stable")[: round(keep * len(x))]] = True
    return Verdict(kept & finite, score, f"farther from real rows than the nearest {percent(keep, 0)}")
