"""Topics: what the texts of a corpus are about, found by clustering and named by their typical words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ...context.embed import DEFAULT, find_embedder
from ...core.errors import UsageError
from ...core.samples import Array
from ...features.hashed import lower_words, words_in
from .clusters import clusters
from .space import WordSpace, word_space
from .typical import typical_words

Space = Literal["words", "embeddings"]
RANDOM, LUCKY = 200, 0.99  # texts of random words, and the share of them that must lie near no topic
FAR = 1 / 3  # as near as the median text of the sample: a text that is nearer lies near its topic in any case
NOWHERE = -1  # the topic of a text that is near none


@dataclass(frozen=True, eq=False)
class Topics:
    """Topics as unit vectors `centres` (k, d) in a `space` of words, or in that of the embedder (None).

    A text that is not `near` (a cosine) to any is about none of them. `words` are those that are typical of each.
    """

    centres: Array
    near: float
    words: tuple[tuple[str, ...], ...]
    space: WordSpace | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The topics by their three most typical words, with a number before each."""
        return tuple(f"{number}: {', '.join(words[:3])}" for number, words in enumerate(self.words, 1))

    def place(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """The topic (n,) of each text, -1 where it is near none, and the cosine (n,) to the nearest."""
        if not len(texts) or not len(self.centres):
            return np.full(len(texts), NOWHERE), np.zeros(len(texts))
        cosines = _points(texts, self.space) @ self.centres.T
        nearest = cosines.argmax(axis=1)
        cosine = cosines[np.arange(len(nearest)), nearest]
        return np.where(cosine > self.near, nearest, NOWHERE), cosine.astype(np.float64)


def find_topics(texts: Sequence[str], space: Space = "words", count: int = 0, seed: int = 0) -> Topics:
    """The topics of a sample of texts, as many as `count` says, or as the texts do where it is 0.

    Words are hashed, weighted by TF-IDF and taken to 64 dimensions by a truncated singular value decomposition (LSA);
    k-means finds the topics there. Their number is the largest of 2, 3, 4, 5, 6, 8, 11, 16 .. 64 whose mean silhouette
    comes within a tenth of the best, since coarse topics hide holes, with 20 texts a topic at least; one topic where
    there are fewer than 40 texts. A text is near a topic where it is nearer than 99 % of texts of as many random words
    of the sample, or than a third of the median text's cosine.

    Ref: Deerwester et al. (1990), LSA; Rousseeuw (1987), the silhouette.
    """
    from threadpoolctl import threadpool_limits

    if space not in ("words", "embeddings"):
        raise UsageError(f"topics are found by words or by embeddings, not by {space!r}.")
    if count < 0:
        raise UsageError(f"topics is a number of topics, or 0 for as many as the texts have, not {count}.")
    read = [(text, found) for text in texts if (found := lower_words(text))]
    if not read:
        return Topics(np.zeros((0, 1), np.float32), 0.0, ())
    texts = [text for text, _ in read]
    words: list[str | list[str]] = [found for _, found in read]
    with threadpool_limits(1):  # sums of several threads differ in their last bit
        place, points = word_space(words, seed) if space == "words" else (None, _points(texts, None))
        directions = _unit(points)
        labels = clusters(directions, count, seed)
        centres = _unit(np.stack([directions[labels == topic].mean(axis=0) for topic in range(labels.max() + 1)]))
        random = np.quantile((_points(_random(words, seed), place) @ centres.T).max(axis=1), LUCKY)
        near = min(random, FAR * np.median((points @ centres.T).max(axis=1)))
    return Topics(centres, float(near), typical_words(words, labels), place)


def _points(texts: Sequence[str | list[str]], space: WordSpace | None) -> Array:
    """The texts (n, d) in a space of words, or in that of the embedder."""
    if space is not None:
        return space.points(texts)
    embedder = find_embedder(DEFAULT)
    assert embedder is not None
    return np.asarray(embedder.encode(list(map(str, texts))), np.float32)


def _random(texts: Sequence[str | list[str]], seed: int) -> list[str]:
    """Texts of random words of the vocabulary, as long as some of the texts are."""
    rng = np.random.default_rng(seed)
    chosen = [words_in(texts[row]) for row in rng.integers(len(texts), size=RANDOM)]
    words = np.array(sorted({word for text in texts for word in words_in(text)}), dtype=np.dtypes.StringDType())
    return [" ".join(words[rng.integers(len(words), size=len(each))].tolist()) for each in chosen]


def _unit(points: Array) -> Array:
    length = np.linalg.norm(points, axis=-1, keepdims=True)
    return points / np.where(length > 0, length, 1)
