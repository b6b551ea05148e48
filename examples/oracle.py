"""A curator that knows which half of the rows is the better one, and is right as often as it is told to be.

Better rows of numbers lie nearer to a real training row than the median row does. Better texts have more runs of three
words that stand somewhere in the real training texts. At accuracy .5 the curator guesses, at 1 it never errs; it keeps
half of the rows in any case, so that curators of all accuracies can be compared.

    autophagy loop digits --plugin examples/oracle.py --curator oracle:accuracy=0.7
"""

from functools import lru_cache

import numpy as np

import autophagy
from autophagy.core.plugin import Verdict
from autophagy.text.words import tokenize


@autophagy.curator("oracle", of="any")
def oracle(batch, reference, rng, *, accuracy=0.9):
    """Keep the rows that an estimator of the stated accuracy calls the better half."""
    score = known_runs(batch, reference) if batch.x.dtype.kind == "T" else -distances(batch, reference)
    n, half = len(score), len(score) // 2
    order = np.lexsort((rng.random(n), -score))  # the better half first, ties at random
    hits = rng.binomial(half, accuracy)  # of the rows that it keeps, so many are of the better half
    kept = np.zeros(n, bool)
    kept[rng.choice(order[:half], hits, replace=False)] = True
    kept[rng.choice(order[half:], half - hits, replace=False)] = True
    return Verdict(kept, score, f"called worse by an estimator that is right {100 * accuracy:.0f} % of the time")


def distances(batch, reference):
    """The distance (n,) of each row to the nearest real row."""
    return _tree(reference).query(batch.x.reshape(len(batch), -1))[0]


def known_runs(batch, reference):
    """The share (n,) of each text's runs of three words that real texts have."""
    known = _known(reference)
    return np.array([np.mean([run in known for run in runs(text)] or [0.0]) for text in batch.x.tolist()])


def runs(text):
    """The runs of three words of a text."""
    words = tokenize(text.lower())
    return list(zip(words, words[1:], words[2:], strict=False))


@lru_cache(maxsize=1)
def _known(reference):
    return {run for text in reference.x.tolist() for run in runs(text)}


@lru_cache(maxsize=1)
def _tree(reference):
    from scipy.spatial import cKDTree

    return cKDTree(reference.x.reshape(len(reference), -1))
