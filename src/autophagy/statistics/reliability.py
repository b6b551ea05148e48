"""Reliability: how far stated probabilities lie from what happens."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .intervals import CONFIDENCE, Score

BINS = 10  # of equally many predictions, as Naeini et al. (2015) have it
DRAWS = 200  # of the bootstrap of its interval


def calibration_error(probabilities: ArrayLike, happened: ArrayLike, rng: np.random.Generator) -> Score:
    """The expected calibration error of probabilities (n,) for what happened (n,) bool, both outcomes weighing half.

    It is the mean distance, over ten bins of equally many probabilities, between their mean and the share that
    happened. Chance alone keeps it above 0, by some .02 for 2,000 of them. The interval is the percentile bootstrap's.
    NaN with n = 0 where one outcome is missing.

    Ref: Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian binning".
    """
    p, y = np.asarray(probabilities, np.float64), np.asarray(happened, bool)
    if y.all() or not y.any():
        return Score(math.nan, math.nan, math.nan, 0)
    weight = np.where(y, 0.5 / y.sum(), 0.5 / (~y).sum())
    order = np.argsort(p, kind="stable")
    bins = np.empty(len(p), np.int64)
    bins[order] = np.arange(len(p)) * BINS // len(p)
    gaps = weight * (p - y)
    draws = [_error(bins, gaps, rng.multinomial(len(p), np.full(len(p), 1 / len(p)))) for _ in range(DRAWS)]
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.percentile(draws, [tail, 100 - tail])
    return Score(_error(bins, gaps, np.ones(len(p), np.int64)), float(low), float(high), len(p))


def _error(bins: NDArray[np.int64], gaps: NDArray[np.float64], times: NDArray[np.int64]) -> float:
    return float(np.abs(np.bincount(bins, gaps * times, BINS)).sum())
