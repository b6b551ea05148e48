"""How much more a difference of two shares varies because rows come in groups than if each came on its own."""

import math
from collections.abc import Mapping

import numpy as np
from scipy.special import stdtrit

from .intervals import CONFIDENCE
from .paired import NORMAL, effective

LEAST = 10.0  # groups of one size, from which on the spread between groups can be told

Counts = Mapping[str, float]  # by group


def design_effect(a: Counts, b: Counts, rows_of_a: Counts, rows_of_b: Counts) -> float:
    """How many rows of a run tell as much as one that came alone, at least 1: a and b count, by group, what was found.

    It is the linearised variance of the difference between groups, those that both runs have being one, over that of
    independent rows, times what Student's quantile adds for few groups. NaN where too few groups tell nothing.

    Ref: Kish (1965), "Survey sampling", section 5.4; Cochran (1977), "Sampling techniques", section 9A.
    """
    groups = sorted(rows_of_a.keys() | rows_of_b.keys())
    sides = [np.array([[side.get(group, 0.0) for group in groups] for side in run], float)
             for run in ((a, rows_of_a), (b, rows_of_b))]  # fmt: skip
    totals = [rows.sum() for _, rows in sides]
    if not all(totals):
        return math.nan
    weights = sum(rows / total for (_, rows), total in zip(sides, totals, strict=True)) / 2
    many = effective(weights)
    if many < LEAST:
        return math.nan
    shares = [found.sum() / total for (found, _), total in zip(sides, totals, strict=True)]
    moves = [(found - share * rows) / total
             for (found, rows), share, total in zip(sides, shares, totals, strict=True)]  # fmt: skip
    between = many / (many - 1) * float(((moves[1] - moves[0]) ** 2).sum())
    alone = sum(share * (1 - share) / total for share, total in zip(shares, totals, strict=True))
    if alone <= 0:
        return 1.0
    return max(1.0, between / alone * (float(stdtrit(many - 1, (1 + CONFIDENCE) / 2)) / NORMAL) ** 2)
