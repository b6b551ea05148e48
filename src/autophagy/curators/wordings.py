"""Wordings: which words texts use, so that two of them can be held against each other without reading them again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.chunked import Facts
from ..core.samples import Array
from ..text.runs import words as words_of

STEM = 5  # first letters of a word that tell what it is about: painter and painting are one
_DENIALS = """
no not never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt
shouldnt couldnt hasnt havent hadnt mustnt
"""
DENIALS = frozenset(_DENIALS.split())


@dataclass(frozen=True)
class Wordings:
    """The words of texts by number, sorted and without repetitions, each with a weight that grows as it gets rarer.

    Row i has `words[bounds[i] : bounds[i + 1]]`; `numbers` likewise are what holds a digit, `denies` (n,) whether a
    text denies something, in English.
    """

    words: Array
    bounds: Array
    weights: Array
    numbers: Array
    number_bounds: Array
    denies: Array

    def overlap(self, row: int, other: int) -> float:
        """The share of the words of one text, the one with less weight, that stand in the other too."""
        mine, theirs = (slice(*self.bounds[[each, each + 1]]) for each in (row, other))
        common = np.isin(self.words[mine], self.words[theirs], assume_unique=True)
        least = min(self.weights[mine].sum(), self.weights[theirs].sum())
        return float(self.weights[mine][common].sum() / least) if least > 0 else 0.0

    def confirm(self, row: int, other: int, least: float) -> bool:
        """Whether two texts have this overlap, the same numbers as far as both have any, and deny alike."""
        mine, theirs = (set(self.numbers[slice(*self.number_bounds[[each, each + 1]])]) for each in (row, other))
        if not (mine <= theirs or theirs <= mine) or self.denies[row] != self.denies[other]:
            return False
        return self.overlap(row, other) >= least


def wording(texts: Sequence[str]) -> Facts:
    """What is known of the words of some texts, to be put together by `all_wordings`."""
    read = [words_of(text) for text in texts]
    stems = [sorted({_number(word[:STEM]) for word in found}) for found in read]
    numbers = [sorted({_number(word) for word in found if any(map(str.isdigit, word))}) for found in read]
    denies = [any(word in DENIALS for word in found) for found in read]
    return {
        "words": np.array([word for found in stems for word in found], np.uint64),
        "counts": np.array(list(map(len, stems)), np.int64),
        "numbers": np.array([word for found in numbers for word in found], np.uint64),
        "number_counts": np.array(list(map(len, numbers)), np.int64),
        "denies": np.array(denies, bool),
    }


def all_wordings(facts: Sequence[Facts]) -> Wordings:
    """The wordings of all parts. The weight of a word is the logarithm of how many texts there are for each with it."""
    names = ("words", "counts", "numbers", "number_counts", "denies")
    words, counts, numbers, number_counts, denies = (np.concatenate([each[name] for each in facts]) for name in names)
    _, which, times = np.unique(words, return_inverse=True, return_counts=True)
    weights = np.log(len(counts) + 1) - np.log(times)[which]
    return Wordings(words, _bounds(counts), weights, numbers, _bounds(number_counts), denies)


def _bounds(counts: Array) -> Array:
    return np.concatenate([[0], np.cumsum(counts)])


def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(errors="surrogatepass"), digest_size=8).digest(), "little")
