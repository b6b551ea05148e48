"""An n-gram language model over words: exact and fast, and it loses rare words as theory predicts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from ...core.decorators import model
from ...core.errors import FitError, UsageError
from ...core.samples import Array, Samples
from ...text.words import Vocabulary
from .spelling import Spelling
from .tables import Grams, Smoothing, behind, count, probabilities, step, temper

LONGEST = 5_000  # words after which a passage is cut off: a model that no longer predicts ends would not stop


@dataclass(frozen=True)
class FittedNgram:
    """The grams of a text, and the text itself as word numbers, every passage behind its beginning."""

    grams: Grams
    vocabulary: Vocabulary
    ids: Array
    spelling: Spelling = field(repr=False, compare=False)  # of what `log_prob` knows nothing of

    @property
    def runs(self) -> int:
        """One: every seed has counts of its own."""
        return 1

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Array:
        """n passages (n,) of words drawn one after the other from p(w | h)^(1 / bias), normalised."""
        grams = self.grams if bias == 1 else temper(self.grams, bias)
        begin, end = _marks(self.vocabulary)
        words: list[Array] = []
        passages: list[Array] = []
        active = np.arange(n)
        level = np.full(n, min(1, grams.order - 1))
        context = np.full(n, begin if grams.order > 1 else 0)
        while len(active) and len(words) < LONGEST:  # one word of every passage that goes on
            word, level, context = step(grams, level, context, rng)
            going = word != end
            active, level, context = active[going], level[going], context[going]
            words.append(word[going])
            passages.append(active)
        return self._texts(np.concatenate(words), np.concatenate(passages), n)

    def complete(
        self, prompts: Sequence[str], rngs: Sequence[np.random.Generator], *, longest: int, bias: float = 1.0
    ) -> list[tuple[str, bool]]:
        """What goes on behind the beginning of each passage, at most `longest` words, and whether it came to its end.

        Each depends on its own prompt and random numbers alone.
        """
        grams = self.grams if bias == 1 else temper(self.grams, bias)
        begin, _ = _marks(self.vocabulary)
        starts = [np.append(begin, self.vocabulary.encode([prompt])[0]) for prompt in prompts]
        return [self._go_on(grams, ids, rng, min(longest, LONGEST)) for ids, rng in zip(starts, rngs, strict=True)]

    def log_prob(self, x: Array, run: int = 0) -> Array:
        """The natural logarithm of the probability (n,) of each whole passage, its end included."""
        ids, lengths = _framed(self.vocabulary, x.tolist())
        with np.errstate(divide="ignore"):
            each = np.log(probabilities(self.grams, ids))
        ends = np.cumsum(lengths)
        return np.add.reduceat(each, ends - lengths) if len(x) else np.zeros(0)

    def tokens(self, x: Array) -> Array:
        """The words (n,) of each passage, its end counted."""
        return self.vocabulary.encode(x.tolist())[1] + 1

    def save(self, folder: Path) -> None:
        """Write the vocabulary and the text that was counted, which is the shortest form of its own counts."""
        np.savez_compressed(folder / "ngram.npz", ids=self.ids.astype(np.int32))
        (folder / "vocabulary.json").write_text(json.dumps(self.vocabulary.words), encoding="utf-8")
        self.spelling.save(folder)

    def _go_on(self, grams: Grams, ids: Array, rng: np.random.Generator, longest: int) -> tuple[str, bool]:
        words: list[int] = []
        level, context = behind(grams, ids)
        while len(words) < longest:
            word, level, context = step(grams, level, context, rng)
            if word[0] == _marks(self.vocabulary)[1]:
                return self.vocabulary.decode(words), True
            words.append(int(word[0]))
        return self.vocabulary.decode(words), False

    def _texts(self, words: Array, passage: Array, n: int) -> Array:
        order = np.argsort(passage, kind="stable")
        bounds = np.searchsorted(passage[order], np.arange(n + 1))
        flat = words[order].tolist()
        texts = [self.vocabulary.decode(flat[a:b]) for a, b in pairwise(bounds.tolist())]
        return np.array(texts, dtype=np.dtypes.StringDType())


@model("ngram", of="text", also=("markov", "bigram", "trigram"))
@dataclass(frozen=True)
class Ngram:
    """An interpolated n-gram model over words, punctuation marks and line ends.

    `order` is the length of its grams, 1 to 5. `smoothing` is "kneser-ney" (modified, interpolated), "witten-bell" or
    "counts". With plain counts a word that is lost stays lost, so order 1 is the Wright-Fisher loop. The vocabulary is
    that of the real training text; any other word is <unk>. Sampling bias is the temperature: words are drawn from
    p^(1 / bias), normalised.

    Ref: Chen and Goodman (1999); Suresh et al. (2024) for the loop.
    """

    order: int = 3
    smoothing: Smoothing = "kneser-ney"
    vocabulary: Vocabulary | None = field(default=None, kw_only=True, repr=False, compare=False)
    spelling: Spelling | None = field(default=None, kw_only=True, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.order <= 5:
            raise UsageError(f"order is {self.order}: an n-gram model counts 1 to 5 words.")

    def prepare(self, real: Samples, rng: np.random.Generator) -> "Ngram":
        """The model with the vocabulary of the real training text, which all its generations share."""
        vocabulary = Vocabulary.of(_texts(real))
        return replace(self, vocabulary=vocabulary, spelling=Spelling.of(_texts(real), vocabulary))

    def fit(self, train: Samples, rng: np.random.Generator, *, start: Any = None) -> FittedNgram:
        """Count the grams of the passages; `start` changes nothing, the counts are exact.

        Raises FitError for rows that are not texts and for texts without a word.
        """
        vocabulary = self.vocabulary or Vocabulary.of(_texts(train))
        ids, lengths = _framed(vocabulary, _texts(train))
        if len(ids) <= 2 * len(lengths):
            raise FitError("the training texts hold no words: give texts with something in them.")
        return self._fitted(vocabulary, ids, self.spelling or Spelling.of(_texts(train), vocabulary))

    def load(self, folder: Path) -> FittedNgram:
        """Read what `save` wrote."""
        words = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        with np.load(folder / "ngram.npz", allow_pickle=False) as held:
            ids = held["ids"].astype(np.int64)
        vocabulary = Vocabulary(tuple(words))
        return self._fitted(vocabulary, ids, Spelling.load(folder, vocabulary))

    def _fitted(self, vocabulary: Vocabulary, ids: Array, spelling: Spelling) -> FittedNgram:
        begin, end = _marks(vocabulary)
        return FittedNgram(count(ids, self.order, end + 1, begin, self.smoothing), vocabulary, ids, spelling)


def _texts(rows: Samples) -> list[str]:
    if rows.x.dtype.kind != "T":
        raise FitError("an ngram model learns from texts, not from numbers: choose another model or give texts.")
    texts: list[str] = rows.x.tolist()
    return texts


def _marks(vocabulary: Vocabulary) -> tuple[int, int]:
    """The numbers of a passage's beginning and end, after those of the words."""
    return len(vocabulary), len(vocabulary) + 1


def _framed(vocabulary: Vocabulary, texts: list[str]) -> tuple[Array, Array]:
    """All passages in a row, each between its beginning and its end, and their lengths with both."""
    ids, lengths = vocabulary.encode(texts)
    begin, end = _marks(vocabulary)
    framed = np.empty(len(ids) + 2 * len(lengths), np.int64)
    ends = np.cumsum(lengths + 2)
    starts = ends - lengths - 2
    framed[starts], framed[ends - 1] = begin, end
    inside = np.ones(len(framed), bool)
    inside[starts] = inside[ends - 1] = False
    framed[inside] = ids
    return framed, lengths + 2
