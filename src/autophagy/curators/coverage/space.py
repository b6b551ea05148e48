"""The space of words: texts as short vectors, near each other where their words tend to occur together (LSA)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from zlib import crc32

import numpy as np

from ...core.samples import Array
from ...features.hashed import words_in

COLUMNS = 2**15  # of hashed words
DIMENSIONS = 64  # of the space
SPARE = 10  # dimensions of a random projection beyond those that are wanted
POWERS = 4  # of the matrix that a random projection is taken of
SMALL = 3  # times as many dimensions: below, the decomposition of a dense matrix is the quicker one


@dataclass(frozen=True, eq=False)
class WordSpace:
    """The `weights` (columns,) of hashed words by inverse document frequency, and the `axes` (d, columns)."""

    weights: Array
    axes: Array

    def points(self, texts: Sequence[str | list[str]]) -> Array:
        """The texts in the space (n, d): projections of unit vectors, so that what has no place in it is short."""
        return np.asarray(_weighted(_counts(texts), self.weights) @ self.axes.T)


def word_space(texts: Sequence[str | list[str]], seed: int) -> tuple[WordSpace, Array]:
    """The space of texts, or of lists of words, and these in it (n, d): 64 right singular vectors of their TF-IDF.

    Ref: Deerwester et al. (1990), "Indexing by latent semantic analysis".
    """
    counts = _counts(texts)
    rows = np.bincount(counts.indices, minlength=COLUMNS)  # texts that have the word
    weights = (np.log((1 + len(texts)) / (1 + rows)) + 1).astype(np.float32)
    used = np.flatnonzero(rows)  # most columns are empty: they would only make the decomposition longer
    axes = np.zeros((min(DIMENSIONS, len(texts), len(used)), COLUMNS), np.float32)
    weighted = _weighted(counts, weights)
    axes[:, used] = _right_vectors(weighted[:, used], len(axes), seed)
    return WordSpace(weights, axes), weighted @ axes.T


class _Columns(dict[str, int]):
    """The column of each hashed word."""

    def __missing__(self, word: str) -> int:
        place = self[word] = crc32(word.encode("utf-8", "surrogatepass")) % COLUMNS
        return place


def _counts(texts: Sequence[str | list[str]]) -> Any:
    """How often each hashed word occurs in each text, a sparse (n, columns) float32, damped to 1 + log count."""
    from scipy.sparse import csr_array

    words = [words_in(text) for text in texts]
    ends = np.cumsum([0, *map(len, words)])
    places = np.fromiter(map(_Columns().__getitem__, chain.from_iterable(words)), np.int32, ends[-1])
    counts = csr_array((np.ones(len(places), np.float32), places, ends), (len(words), COLUMNS))
    counts.sum_duplicates()
    counts.data = 1 + np.log(counts.data)
    return counts


def _weighted(counts: Any, weights: Array) -> Any:
    """The counts times the weights, each row of length 1, or 0 where a text has no words."""
    found = counts.copy()
    found.data = counts.data * weights[counts.indices]
    lengths = np.sqrt((found * found).sum(axis=1))
    found.data /= np.repeat(lengths, np.diff(found.indptr))
    return found


def _right_vectors(matrix: Any, d: int, seed: int) -> Array:
    """The first d right singular vectors (d, columns) of a sparse matrix."""
    from scipy.sparse.linalg import ArpackError, svds

    if min(matrix.shape) < SMALL * d:
        return np.linalg.svd(matrix.toarray(), full_matrices=False)[2][:d]
    rng = np.random.default_rng(seed)
    try:
        return np.asarray(svds(matrix, d, rng=rng)[2][::-1])
    except ArpackError:  # many singular values alike, as where texts differ in one word each
        return _by_projection(matrix, d, rng)


def _by_projection(matrix: Any, d: int, rng: np.random.Generator) -> Array:
    """The same by random projection, which always ends.

    Ref: Halko, Martinsson and Tropp (2011), algorithm 4.4.
    """
    basis = rng.standard_normal((matrix.shape[1], d + SPARE), np.float32)
    for _ in range(POWERS):
        basis = np.linalg.qr(matrix.T @ (matrix @ basis))[0]
    return np.asarray(np.linalg.svd(matrix @ basis, full_matrices=False)[2][:d] @ basis.T)
