"""Signals: how alike the texts of a corpus are, beside a human reference; signs of the whole, and of no text in it."""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .tokens import words

OPENING = 4  # words with which a text begins
REPEATED = 5  # words in a row that a text says twice
MOST = 2_000  # texts that are looked at, equally many of both
TITLES = {
    "openings": "Texts that begin with the commonest four words, share",
    "self_repetition": "Runs of five words that stand twice in a text, share",
    "compression": "Size over compressed size",
}
COMPRESSED = 1 << 18  # characters that are compressed together


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign of sameness: its name, its value for the corpus, and for the reference (None where there is none)."""

    name: str
    corpus: float
    reference: float | None

    @property
    def title(self) -> str:
        """What it is, for a reader."""
        return TITLES[self.name]


def signals(corpus: Sequence[str], reference: Sequence[str] = ()) -> list[Signal]:
    """Signs that models made many of the texts, beside the same of human texts of the same kind.

    `openings` is the share of texts that begin with the commonest four words of all, `self_repetition` the share of
    runs of five words that stand twice in one text, and `compression` the size of the texts over their compressed size.
    Equally many texts of both are looked at, as all three grow with the number; they are drawn by their content.

    Ref: Shaib et al. (2024), "Standardizing the measurement of text diversity", arXiv 2403.00553 (compression ratio).
    """
    count = min(MOST, len(corpus), len(reference) or MOST)
    sides = [_drawn(side, count) for side in (corpus, reference) if side]
    each = [
        {"openings": _openings(side), "self_repetition": _repetition(side), "compression": _ratio(side)}
        for side in sides
    ]
    if not each:
        return []
    return [Signal(name, value, each[1][name] if len(each) > 1 else None) for name, value in each[0].items()]


def commonest_opening(texts: Sequence[str]) -> tuple[str, float]:
    """The four words with which most texts begin, and the share that does; ("", 0) without texts of four words."""
    openings = Counter(" ".join(first) for text in texts if len(first := words(text)[:OPENING]) == OPENING)
    if not openings:
        return "", 0.0
    opening, times = max(openings.items(), key=lambda each: (each[1], each[0]))
    return opening, times / len(texts)


def _openings(texts: Sequence[str]) -> float:
    return commonest_opening(texts)[1]


def _repetition(texts: Sequence[str]) -> float:
    """The share of all runs of five words that their text holds elsewhere too."""
    twice = total = 0
    for text in texts:
        found = words(text)
        runs = Counter(" ".join(found[start : start + REPEATED]) for start in range(len(found) - REPEATED + 1))
        twice += sum(times for times in runs.values() if times > 1)
        total += runs.total()
    return twice / total if total else 0.0


def _ratio(texts: Sequence[str]) -> float:
    """Size by compressed size, of as many characters of all sides as are compressed together."""
    data = "\n".join(texts)[:COMPRESSED].encode()
    return len(data) / len(zlib.compress(data, 9)) if data else 1.0


def _drawn(texts: Sequence[str], count: int) -> list[str]:
    """So many of the texts, in an order that follows from their content alone."""
    digests = np.array([zlib.crc32(text.encode()) for text in texts], np.int64)
    order = sorted(range(len(texts)), key=lambda place: (int(digests[place]), texts[place]))
    return [texts[place] for place in order[:count]]
