"""Word laws: how often each word occurs in the sentences of people and of models."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ...core.samples import Array
from .examples import Examples
from .tokens import words

SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")  # where a sentence ends, also in Chinese and Japanese
HUMAN_SENTENCES, MACHINE_SENTENCES = 5, 3  # in which a word must occur to be counted, as in the paper's code


@dataclass(frozen=True, eq=False)
class WordLaws:
    """The log odds of a model against a person for each word that a sentence holds, and for holding none of them."""

    weights: dict[str, float]
    base: float

    @classmethod
    def fit(cls, examples: Examples) -> "WordLaws":
        """The laws of the words that occur in enough sentences of both.

        A word's law is the share of sentences that hold it, each counted once, and words are independent.

        Ref: Liang et al. (2024), "Monitoring AI-Modified Content at Scale", arXiv 2403.07183, section 3.
        """
        human, people = _counts(examples.texts[~examples.machine].tolist())
        machine, models = _counts(examples.texts[examples.machine].tolist())
        known = sorted(word for word in human if human[word] >= HUMAN_SENTENCES and machine[word] >= MACHINE_SENTENCES)
        # half a sentence more on either side, so that a word of every sentence has finite odds
        p = np.array([(human[word] + 0.5) / (people + 1) for word in known])
        q = np.array([(machine[word] + 0.5) / (models + 1) for word in known])
        absent = np.log1p(-q) - np.log1p(-p)
        return cls(dict(zip(known, (np.log(q) - np.log(p) - absent).tolist(), strict=True)), float(absent.sum()))

    def sentences(self, text: str) -> Array:
        """The log likelihood ratio (s,) of each sentence: above 0 where it speaks for a model."""
        return np.array([self.base + sum(map(self._weight, sorted(each))) for each in _sentences(text)])

    def scores(self, texts: Sequence[str]) -> Array:
        """One figure (n,) a text: the sum over its s sentences by the root of s, as sentences of one text are alike."""
        found = [self.sentences(text) for text in texts]
        return np.array([each.sum() / np.sqrt(max(len(each), 1)) for each in found])

    def _weight(self, word: str) -> float:
        return self.weights.get(word, 0.0)


def _sentences(text: str) -> list[set[str]]:
    return [set(words(part)) for part in SENTENCE.split(text) if any(map(str.isalnum, part))]


def _counts(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """In how many sentences each word occurs, and how many there are."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        for sentence in _sentences(text):
            counts.update(sentence)
            total += 1
    return counts, total
