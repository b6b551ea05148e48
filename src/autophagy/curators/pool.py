"""A pool of texts, each unlike all before it: ROUGE-L of new ones with everything in it, exactly and fast."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..core.errors import DataError, UsageError, must, need
from ..core.machine import available_cores
from ..core.samples import Array
from ..text.words import WORD

THRESHOLD = 0.7  # ROUGE-L. Ref: Wang et al. (2023), Self-Instruct, section 2.2
ROUGE = re.compile("[a-z0-9]+")  # the words of rouge_score, which knows no others
OWN = re.compile(WORD)
WAYS = ("auto", "rouge", "own")
BLOCK, PART = 256, 16_384  # texts that are compared with so many of the pool at a time: a block takes 48 MB
MOST = 0x10FFFF  # different words: each is a character of its own


def rouge_words(text: str) -> list[str]:
    """The words of the package rouge_score without its stemmer: runs of a-z and 0-9 in small letters."""
    return ROUGE.findall(text.lower())


def own_words(text: str) -> list[str]:
    """The words in any script; where no blanks part words, each character is one."""
    return OWN.findall(text.lower())


def words_of(text: str, way: str = "auto") -> list[str]:
    """The words of a text as the package rouge_score has them ("rouge"), or as this project does ("own").

    "auto" takes rouge_score's unless fewer than half of the letters and digits are in them, as in Chinese.
    """
    if way == "own":
        return own_words(text)
    found = rouge_words(text)
    if way == "rouge" or text.isascii():
        return found
    return found if 2 * sum(map(len, found)) >= sum(map(str.isalnum, text)) else own_words(text)


@dataclass(frozen=True)
class Admission:
    """Of each new text (n,): its largest ROUGE-L with the pool, its partner's place there, and whether it is novel.

    The partner is -1 where the pool was empty or has no word in common.
    """

    score: Array
    partner: Array
    novel: Array


class Pool:
    """Texts that are pairwise novel: none has a ROUGE-L F above `threshold` with one that came before it.

    ROUGE-L is the F measure 2 L / (a + b) of the longest common subsequence, of L words, of two texts of a and b words;
    0 for texts without a word. It equals the package rouge_score to rounding. Pairs are compared exactly, one by one,
    some 100 million short ones a second of processor. Raises MissingExtra without the package rapidfuzz.

    Ref: Lin (2004), ROUGE; Wang et al. (2023), Self-Instruct: .7, and what is just as like stays.
    """

    def __init__(self, threshold: float = THRESHOLD, words: str = "auto", workers: int | None = None) -> None:
        must(0 <= threshold <= 1, "threshold", threshold, "a share from 0 to 1")
        if words not in WAYS:
            raise UsageError(f"there are no words {words!r}: choose from {', '.join(WAYS)}.")
        self.threshold, self.words = threshold, words
        self._workers = workers or available_cores()
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []
        need("rapidfuzz", "the novelty of texts")

    def __len__(self) -> int:
        return len(self._texts)

    def extend(self, texts: Iterable[str]) -> None:
        """Add texts that are known, such as seeds, without judging them."""
        self._texts.extend(map(self._encoded, texts))

    def admit(self, texts: Sequence[str]) -> Admission:
        """Judge each text against the pool and the admitted texts before it, and add those that are novel."""
        encoded = list(map(self._encoded, texts))
        parts = [self._admit(encoded[start : start + BLOCK]) for start in range(0, max(1, len(encoded)), BLOCK)]
        score, partner, novel = (np.concatenate(column) for column in zip(*parts, strict=True))
        return Admission(score, partner, novel)

    def nearest(self, text: str, count: int = 10) -> tuple[Array, Array]:
        """The ROUGE-L of the texts of the pool that are most like this one, and their places, the nearest first."""
        query = [self._encoded(text)]
        parts = [_rouge(query, part, self._workers)[0] for _, part in self._parts()]
        scores = np.concatenate([*parts, np.zeros(0)])
        places = np.argsort(-scores, kind="stable")[:count]
        return scores[places], places

    def matrix(self) -> Array:
        """The ROUGE-L (n, n) of each two texts of the pool."""
        return _rouge(self._texts, self._texts, self._workers)

    def _admit(self, block: list[str]) -> tuple[Array, Array, Array]:
        score, partner = np.zeros(len(block)), np.full(len(block), -1)
        for start, part in self._parts():
            _raise(score, partner, *_nearest(_rouge(block, part, self._workers)), start)
        inside = _rouge(block, block, self._workers)
        novel = np.zeros(len(block), bool)
        for row in range(len(block)):
            if score[row] <= self.threshold:
                novel[row] = True
                later = slice(row + 1, None)
                zeros = np.zeros(len(block) - row - 1, np.int64)
                _raise(score[later], partner[later], inside[later, row], zeros, len(self._texts))
                self._texts.append(block[row])
        return score, partner, novel

    def _parts(self) -> list[tuple[int, list[str]]]:
        """The pool a part at a time, each with the place of its first text."""
        return [(start, self._texts[start : start + PART]) for start in range(0, len(self._texts), PART)]

    def _encoded(self, text: str) -> str:
        """A text as one character a word, equal ones for equal words."""
        numbers = self._numbers
        found = [numbers.setdefault(word, len(numbers)) for word in words_of(text, self.words)]
        if len(numbers) > MOST:
            raise DataError(f"the texts have more than {MOST:,} different words: judge the novelty of fewer at a time.")
        return "".join(map(chr, found))


def _rouge(queries: list[str], texts: list[str], workers: int) -> Array:
    """ROUGE-L F (queries, texts) of each pair."""
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cdist

    common: Any = cdist(queries, texts, scorer=LCSseq.similarity, dtype=np.int32, workers=workers)
    total = np.add.outer(list(map(len, queries)), list(map(len, texts)))
    return 2 * common / np.maximum(total, 1)


def _nearest(scores: Array) -> tuple[Array, Array]:
    """The largest of each row, and the first place where it stands."""
    places = scores.argmax(axis=1)
    return scores[np.arange(len(scores)), places], places


def _raise(score: Array, partner: Array, other: Array, places: Array, start: int) -> None:
    """Put the other scores, and the places from `start` on, where they are larger."""
    better = other > score
    score[better] = other[better]
    partner[better] = start + places[better]
