"""Detector: texts of people and of models told apart by their runs of words and of word shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ...core.samples import Array
from .examples import READ, Examples, first_words
from .runs import VIEWS, WIDTH, matrix
from .tokens import words

SEEN = 3  # texts in which a run must occur to be counted
STRENGTH = 10.0  # inverse of the ridge penalty
VIEW_COLUMNS = [slice(place * WIDTH, (place + 1) * WIDTH) for place in range(len(VIEWS))]


class Scores(Protocol):
    """What scores texts: the higher, the more a text reads like those of models."""

    def scores(self, texts: Sequence[str]) -> Array:
        """One figure (n,) a text, on a scale of its own."""


@dataclass(frozen=True, eq=False)
class Detector:
    """A logistic regression on the runs of a text, each weighed by how few examples hold it (columns,)."""

    rarity: Array
    weights: Array
    intercept: float

    @classmethod
    def fit(cls, examples: Examples) -> "Detector":
        """Learn from examples, which should be `matched` in length: length alone tells the two apart."""
        from sklearn.linear_model import LogisticRegression

        x = matrix(examples.texts.tolist())
        holders = np.bincount(x.indices, minlength=x.shape[1])  # the examples that hold each run
        used = np.flatnonzero(holders >= min(SEEN, 1 + len(examples) // 100))
        rarity = np.zeros(x.shape[1])
        rarity[used] = 1 + np.log((1 + len(examples)) / (1 + holders[used]))
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
        model.fit(_weighed(x, rarity)[:, used], examples.machine)
        weights = np.zeros(x.shape[1])
        weights[used] = model.coef_[0]
        return cls(rarity, weights, float(model.intercept_[0]))

    def scores(self, texts: Sequence[str]) -> Array:
        """The log odds (n,) of a model, not calibrated."""
        if not len(texts):
            return np.zeros(0)
        scores: Array = _weighed(matrix(texts), self.rarity) @ self.weights + self.intercept
        return scores


def _weighed(x: Any, rarity: Array) -> Any:
    """The rows with each run weighed; each view of a text has length 1, so that long texts weigh the same."""
    from scipy.sparse import hstack
    from sklearn.preprocessing import normalize

    return hstack([normalize(x[:, view] * rarity[view]) for view in VIEW_COLUMNS]).tocsr()


@dataclass(frozen=True, eq=False)
class Familiar:
    """The words of examples, as a measure of how strange another text is to what was learnt of them."""

    known: frozenset[str]

    @classmethod
    def fit(cls, examples: Examples) -> "Familiar":
        """All words of the examples."""
        return cls(frozenset(word for text in examples.texts.tolist() for word in words(text)))

    def scores(self, texts: Sequence[str]) -> Array:
        """The share (n,) of the words of each text that some example holds; 0 of a text without words."""
        found = [words(first_words(text, READ)) for text in texts]
        return np.array([sum(word in self.known for word in each) / max(len(each), 1) for each in found])
