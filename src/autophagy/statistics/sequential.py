"""Sequential: what evidence that is looked at again and again comes to: p values, several tasks, and late changes.

Evidence over all answers since the first day hardly moves when a model changes on the hundredth. So it is gathered anew
from every seventh look on as well, and each start has a share of alpha of its own.
"""

import math
from collections.abc import Sequence

EVERY = 7  # looks from one start to the next
FIRST_SHARE = 0.9  # of alpha: that of the first start; the i-th after it has (1 - FIRST_SHARE) / (i (i + 1))


def anytime_p(log_evidence: Sequence[float]) -> float:
    """The p value that holds however often one looked: 1 / the largest evidence so far, 1 at most."""
    return math.exp(-max(0.0, *log_evidence)) if len(log_evidence) else 1.0


def averaged(log_evidence: Sequence[float]) -> float:
    """The log of the mean of several tasks' evidence: evidence that anything changed, however the tasks depend."""
    from scipy.special import logsumexp

    return float(logsumexp(log_evidence) - math.log(len(log_evidence))) if len(log_evidence) else 0.0


def starts(looks: int) -> list[tuple[int, float]]:
    """The looks from which evidence is gathered anew once there are so many, and the share of alpha of each.

    The shares sum to 1 over all starts there will ever be, so evidence may be multiplied by its share and the largest
    product taken. A change that comes late then waits for weeks instead of months.

    Ref: Lorden (1971), "Procedures for reacting to a change in distribution"; Shin, Ramdas and Rinaldo (2024).
    """
    late = ((place * EVERY, (1 - FIRST_SHARE) / (place * (place + 1))) for place in range(1, -(-looks // EVERY)))
    return [(0, FIRST_SHARE), *late]
