"""What an estimator of quality is worth: its AUC, and whether its probabilities mean what they say."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...statistics.auc import auc
from ...statistics.intervals import Score
from ...statistics.paired import mean
from .estimator import Estimator

BINS = 10  # of about as many rows each


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Rows of like probability: what the estimator expected on average, and the share that was good."""

    expected: float
    good: Score


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What is known of an estimator, all of it on rows that it had not seen.

    `auc` is its cross-validated AUC, `brier` the mean squared error of its probabilities and `error` their mean
    distance from the share of good rows, over at most ten bins of about as many rows (the expected calibration error).
    """

    features: str
    rows: int
    good: int
    unlabelled: int
    auc: Score
    brier: float
    error: float
    reliability: tuple[ReliabilityBin, ...]

    @property
    def weak(self) -> bool:
        """Whether its interval does not exclude that it guesses."""
        return not self.auc.low > 0.5

    def json(self) -> dict[str, Any]:
        """The report as JSON has it."""
        names = ("features", "rows", "good", "unlabelled", "brier", "error")
        bins = [{"expected": each.expected, "good": each.good.json()} for each in self.reliability]
        return {**{name: getattr(self, name) for name in names}, "auc": self.auc.json(), "reliability": bins}


def report(estimator: Estimator) -> QualityReport:
    """The report of an estimator, from what it said of each labelled row without having learnt from it."""
    labelled, chances = estimator.labelled, estimator.probabilities
    edges = np.quantile(chances, np.arange(1, BINS) / BINS)  # of equal probabilities all fall into one bin
    places = np.searchsorted(edges, chances, side="right")
    bins = [np.flatnonzero(places == place) for place in np.unique(places)]
    reliability = tuple(ReliabilityBin(float(chances[each].mean()), mean(labelled.good[each])) for each in bins)
    sizes = np.array([len(each) for each in bins])
    gaps = np.array([abs(each.expected - each.good.value) for each in reliability])
    return QualityReport(
        estimator.features,
        len(labelled),
        int(labelled.good.sum()),
        labelled.unlabelled,
        auc(estimator.margins, labelled.good),
        float(np.mean((chances - labelled.good) ** 2)),
        float(gaps @ sizes / sizes.sum()),
        reliability,
    )
