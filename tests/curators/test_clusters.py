"""Clusters and the space of words, against scikit-learn's own figures."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from autophagy.curators.coverage.clusters import clusters, silhouette
from autophagy.curators.coverage.space import COLUMNS, WordSpace, word_space


def blobs(number, each=60, d=8, seed=0):
    """Unit vectors in clusters that nothing confuses, and their clusters."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(number), each)
    points = np.eye(d)[truth] * 5 + rng.normal(size=(len(truth), d)) / 3
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32), truth


@pytest.mark.parametrize("labels", [[0, 0, 1, 1, 2, 2], [4, 4, 1, 1, 1, 9], [0, 0, 0, 0, 0, 1]])
def test_the_silhouette_is_that_of_scikit_learn(labels):
    far = np.abs(np.subtract.outer(*[np.array([0, 1, 3.5, 4, 9, 9.5])] * 2))
    assert silhouette(far, np.array(labels)) == pytest.approx(silhouette_score(far, labels, metric="precomputed"))


def test_points_that_are_one_cluster_or_the_same_have_no_silhouette():
    assert silhouette(np.zeros((3, 3)), np.array([5, 5, 5])) == 0
    assert silhouette(np.zeros((4, 4)), np.array([0, 0, 1, 1])) == 0


@pytest.mark.parametrize("number", [2, 3, 5, 8])
def test_as_many_clusters_as_there_are(number):
    points, truth = blobs(number)
    for count in (0, number):
        assert adjusted_rand_score(truth, clusters(points, count, 0)) == 1


def test_few_points_are_one_cluster_and_no_more_than_differ_are_given():
    points, _ = blobs(2, each=19)
    assert set(clusters(points, 0, 0)) == {0}
    assert set(clusters(np.repeat(points[:2], 30, axis=0), 9, 0)) == {0, 1}


def test_the_largest_cluster_comes_first():
    points, truth = blobs(2)
    found = clusters(np.concatenate([points[truth == 0][:20], points[truth == 1]]), 2, 0)
    assert np.bincount(found).tolist() == [60, 20]


@pytest.mark.parametrize("texts", [12, 400])  # decomposed dense, and sparse
def test_the_axes_are_the_first_singular_vectors(texts):
    rng = np.random.default_rng(0)
    words = [f"word{number}" for number in range(300)]
    rows = [[words[at] for at in rng.integers(300, size=30)] for _ in range(texts)]
    space, points = word_space(rows, 0)
    used = np.flatnonzero(np.any(space.axes, axis=0))  # the columns of words
    columns = np.zeros((len(used), COLUMNS), np.float32)
    columns[np.arange(len(used)), used] = 1
    whole = WordSpace(space.weights, columns).points(rows)
    assert np.linalg.norm(whole, axis=1) == pytest.approx(1, abs=1e-5)
    singular = np.linalg.svd(whole.astype(float), compute_uv=False)[: len(space.axes)]
    assert np.linalg.norm(points, axis=0) == pytest.approx(singular, rel=1e-3)
    assert np.allclose(space.points(rows), points, atol=1e-5)


def test_a_text_without_words_is_nowhere():
    space, points = word_space([["a", "b"], [], ["b", "b"]], 0)
    assert np.all(points[1] == 0)
    assert np.all(space.points(["", "?!"]) == 0)


def test_texts_that_differ_in_one_word_each_have_a_space():
    """Singular values that are all alike, at which the iteration of ARPACK stops; the axes are the oracle's."""
    texts = [f"The long text of number {i} says something about the harbour and the sea." for i in range(700)]
    space, points = word_space(texts, 0)
    assert space.axes @ space.axes.T == pytest.approx(np.eye(len(space.axes)), abs=1e-4)
    used = np.flatnonzero(np.any(space.axes, axis=0))
    columns = np.zeros((len(used), COLUMNS), np.float32)
    columns[np.arange(len(used)), used] = 1
    words = WordSpace(space.weights, columns).points(texts)
    own = np.sqrt(np.linalg.eigvalsh(words @ words.T)[::-1][: len(space.axes)])
    assert np.linalg.norm(points, axis=0) == pytest.approx(own, rel=1e-2)
