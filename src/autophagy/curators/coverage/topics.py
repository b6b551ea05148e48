"""Topics: what the texts of a corpus are about, found by clustering and named by their typical words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ...context.embed import DEFAULT, find_embedder
from ...core.errors import UsageError
from ...core.samples import Array
from ...features.hashed import hashed, lower_words, words_in
from .typical import typical_words

Space = Literal["words", "embeddings"]
COLUMNS = 2**15  # of hashed words
DIMENSIONS = 64  # of the space in which texts are compared
NUMBERS = (2, 3, 4, 5, 6, 8, 11, 16, 23, 32, 45, 64)  # of topics that are tried, each about root two times the last
FEWEST = 20  # texts a topic has on average at least
AS_GOOD = 0.9  # of the best silhouette: the largest number of topics that reaches it is taken
JUDGED = 2000  # texts whose silhouette is taken
STARTS, FEW_STEPS = 3, 20  # of k-means the best of three starts is taken; one short one shows how good a number is
RANDOM, LUCKY = 200, 0.99  # texts of random words, and the share of them that must lie near no topic
FAR = 1 / 3  # as near as the median text of the sample: a text that is nearer lies near its topic in any case
NOWHERE = -1  # the topic of a text that is near none


@dataclass(frozen=True, eq=False)
class Topics:
    """Topics as unit vectors `centres` (k, d) in a space of words (`weights`, `axes`) or of an embedder (no axes).

    A text that is not `near` (a cosine) to any is about none of them. `words` are those that are typical of each.
    """

    centres: Array
    near: float
    words: tuple[tuple[str, ...], ...]
    weights: Array | None = None
    axes: Array | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The topics by their three most typical words, with a number before each."""
        return tuple(f"{number}: {', '.join(words[:3])}" for number, words in enumerate(self.words, 1))

    def place(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """The topic (n,) of each text, -1 where it is near none, and the cosine (n,) to the nearest."""
        if not len(texts) or not len(self.centres):
            return np.full(len(texts), NOWHERE), np.zeros(len(texts))
        cosines = _points(texts, self.weights, self.axes) @ self.centres.T
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
        weights, axes = _space(words, seed) if space == "words" else (None, None)
        points = _points(words if space == "words" else texts, weights, axes)
        labels = _clustered(_unit(points), count, seed)
        centres = _unit(np.stack([_unit(points)[labels == topic].mean(axis=0) for topic in range(labels.max() + 1)]))
        random = np.quantile((_points(_random(words, seed), weights, axes) @ centres.T).max(axis=1), LUCKY)
        near = min(random, FAR * np.median((points @ centres.T).max(axis=1)))
    return Topics(centres, float(near), typical_words(words, labels), weights, axes)


def _space(texts: Sequence[str | list[str]], seed: int) -> tuple[Array, Array | None]:
    """The weight (columns,) of each hashed word, and the axes (d, columns) of the space."""
    from sklearn.utils.extmath import randomized_svd

    counts = hashed(texts, columns=COLUMNS, longest=1)
    rows = np.bincount(counts.indices, minlength=COLUMNS)  # texts that have the word
    weights = np.log((1 + len(texts)) / (1 + rows)) + 1
    used = np.flatnonzero(rows)  # most columns are empty: they would only make the decomposition longer
    d = min(DIMENSIONS, len(texts), len(used))
    axes: Array = np.zeros((d, COLUMNS), np.float32)
    axes[:, used] = randomized_svd(_weighted(counts, weights)[:, used], d, n_iter=4, random_state=seed)[2]
    return weights.astype(np.float32), axes


def _points(texts: Sequence[str | list[str]], weights: Array | None, axes: Array | None) -> Array:
    """The texts in the space (n, d): projections of unit vectors, so that what has no place in it is short."""
    if weights is None or axes is None:
        embedder = find_embedder(DEFAULT)
        assert embedder is not None
        return np.asarray(embedder.encode(list(map(str, texts))), np.float32)
    return np.asarray(_weighted(hashed(texts, columns=COLUMNS, longest=1), weights) @ axes.T, np.float32)


def _weighted(counts: Any, weights: Array) -> Any:
    from sklearn.preprocessing import normalize

    counts.data = counts.data * weights[counts.indices]
    return normalize(counts, copy=False)


def _clustered(points: Array, count: int, seed: int) -> Array:
    """The topic (n,) of each text, the largest topic first."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    def labels_of(number: int, starts: int = STARTS, most_steps: int = 300) -> Array:
        return KMeans(number, n_init=starts, max_iter=most_steps, random_state=seed).fit(points).labels_

    most = len(np.unique(points, axis=0))
    if count:
        return _by_size(labels_of(min(count, most)))
    tried = [number for number in NUMBERS if number * FEWEST <= len(points) and number < most]
    if not tried:
        return np.zeros(len(points), np.int64)
    judged = points[:JUDGED]
    far = np.maximum(1 - judged @ judged.T, 0)  # the cosine distances, the same for every number
    np.fill_diagonal(far, 0)
    found = [labels_of(number, 1, FEW_STEPS)[:JUDGED] for number in tried]
    scores = [silhouette_score(far, labels, metric="precomputed") for labels in found]
    good = [number for number, score in zip(tried, scores, strict=True) if score >= AS_GOOD * max(scores)]
    return _by_size(labels_of(good[-1] if good else tried[0]))  # none where every silhouette is below 0


def _by_size(labels: Array) -> Array:
    sizes = np.bincount(labels)
    rank = np.empty(len(sizes), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    return rank[labels]


def _random(texts: Sequence[str | list[str]], seed: int) -> list[str]:
    """Texts of random words of the vocabulary, as long as some of the texts are."""
    rng = np.random.default_rng(seed)
    chosen = [words_in(texts[row]) for row in rng.integers(len(texts), size=RANDOM)]
    words = np.array(sorted({word for text in texts for word in words_in(text)}), dtype=np.dtypes.StringDType())
    return [" ".join(words[rng.integers(len(words), size=len(each))].tolist()) for each in chosen]


def _unit(points: Array) -> Array:
    length = np.linalg.norm(points, axis=-1, keepdims=True)
    return points / np.where(length > 0, length, 1)
