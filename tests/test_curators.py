"""Curators: what they keep, what they drop, and what they say of each row.

Run: pytest tests/test_curators.py
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from autophagy.curators.duplicates import duplicates
from autophagy.curators.outlier import outlier
from autophagy.errors import UsageError
from autophagy.samples import Samples


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def points(*rows: list[float]) -> Samples:
    return Samples.of(np.array(rows, float), generation=1, source="model")


FAR = Samples.of(np.full((6, 2), 1e3) + np.arange(6)[:, None])


def test_duplicates_keeps_the_first_of_equal_rows():
    verdict = duplicates(points([0, 1], [2, 3], [0, 1], [-0.0, 1], [2, 3.5]), FAR, rng())
    assert verdict.keep.tolist() == [True, True, False, False, True]
    assert verdict.score.tolist() == [0, 0, 1, 1, 0]


def test_duplicates_drops_copies_of_real_rows_unless_told_otherwise():
    batch, real = points([0, 1], [2, 3]), points([9, 9], [2, 3])
    assert duplicates(batch, real, rng()).keep.tolist() == [True, False]
    assert duplicates(batch, real, rng(), real=False).keep.all()
    assert duplicates(batch, real, rng(), distance=0.1).keep.tolist() == [True, False]
    assert duplicates(batch, real, rng(), distance=0.1, real=False).keep.all()


def test_duplicates_within_a_distance_compares_with_what_was_kept():
    # Row 2 is near row 1 alone, which was dropped, so it stays.
    verdict = duplicates(points([0, 0], [0.9, 0], [1.8, 0], [5, 5]), FAR, rng(), distance=1.0)
    assert verdict.keep.tolist() == [True, False, True, True]
    assert verdict.score[1] == pytest.approx(1 / 1.9)
    assert verdict.reason == "repeats an earlier or a real row within 1"


def one_by_one(x: np.ndarray, real: np.ndarray, distance: float) -> list[bool]:
    """The definition, in a loop."""
    kept, keep = list(real), []
    for row in x:
        keep.append(not kept or cdist([row], kept).min() > distance)
        if keep[-1]:
            kept.append(row)
    return keep


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    n=st.integers(1, 90),
    real=st.integers(1, 20),
    distance=st.floats(0.01, 2.0),
    offset=st.sampled_from([0.0, 1e4]),
    block=st.sampled_from([7, 512]),
)
def test_duplicates_follows_its_definition(seed, n, real, distance, offset, block):
    random = rng(seed)
    x, reference = random.standard_normal((n, 3)) + offset, random.standard_normal((real, 3)) + offset
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autophagy.curators.duplicates.BLOCK", block)
        verdict = duplicates(Samples.of(x), Samples.of(reference), random, distance=distance)
    assert verdict.keep.tolist() == one_by_one(x, reference, distance)
    assert ((verdict.score >= 0) & (verdict.score <= 1)).all()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(1, 60), values=st.integers(1, 5))
def test_exact_duplicates_leave_each_row_once(seed, n, values):
    random = rng(seed)
    x = random.integers(values, size=(n, 2)).astype(np.float32)
    verdict = duplicates(Samples.of(x), FAR, random)
    kept = x[verdict.keep]
    assert len({tuple(row) for row in kept}) == len(kept)
    assert {tuple(row) for row in kept} == {tuple(row) for row in x}


def test_outlier_keeps_the_share_that_lies_nearest():
    random = rng(1)
    real, batch = random.standard_normal((200, 4)), 2 * random.standard_normal((100, 4))
    verdict = outlier(Samples.of(batch), Samples.of(real), random, keep=0.7, neighbours=3)
    expected = np.sort(cdist(batch, real), axis=1)[:, 2]
    np.testing.assert_allclose(verdict.score, expected, rtol=1e-6)
    assert verdict.keep.sum() == 70
    assert expected[verdict.keep].max() <= expected[~verdict.keep].min()
    assert verdict.reason == "farther from real rows than the nearest 70%"


def test_outlier_never_keeps_rows_that_are_not_finite():
    batch = points([0, 0], [np.nan, 0], [np.inf, 1], [0.1, 0])
    verdict = outlier(batch, points([0, 0], [0, 1], [1, 0]), rng(), keep=1.0, neighbours=2)
    assert verdict.keep.tolist() == [True, False, False, True]
    assert not np.isnan(verdict.score).any()


def test_outlier_of_equal_rows_keeps_the_earlier_ones():
    verdict = outlier(points(*[[1, 1]] * 10), points([0, 0], [1, 1]), rng(), keep=0.3, neighbours=1)
    assert verdict.keep.tolist() == [True] * 3 + [False] * 7


def test_rows_that_are_not_finite_are_no_near_duplicates():
    batch = points([0, 0], [np.nan, 0], [np.nan, 0], [0, 0])
    verdict = duplicates(batch, FAR, rng(), distance=0.5)
    assert verdict.keep.tolist() == [True, True, True, False]
    assert not np.isnan(verdict.score).any()


@pytest.mark.parametrize("curate", [duplicates, outlier])
def test_images_are_curated_like_vectors(curate):
    random = rng(3)
    flat, real = random.random((30, 16)).astype(np.float32), random.random((20, 16)).astype(np.float32)
    flat[7] = flat[3]
    as_vectors = curate(Samples.of(flat), Samples.of(real), random)
    as_images = curate(Samples.of(flat.reshape(30, 4, 4)), Samples.of(real.reshape(20, 4, 4)), random)
    np.testing.assert_array_equal(as_images.keep, as_vectors.keep)
    assert not as_images.keep.all()


@pytest.mark.parametrize("curate", [duplicates, outlier])
def test_an_empty_batch_has_an_empty_verdict(curate):
    verdict = curate(FAR.take([]), FAR, rng())
    assert len(verdict.keep) == len(verdict.score) == 0


@pytest.mark.parametrize("curate", [duplicates, outlier])
def test_texts_are_refused_in_one_sentence(curate):
    texts = Samples.of(["a", "b", "c", "d", "e", "f"])
    with pytest.raises(UsageError, match="the rows are texts"):
        curate(texts, texts, rng())


@pytest.mark.parametrize("curate", [duplicates, outlier])
def test_rows_of_other_shape_are_refused(curate):
    with pytest.raises(UsageError, match="same shape"):
        curate(points([0, 0, 0]), FAR, rng())


@pytest.mark.parametrize(
    ("curate", "wrong"),
    [
        (outlier, {"keep": 0.0}),
        (outlier, {"keep": 1.1}),
        (outlier, {"keep": float("nan")}),
        (outlier, {"neighbours": 0}),
        (outlier, {"neighbours": 7}),
        (duplicates, {"distance": -1.0}),
        (duplicates, {"distance": float("nan")}),
        (duplicates, {"distance": float("inf")}),
    ],
)
def test_absurd_settings_are_wrong_use(curate, wrong):
    with pytest.raises(UsageError):
        curate(points([0, 0], [1, 1]), FAR, rng(), **wrong)
