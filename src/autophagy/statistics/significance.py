"""Tests between arms, what several of them leave standing, and how small a difference a set of questions can show."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .intervals import CONFIDENCE, Score

POWER = 0.8  # the share of runs in which a true difference is to be seen, as is usual (Cohen 1988)


def mcnemar(a: ArrayLike, b: ArrayLike) -> tuple[int, int, float]:
    """How many questions only a and only b gets right, and the exact two-sided p that this is chance.

    `a` and `b` (questions,) hold 1 where the arm is right, 0 where it is not, NaN where it is unknown. Every question
    counts as independent of the others: where documents cluster them, paired.difference has the test. Without a
    question on which the arms disagree p is 1, without any question NaN.

    Ref: McNemar (1947); Edwards (1948) for the exact form.
    """
    from scipy.special import bdtr

    x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    only_a, only_b = int(np.sum((x == 1) & (y == 0))), int(np.sum((x == 0) & (y == 1)))
    if not np.isfinite(x + y).any():
        return 0, 0, math.nan
    differ = only_a + only_b
    return only_a, only_b, min(1.0, 2 * float(bdtr(min(only_a, only_b), differ, 0.5)))


def cochran(marks: ArrayLike) -> tuple[float, float]:
    """Cochran's Q over arms that answered the same questions, and the p that all are equally often right.

    `marks` (arms, questions) holds 0 and 1; a question that an arm lacks is left out. Both are NaN where no question
    tells the arms apart.

    Ref: Cochran (1950), "The comparison of percentages in matched samples".
    """
    from scipy.special import chdtrc

    x = np.asarray(marks, dtype=np.float64)
    x = x[:, np.isfinite(x).all(axis=0)]
    arms = len(x)
    by_arm, by_question = x.sum(axis=1), x.sum(axis=0)  # (arms,), (questions,)
    spread = float(np.sum(by_question * (arms - by_question)))
    if spread == 0:
        return math.nan, math.nan
    q = arms * (arms - 1) * float(np.sum((by_arm - by_arm.mean()) ** 2)) / spread
    return q, float(chdtrc(arms - 1, q))


def holm(p: Sequence[float]) -> list[float]:
    """The p values of several tests, each adjusted so that all together err once in as many runs as one would.

    NaN stays NaN and does not count as a test.

    Ref: Holm (1979), "A simple sequentially rejective multiple test procedure".
    """
    adjusted, largest = [math.nan] * len(p), 0.0
    known = sorted((place for place, value in enumerate(p) if not math.isnan(value)), key=p.__getitem__)
    for rank, place in enumerate(known):
        # no smaller than an adjusted p before it, so that the order of the tests stays
        largest = max(largest, min(1.0, (len(known) - rank) * p[place]))
        adjusted[place] = largest
    return adjusted


def detectable(score: Score) -> float:
    """The smallest true difference that a set of questions with this interval would show in 80 % of runs.

    Ref: Bloom (1995), "Minimum detectable effects"; the standard error is read off the interval's width.
    """
    from scipy.special import ndtri

    z = float(ndtri((1 + CONFIDENCE) / 2))
    return (z + float(ndtri(POWER))) * (score.high - score.low) / (2 * z)


def decisive(score: Score) -> str:
    """Say "decisive" where the interval excludes 0, else "not decisive", of what is unknown too."""
    return "decisive" if score.decided else "not decisive"
