"""Spelling: what word numbers leave unsaid of a text, the letters of unknown words and the white space between words.

A model over words gives <unk> its probability, whatever word stands there, and says nothing of how many blanks part two
words. What both cost in letters makes the probability of a passage one of its characters, as that of a model over bytes
is, so that the two can be compared.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from ...core.samples import Array
from ...text.words import TOKEN, UNKNOWN, Vocabulary
from .tables import Grams, count, probabilities

BYTES, BEGIN, END = 256, 256, 257  # the letters of the spelling model, so that it can spell every word
ORDER = 5  # the longest grams of bytes
FILE = "spelling.json"
PART = re.compile(rf"([^\S\n]*)({TOKEN.pattern})")  # a token with the white space before it
Gaps = dict[str, dict[str, int]]  # the two sides of a gap -> the white space in it -> how often


@dataclass(frozen=True, eq=False)
class Spelling:
    """A model of the bytes of words, learnt from a vocabulary, and the white space seen between kinds of tokens.

    `unknown` is how often the real text itself holds <unk>. Each known word counts once, as a new word would.
    """

    vocabulary: Vocabulary
    unknown: int
    gaps: Gaps

    @classmethod
    def of(cls, texts: Iterable[str], vocabulary: Vocabulary) -> "Spelling":
        """The spelling of real texts."""
        seen: Counter[tuple[str, str, str]] = Counter()
        unknown = 0
        for text in texts:
            tokens, gaps = _parts(text)
            seen.update(gaps)
            unknown += tokens.count(UNKNOWN)
        between: Gaps = {}
        for (before, after, gap), times in seen.items():
            between.setdefault(before + after, {})[gap] = times
        return cls(vocabulary, unknown, between)

    def nats(self, texts: Sequence[str]) -> Array:
        """What the unknown words and the white space of each text cost (n,), in nats, at least 0."""
        known, each = self.vocabulary.numbers, np.zeros(len(texts))
        strange: list[str] = []
        places: list[int] = []
        for place, text in enumerate(texts):
            tokens, gaps = _parts(text)
            each[place] = sum(times * self._gap(before + after, gap) for (before, after, gap), times in gaps.items())
            unknown = [token for token in tokens if not known.get(token)]  # 0 is the number of <unk>
            strange += unknown
            places += [place] * len(unknown)
        if strange:
            np.add.at(each, places, self.spelt(strange))
        return each

    def save(self, folder: Path) -> None:
        """Write what the vocabulary does not hold."""
        (folder / FILE).write_text(json.dumps({"unknown": self.unknown, "gaps": self.gaps}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, vocabulary: Vocabulary) -> "Spelling":
        """Read what `save` wrote."""
        held = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(vocabulary, held["unknown"], held["gaps"])

    def _gap(self, sides: str, gap: str) -> float:
        """A gap between two kinds of tokens: as often as seen between them, else as anywhere, else by its bytes.

        Ref: Witten and Bell (1991), method C, for what is left to gaps that were not seen.
        """
        nats = 0.0
        for counts, total in (self._seen.get(sides, _NONE), self._everywhere):
            if gap in counts:
                return nats - math.log(counts[gap] / (total + len(counts)))
            if counts:
                nats -= math.log(len(counts) / (total + len(counts)))
        return nats + (len(gap.encode(errors="surrogatepass")) + 1) * math.log(BYTES + 1)  # and its end

    @cached_property
    def _seen(self) -> dict[str, tuple[dict[str, int], int]]:
        return {sides: (counts, sum(counts.values())) for sides, counts in self.gaps.items()}

    @cached_property
    def _everywhere(self) -> tuple[dict[str, int], int]:
        counts: Counter[str] = Counter()
        for some in self.gaps.values():
            counts.update(some)
        return dict(counts), sum(counts.values())

    @cached_property
    def _letters(self) -> Grams:
        words = [*self.vocabulary.words[1:], *[UNKNOWN] * self.unknown]
        return count(_bytes(words)[0], ORDER, END + 1, BEGIN, "kneser-ney")

    def spelt(self, words: list[str]) -> Array:
        """Nats of each word (n,), letter by letter and its end."""
        ids, starts = _bytes(words)
        return np.asarray(np.add.reduceat(-np.log(probabilities(self._letters, ids)), starts))


_NONE: tuple[dict[str, int], int] = ({}, 0)


def _bytes(words: list[str]) -> tuple[Array, Array]:
    """The bytes of words in a row, each word between its beginning and its end, and where each begins."""
    rows = [word.encode(errors="surrogatepass") for word in words]
    lengths = np.fromiter(map(len, rows), np.int64, len(rows)) + 2
    ends = np.cumsum(lengths)
    ids = np.empty(int(lengths.sum()), np.int64)
    inside = np.ones(len(ids), bool)
    inside[ends - lengths] = inside[ends - 1] = False
    ids[ends - lengths], ids[ends - 1] = BEGIN, END
    ids[inside] = np.frombuffer(b"".join(rows), np.uint8)
    return ids, ends - lengths


def _parts(text: str) -> tuple[list[str], Counter[tuple[str, str, str]]]:
    """The tokens of a text, and how often each white space stands between which kinds of tokens, the end's included.

    A mark is a kind of its own, and all words are one; a text begins as a line does.
    """
    parts = PART.findall(text)
    tokens = [token for _, token in parts]
    kinds = ["\n", *(token if len(token) == 1 and not token.isalnum() else "w" for token in tokens), ""]
    gaps = [gap for gap, _ in parts]
    gaps.append(text[sum(map(len, gaps)) + sum(map(len, tokens)) :])
    return tokens, Counter(zip(kinds, kinds[1:], gaps, strict=False))
