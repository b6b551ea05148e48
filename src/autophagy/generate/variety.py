"""How varied the made rows are beside the seeds, at an equal number of rows."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.recipe import PoolRow
from ..core.streams import stream
from ..curators.pool import own_words
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN
from .checks import text_of
from .flow import MadeRow

DRAWS = 200
OPENING = 4  # words
Figure = Callable[[Sequence[list[str]]], float]


def variety(made: Sequence[MadeRow], seeds: Sequence[PoolRow], seed: int) -> dict[str, Any]:
    """Each figure of made rows and of seeds, with a 95 % interval over rows drawn with replacement.

    As many rows of each are drawn as the smaller side has, since these figures grow with the number of rows.
    """
    texts = {"made": [own_words(text_of(row.row)) for row in made], "seeds": [own_words(text_of(row)) for row in seeds]}
    size = min(map(len, texts.values()))
    found: dict[str, Any] = {}
    for name, figure in FIGURES.items():
        found[name] = {}
        for side, rows in texts.items():
            found[name][side] = _score(figure, rows, size, stream(seed, f"variety {name} {side}")).json()
    return found


def _score(figure: Figure, rows: Sequence[list[str]], size: int, rng: np.random.Generator) -> Score:
    if size < 2:
        return UNKNOWN
    drawn = [figure([rows[place] for place in rng.choice(len(rows), size, replace=False)]) for _ in range(DRAWS // 10)]
    again = [figure([rows[place] for place in rng.integers(0, len(rows), size)]) for _ in range(DRAWS)]
    value = float(np.mean(drawn))
    half = float(np.quantile(np.abs(np.array(again) - np.mean(again)), 0.95))
    return Score(value, value - half, value + half, size)


def _openings(rows: Sequence[list[str]]) -> float:
    """The share of rows that begin with the commonest opening of 4 words."""
    counts = Counter(tuple(word.lower() for word in row[:OPENING]) for row in rows)
    return max(counts.values()) / len(rows)


def _first_words(rows: Sequence[list[str]]) -> float:
    """The entropy of the first word in bits: most tasks begin with their verb."""
    counts = np.array(list(Counter(row[0].lower() for row in rows if row).values()), float)
    shares = counts / counts.sum() if len(counts) else np.ones(1)
    return float(-(shares * np.log2(shares)).sum())


def _different(rows: Sequence[list[str]]) -> float:
    """The share of all words that are different ones."""
    every = [word.lower() for row in rows for word in row]
    return len(set(every)) / len(every) if every else float("nan")


FIGURES: dict[str, Figure] = {
    "commonest_opening": _openings,
    "first_word_entropy": _first_words,
    "different_words": _different,
}
