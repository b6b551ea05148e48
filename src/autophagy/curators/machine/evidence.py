"""Evidence: how much a text speaks for a model, calibrated, with thresholds beyond which something is said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.samples import Array
from .crossing import By, folds, held_out
from .detector import Familiar, Scores
from .examples import Examples, count_words
from .laws import FITS, Law

SHORTEST = 50  # words below which nothing is said of a text
FALSE_ALARMS = 0.01  # the share of human texts above the upper threshold, in the worst of the sources
MISSES = 0.05  # the share of machine texts below the lower threshold
STRANGE = 0.01  # the share of held-out examples that are less familiar than any text of which something is said


@dataclass(frozen=True, eq=False)
class ScoreCalibration:
    """Scores (n, k) as one log likelihood ratio: a logistic regression on scores of texts that were held out."""

    weights: Array
    intercept: float

    @classmethod
    def fit(cls, columns: Array, machine: Array) -> "ScoreCalibration":
        """Fit on scores (n, k) and the truth (n,), people and models weighing the same."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        scale, model = StandardScaler(), LogisticRegression(C=100.0, class_weight="balanced")
        make_pipeline(scale, model).fit(columns, machine)
        # scores that speak for people where they are high say nothing: the sources have nothing in common
        weights = np.maximum(model.coef_[0], 0.0) / scale.scale_
        intercept = model.intercept_[0] - scale.mean_ @ weights if weights.any() else 0.0
        return cls(weights, float(intercept))

    def ratios(self, columns: Array) -> Array:
        """The log likelihood ratio (n,) of a model against a person; 0 says nothing."""
        ratios: Array = columns @ self.weights + self.intercept
        return ratios


@dataclass(frozen=True, eq=False)
class TextEvidence:
    """A detector with its calibration and the thresholds `low` and `high` of the log likelihood ratio.

    Of a text shorter than `shortest` words, less familiar than `strange`, or between the thresholds nothing is said.
    """

    detector: Scores
    calibration: ScoreCalibration
    familiar: Familiar
    low: float
    high: float
    strange: float
    shortest: int

    @classmethod
    def fit(
        cls,
        examples: Examples,
        *,
        shortest: int = SHORTEST,
        false_alarms: float = FALSE_ALARMS,
        thresholds: By = "text",
        law: Law = "detector",
    ) -> "TextEvidence":
        """Fit on examples that are matched in length; calibrated on scores of texts, or sources, that were held out.

        The upper threshold is the highest that any source's human texts ask for, so that none has more than the share
        `false_alarms` above it; the lower leaves 5 % of the texts of models below it.
        """
        fold = folds(examples, thresholds)
        held = held_out(FITS[law], examples, fold)[:, None]
        calibration = ScoreCalibration.fit(held, examples.machine)
        ratios = calibration.ratios(held)
        human = [ratios[~examples.machine & (examples.source == source)] for source in np.unique(examples.source)]
        high = max(float(np.quantile(each, 1 - false_alarms, method="higher")) for each in human if len(each))
        low = min(float(np.quantile(ratios[examples.machine], MISSES)), high)
        strange = float(np.quantile(held_out(Familiar.fit, examples, fold), STRANGE))
        return cls(FITS[law](examples), calibration, Familiar.fit(examples), low, high, strange, shortest)

    def ratios(self, texts: Sequence[str]) -> Array:
        """The log likelihood ratio (n,) of a model against a person for each text."""
        return self.calibration.ratios(self.detector.scores(texts)[:, None])

    def called(self, texts: Sequence[str]) -> Array:
        """Whether a text (n,) reads like those of models, with nothing that speaks against saying so."""
        known = np.array([not why for why in self.unknown(texts)], bool)
        return known & (self.ratios(texts) > self.high)

    def unknown(self, texts: Sequence[str]) -> list[str]:
        """Why nothing can be said of a text, whatever its ratio; "" of one that can be judged."""
        short = [count_words(text) for text in texts]
        strange = self.familiar.scores(texts) < self.strange
        return [
            f"{count} words are too few" if count < self.shortest else "it is unlike all examples" if odd else ""
            for count, odd in zip(short, strange.tolist(), strict=True)
        ]
