"""Crossing: every example scored by a detector that has not seen it, nor anything else of its fold."""

import hashlib
from collections.abc import Callable
from typing import Literal

import numpy as np

from ...core.samples import Array
from .detector import Scores
from .examples import FEWEST, Examples

By = Literal["source", "generator", "text"]
MOST = 5  # folds


def folds(examples: Examples, by: By = "source") -> Array:
    """The fold (n,) of each example: all of one source, or one generator, are in one.

    More than five names share folds. Texts of no such name fall into any fold: by "generator" those of people, by
    "source" those of a source that holds people or models alone, by "text" all. So do all where a fold would take away
    too many examples of either kind. Folds follow from the names and the texts alone.
    """
    known = names(examples, by)
    fold = _by_text(examples)
    if by == "text" or len(known) < 2:
        return fold
    number = {name: place % MOST for place, name in enumerate(known)}
    column = examples.source if by == "source" else examples.generator
    named = np.array([number.get(name, -1) for name in column.tolist()])
    named = np.where(named >= 0, named, fold % min(len(known), MOST))
    return named if _enough(examples, named) else fold


def names(examples: Examples, by: By) -> list[str]:
    """The sources that hold texts of people and of models, or the generators, that can be held out."""
    if by == "generator":
        return sorted(set(examples.generator[examples.machine].tolist()) - {""})
    both = set(examples.source[examples.machine].tolist()) & set(examples.source[~examples.machine].tolist())
    return sorted(both - {""})


def held_out(fit: Callable[[Examples], Scores], examples: Examples, fold: Array) -> Array:
    """The score (n,) of each example by what was fitted on the other folds."""
    scores = np.zeros(len(examples))
    for number in np.unique(fold):
        inside = fold == number
        scores[inside] = fit(examples.take(~inside)).scores(examples.texts[inside].tolist())
    return scores


def _by_text(examples: Examples) -> Array:
    digests = [hashlib.blake2b(text.encode(), digest_size=4).digest() for text in examples.texts.tolist()]
    return np.array([int.from_bytes(digest) % MOST for digest in digests], np.int64)


def _enough(examples: Examples, fold: Array) -> bool:
    """Whether enough of both kinds is left without any fold."""
    left = [examples.machine[fold != number] for number in np.unique(fold)]
    return len(left) > 1 and all(min(each.sum(), (~each).sum()) >= FEWEST for each in left)
