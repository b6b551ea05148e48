"""The worst of k: what the highest of k draws comes to, from m >= k draws and without bias."""

import math
from collections.abc import Iterable

import numpy as np

from .intervals import finite


def expected_maximum(scores: Iterable[float | None], k: int) -> float:
    """The expected highest score of k draws; NaN where fewer than k of the scores are known.

    The mean of the highest over all choices of k of the m scores: sum over i >= k of x_(i) C(i-1, k-1) / C(m, k). With
    m = k it is the plain maximum.

    Ref: Hoeffding (1948), "A class of statistics with asymptotically normal distribution", of U-statistics.
    """
    ordered = np.sort(finite(scores))
    m = len(ordered)
    if not 0 < k <= m:
        return math.nan
    subsets = math.comb(m, k)
    weights = [math.comb(rank - 1, k - 1) / subsets for rank in range(k, m + 1)]
    return float(np.dot(ordered[k - 1 :], weights))


def chance_of_any(scores: Iterable[float | None], k: int, *, cut: float = 0.5) -> float:
    """The chance that one of k draws scores `cut` or more; NaN where fewer than k of the scores are known.

    1 - C(m-c, k) / C(m, k), where c of the m scores do: the share of all choices of k that hold one.

    Ref: Chen et al. (2021), "Evaluating large language models trained on code", equation 1.
    """
    known = finite(scores)
    m = len(known)
    if not 0 < k <= m:
        return math.nan
    return 1 - math.comb(m - int(np.sum(known >= cut)), k) / math.comb(m, k)
