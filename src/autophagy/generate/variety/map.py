"""A map of seeds and made rows: those that use the same words lie near each other."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...core.recipe import PoolRow
from ...core.samples import Array
from ...core.streams import stream
from ...curators.pool import own_words
from ..checks import text_of
from ..made import MadeRow

MOST = 300  # rows of each side that are drawn
VOCABULARY = 2_000  # the commonest words, which tell where a row lies


def map_of(made: Sequence[MadeRow], seeds: Sequence[PoolRow], seed: int) -> dict[str, Any]:
    """Two coordinates of some rows of each side, with the beginnings of their texts.

    They are the first two principal components of the words' weights (tf-idf), rows of length 1.
    """
    rng = stream(seed, "map")
    sides = {"seeds": list(seeds), "made": [row.row for row in made]}
    chosen = {name: [rows[place] for place in _some(len(rows), rng)] for name, rows in sides.items()}
    rows = [row for some in chosen.values() for row in some]
    if len(rows) < 3:
        return {name: [] for name in chosen}
    places = _components(_weights([own_words(text_of(row)) for row in rows]))
    found, start = {}, 0
    for name, some in chosen.items():
        own = places[start : start + len(some)]
        found[name] = [{"x": float(x), "y": float(y), "text": text_of(row)[:120]}
                       for (x, y), row in zip(own, some, strict=True)]  # fmt: skip
        start += len(some)
    return found


def _some(size: int, rng: np.random.Generator) -> list[int]:
    return sorted(rng.choice(size, min(size, MOST), replace=False).tolist()) if size else []


def _weights(rows: Sequence[Sequence[str]]) -> Array:
    """The tf-idf weights (rows, words) of the commonest words, each row of length 1."""
    spread = Counter(word.lower() for row in rows for word in set(row))
    number = {word: place for place, (word, _) in enumerate(spread.most_common(VOCABULARY))}
    weights = np.zeros((len(rows), len(number)))
    for place, row in enumerate(rows):
        for word in row:
            if word.lower() in number:
                weights[place, number[word.lower()]] += 1
    weights *= np.log((1 + len(rows)) / (1 + np.array([spread[word] for word in number])))
    return weights / np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-12)


def _components(weights: Array) -> Array:
    """The first two principal components (rows, 2), each with the sign that makes its largest entry positive."""
    u, s, _ = np.linalg.svd(weights - weights.mean(axis=0), full_matrices=False)
    places = np.zeros((len(weights), 2))
    width = min(2, len(s))
    places[:, :width] = u[:, :width] * s[:width]
    largest = np.take_along_axis(places, np.abs(places).argmax(axis=0)[None], axis=0)
    return np.asarray(places * np.where(largest < 0, -1, 1))
