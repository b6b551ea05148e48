"""Macro-F1: how well answers tell classes apart, each class as weighty as any other."""

import math
from collections.abc import Sequence

import numpy as np

from .intervals import Score
from .paired import UNKNOWN, UPPER, Floats, wilson


def macro_f1(golds: Sequence[str], said: Sequence[str | None], clusters: Sequence[str] | None = None) -> Score:
    """The mean over the accepted answers of the F1 of saying each; an answer that cannot be read (None) is none.

    `clusters` names the document of each question. The variance is a jackknife's over documents, and the interval
    Wilson's with as many trials as give that variance, so that it is never empty. Documents that all answer alike count
    one trial each.

    Ref: Tukey (1958) for the jackknife; Opitz and Burst (2019), "Macro F1 and Macro F1", for the mean of F1s.
    """
    from scipy.special import stdtrit

    if not len(golds):
        return UNKNOWN
    gold, answer = np.asarray(golds), np.array([each or "" for each in said])
    names = np.unique(gold)
    is_gold, is_said = gold[:, None] == names, answer[:, None] == names  # (questions, classes)
    documents, groups = np.unique(
        np.arange(len(gold)) if clusters is None else np.asarray(clusters), return_inverse=True
    )
    # (3, documents, classes): right, said and accepted, by document
    counts = np.array([_by(groups, len(documents), each) for each in (is_gold & is_said, is_said, is_gold)])
    value = float(_f1(counts.sum(axis=1)))
    n = len(documents)
    if n < 2:
        return Score(value, math.nan, math.nan, len(gold))
    without = _f1(counts.sum(axis=1, keepdims=True) - counts)
    variance = (n - 1) / n * float(np.sum((without - without.mean()) ** 2))
    trials = min(value * (1 - value) / variance, len(gold)) if variance > 0 and 0 < value < 1 else n
    return Score(value, *wilson(value, trials, float(stdtrit(n - 1, UPPER))), len(gold))


def _by(groups: np.ndarray, size: int, flags: np.ndarray) -> Floats:
    """How many rows of each group have each flag, (groups, flags)."""
    totals = np.zeros((size, flags.shape[1]))
    np.add.at(totals, groups, flags)
    return totals


def _f1(counts: Floats) -> Floats:
    """The mean F1 over the classes that were said or accepted, from (3, ..., classes)."""
    right, said, accepted = counts
    total = said + accepted
    each = np.divide(2 * right, total, out=np.full_like(total, math.nan), where=total > 0)
    return np.asarray(np.nanmean(each, axis=-1))
