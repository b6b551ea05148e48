"""Features: the embedders, their labels, and what is worked out once."""

import gzip
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.core.samples import Samples
from autophagy.features.features import BLOCK, FeatureMap, Features, Linear, build_feature_map


def digits():
    from sklearn.datasets import load_digits

    data = load_digits()
    order = np.random.default_rng(0).permutation(len(data.target))
    x, y = (data.images[order] / 16).astype(np.float32), data.target[order]
    return Samples.of(x[:1300], label=y[:1300]), x[1300:], y[1300:]


@pytest.fixture(scope="module")
def learned():
    real, x, y = digits()
    return build_feature_map("auto", real, np.random.default_rng(1)), real, x, y


# 497 held-out digits: were the accuracy .975, fewer than .96 right would be 2.1 standard errors off (false alarm 2 %);
# seeds are fixed, so this guards the training, not the draw.
def test_the_classifier_knows_the_digits(learned):
    embedder, _, x, y = learned
    made = Features(Samples.of(x), embedder)
    assert embedder.name == "classifier"
    assert made.x.shape == (len(x), 84)
    assert made.x.dtype == np.float32
    assert (made.labels == y).mean() >= 0.97
    assert (embedder.labels(Samples.of(x)) == made.labels).all()


@pytest.fixture
def hasty(monkeypatch):
    """A classifier that learns little: for tests of everything but its accuracy."""
    monkeypatch.setattr("autophagy.features.classifier.STEPS", 20)


def test_the_classifier_is_the_same_from_the_same_stream_and_travels(hasty):
    real, x, _ = digits()
    rows = Samples.of(x[:50])
    embedder, again = (build_feature_map("auto", real, np.random.default_rng(1)) for _ in "ab")
    np.testing.assert_array_equal(again.embed(rows), embedder.embed(rows))
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(embedder)).embed(rows), embedder.embed(rows))
    assert (build_feature_map("auto", real, np.random.default_rng(2)).embed(rows) != embedder.embed(rows)).any()


def test_the_classifier_leaves_the_global_stream_alone(hasty):
    import torch

    before = torch.random.get_rng_state()
    rng = np.random.default_rng(2)
    rows = Samples.of(rng.standard_normal((60, 5, 6, 3), np.float32), label=np.arange(60) % 3)
    features = build_feature_map("classifier", rows, rng).embed(rows)
    assert features.shape == (60, 84)
    assert np.isfinite(features).all()
    assert torch.equal(before, torch.random.get_rng_state())


def test_the_classifier_of_vectors_and_of_words_as_labels():
    rng = np.random.default_rng(3)
    classes = np.array(["east", "north", "west"])
    labels = rng.integers(0, 3, 600)
    x = rng.standard_normal((600, 4)) + 5 * np.eye(3, 4)[labels]
    embedder = build_feature_map("classifier", Samples.of(x[:400], label=classes[labels[:400]]), rng)
    predicted = embedder.labels(Samples.of(x[400:]))
    assert (predicted == classes[labels[400:]]).mean() > 0.95  # the best possible rule is right 98 % of the time


@pytest.mark.slow
def test_mnist_is_known_too(real_data):
    def read(name, header):
        return np.frombuffer(gzip.decompress(real_data(f"mnist/{name}-ubyte.gz").read_bytes()), np.uint8, offset=header)

    x = (read("train-images-idx3", 16).reshape(-1, 28, 28)[:20_000] / 255).astype(np.float32)
    y = read("train-labels-idx1", 8)[:20_000]
    embedder = build_feature_map("auto", Samples.of(x, label=y), np.random.default_rng(4))
    held_out = (read("t10k-images-idx3", 16).reshape(-1, 28, 28)[:5000] / 255).astype(np.float32)
    assert (embedder.labels(Samples.of(held_out)) == read("t10k-labels-idx1", 8)[:5000]).mean() >= 0.97


@pytest.mark.parametrize("name", ["raw", "standard", "pca:12"])
def test_unlearned_features_label_by_the_nearest_real_row(name):
    real, x, y = digits()
    embedder = build_feature_map(name, real, np.random.default_rng(5))
    assert embedder.name == name
    assert (embedder.labels(Samples.of(x)) == y).mean() > 0.9


def test_raw_features_are_centred_and_keep_ties():
    grid = np.random.default_rng(6).integers(0, 17, (200, 6)) / 16
    features = build_feature_map("raw", Samples.of(grid), np.random.default_rng(0)).embed(Samples.of(grid))
    assert np.abs(features.mean(axis=0)).max() < grid.std()
    shift = features - grid
    assert (shift == shift[0]).all()  # exactly: distances on the grid are what they were
    far = build_feature_map("raw", Samples.of(grid + 1e7), np.random.default_rng(0)).embed(Samples.of(grid + 1e7))
    np.testing.assert_allclose(far - far[0], grid - grid[0], atol=1e-7)


def test_standard_features_have_unit_columns_and_keep_constant_ones():
    x = np.random.default_rng(7).standard_normal((500, 3)) * [1, 1e6, 0] + [0, 5, 7]
    features = build_feature_map("standard", Samples.of(x), np.random.default_rng(0)).embed(Samples.of(x))
    np.testing.assert_allclose(features.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(features.std(axis=0), [1, 1, 0], rtol=1e-5)


def test_principal_components_are_those_of_the_singular_value_decomposition():
    rng = np.random.default_rng(8)
    x = rng.standard_normal((300, 3, 4)) @ rng.standard_normal((4, 4))
    features = build_feature_map("pca:5", Samples.of(x), rng).embed(Samples.of(x))
    centred = x.reshape(300, -1) - x.reshape(300, -1).mean(axis=0)
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    np.testing.assert_allclose(np.abs(features), np.abs(u * s)[:, :5], atol=1e-4)
    wide = rng.standard_normal((10, 300))
    assert build_feature_map("auto", Samples.of(wide), rng).embed(Samples.of(wide)).shape == (10, 10)


def test_auto_chooses_by_shape_and_labels(hasty):
    rng = np.random.default_rng(9)

    def choice(*shape, **meta):
        return build_feature_map("auto", Samples.of(rng.standard_normal(shape), **meta), rng).name

    assert choice(40, 2) == choice(40, 64) == choice(40, 3, label=np.arange(40) % 2) == "standard"
    assert choice(40, 65) == choice(40, 8, 8) == "pca"
    assert choice(40, 8, 8, label=np.arange(40)) == "pca"  # as many classes as rows are no classes
    assert choice(40, 8, 8, label=np.arange(40) % 2) == "classifier"


def test_what_cannot_be_embedded_is_said():
    rng = np.random.default_rng(10)
    real = Samples.of(rng.standard_normal((30, 3)))
    for name in ("pcaa", "pca:0", "pca:x", "raw:3"):
        with pytest.raises(UsageError, match=name):
            build_feature_map(name, real, rng)
    with pytest.raises(DataError, match="column `label`"):
        build_feature_map("classifier", real, rng)
    for rows in (["a", "b"], [[np.nan], [1.0]], [[1.0]]):
        with pytest.raises(DataError, match="real rows"):
            build_feature_map("raw", Samples.of(rows), rng)
    with pytest.raises(DataError, match="no numeric features"):
        build_feature_map("raw", real, rng).embed(Samples.of(["some", "texts"]))


@given(st.integers(1, 3 * BLOCK), st.integers(0, 2**32))
def test_equal_rows_have_equal_features_wherever_they_stand(n, seed):
    rng = np.random.default_rng(seed)
    embedder = FeatureMap("mixed", Linear(0.0, 1.0, np.random.default_rng(0).standard_normal((7, 5))))
    x = rng.standard_normal((n, 7), np.float32)
    picked = rng.integers(0, n, 40)
    np.testing.assert_array_equal(embedder.embed(Samples.of(x[picked])), embedder.embed(Samples.of(x))[picked])


def test_rows_are_embedded_once():
    blocks = []
    embedder = FeatureMap("counting", lambda rows: blocks.append(len(rows)) or rows)
    x = np.random.default_rng(11).standard_normal((BLOCK + 3, 2))
    a, same = Features(Samples.of(x), embedder), Features(Samples.of(x.copy(), generation=4, source="other"), embedder)
    assert a.x is a.x is same.x
    assert blocks == [BLOCK, BLOCK]  # blocks of one size, the last one filled up
    np.testing.assert_array_equal(a.x, x.astype(np.float32))
    del a, same
    embedder.embed(Samples.of(x))
    assert len(blocks) == 4  # nobody held the features any more


def test_a_side_keeps_what_it_is_asked_to_keep():
    made = Features(Samples.of(np.eye(3)), FeatureMap("as given", Linear(0.0)))
    calls = []
    assert [made.once("key", lambda: calls.append(1) or 7) for _ in range(3)] == [7, 7, 7]
    assert len(calls) == 1
    assert len(made) == 3
    assert made.labels is None
