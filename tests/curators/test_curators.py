"""Curators: what they keep, what they drop, and what they say of each row.

Run: pytest tests/test_curators.py
"""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from autophagy import LoopSpec, curator
from autophagy.core.errors import UsageError
from autophagy.core.plugin import Verdict
from autophagy.core.registry import entries
from autophagy.core.samples import Samples
from autophagy.curators import duplicates as copies
from autophagy.curators.best_of import best_of
from autophagy.curators.curate import judged
from autophagy.curators.outlier import outlier
from autophagy.curators.surprising import surprising
from autophagy.loop.loop import steps
from autophagy.loop.plan import make_plan
from autophagy.models.ngram.model import Ngram
from autophagy.testing.fixtures import texts


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def duplicates(batch: Samples, reference: Samples, rng: np.random.Generator, **settings) -> Verdict:
    return judged(partial(copies.duplicates, **settings), batch, reference, rng)


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
        patch.setattr("autophagy.curators.duplicates.numbers.BLOCK", block)
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
    assert verdict.reason == "farther from real rows than the nearest 70 %"


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


def test_texts_are_refused_in_one_sentence():
    with pytest.raises(UsageError, match="the rows are texts"):
        outlier(texts(10), texts(10), rng())
    with pytest.raises(UsageError, match="texts have no distance"):
        duplicates(texts(10), texts(10), rng(), distance=0.5)


@pytest.mark.parametrize("curate", [best_of, surprising])
def test_numbers_are_refused_in_one_sentence(curate):
    with pytest.raises(UsageError, match="the rows are numbers"):
        curate(FAR, FAR, rng())


def test_near_duplicates_are_found_among_more_real_rows_than_fit_one_block(monkeypatch):
    monkeypatch.setattr("autophagy.curators.duplicates.numbers.BLOCK", 2)
    real = np.arange(100.0)[:, None]
    batch = np.array([[3.01], [98.9], [200.0], [99.01]])
    verdict = duplicates(Samples.of(batch), Samples.of(real), rng(), distance=0.05)
    assert verdict.keep.tolist() == [False, True, True, False]


# --- texts that compete


def surprise(batch: Samples, real: Samples) -> np.ndarray:
    """Nats a token, one text at a time."""
    fitted = Ngram().fit(real, rng())
    return np.array(
        [-fitted.log_prob(batch.take([i]).x)[0] / fitted.tokens(batch.take([i]).x)[0] for i in range(len(batch))]
    )


@settings(max_examples=30, deadline=None)
@given(scores=st.lists(st.integers(0, 3), min_size=1, max_size=40), choices=st.integers(1, 9))
def test_best_of_keeps_the_first_best_of_each_group(scores, choices):
    batch = Samples.of(["word " * score for score in scores])
    verdict = best_of(batch, texts(5), rng(), choices=choices, scorer="long")
    assert verdict.score.tolist() == scores
    expected = []
    for start in range(0, len(scores), choices):
        group = scores[start : start + choices]
        expected += [place == group.index(max(group)) for place in range(len(group))]
    assert verdict.keep.tolist() == expected


def test_best_of_by_likelihood_and_by_variety():
    batch, real = texts(40, 3), texts(200)
    likely = best_of(batch, real, rng(), choices=5)
    np.testing.assert_allclose(likely.score, -surprise(batch, real))
    assert likely.keep.reshape(8, 5).sum(axis=1).tolist() == [1] * 8
    assert (likely.score.reshape(8, 5).argmax(axis=1) == likely.keep.reshape(8, 5).argmax(axis=1)).all()
    varied = best_of(Samples.of(["a a a", "a b", "a a b b", ""]), real, rng(), choices=2, scorer="varied")
    assert varied.score.tolist() == [1 / 3, 1, 0.5, 0]
    assert varied.keep.tolist() == [False, True, True, False]


def test_surprising_drops_what_real_text_makes_one_expect():
    batch, real = texts(40, 3), texts(200)
    verdict = surprising(batch, real, rng(), keep=0.75)
    expected = surprise(batch, real)
    np.testing.assert_allclose(verdict.score, expected)
    assert verdict.keep.sum() == 30
    assert expected[verdict.keep].min() >= expected[~verdict.keep].max()
    same = Samples.of(["the same text"] * 10)
    assert surprising(same, real, rng(), keep=0.3).keep.tolist() == [True] * 3 + [False] * 7


def test_what_is_measured_follows_the_reference():
    """The counts of the real rows are kept from call to call, but not for other real rows."""
    batch = Samples.of(["a a a", "b b b"])
    for likely in "ab":
        real = Samples.of([f"{likely} {likely} {likely} {likely}", "a b"] * 20)
        assert best_of(batch, real, rng(), choices=2).keep.tolist() == [likely == "a", likely == "b"]


# --- what a curator of a run is shown


@pytest.mark.parametrize("words", [{}, {"regimes": ["fresh"], "fresh": 5, "samples": 20}])
def test_a_curator_of_a_run_never_sees_a_held_out_row(tmp_path, own_registry, words):
    np.save(tmp_path / "rows.npy", np.arange(200.0).reshape(100, 2))
    seen = []

    @curator("watching")
    def watching(batch, reference, rng):
        """Keep all."""
        seen.append(reference)
        return Verdict(np.ones(len(batch), bool), np.zeros(len(batch)), "nothing")

    spec = LoopSpec(str(tmp_path / "rows.npy"), generations=3, seeds=2, curators=["watching"], **words)
    plan = make_plan(spec)
    for seed in range(2):
        assert len(list(steps(plan, next(iter(plan.regimes)), (seed,)))) == 3
    held_out = set(plan.reference.x[:, 0])
    assert len(seen) == 6
    assert len(held_out) == 20
    for reference in seen:
        assert reference is seen[0], "what depends on the real rows alone could not be kept"
        assert set(reference.x[:, 0]) == set(np.arange(0.0, 200.0, 2)) - held_out


def test_the_curators_of_numbers_are_these_and_all_others_judge_texts():
    """The contract suite shows texts to the others: a curator that forgets to say so fails here."""
    numbers = {name: entry.of for name, entry in entries("curator").items() if entry.of not in ("text", "pairs")}
    assert numbers == {"duplicates": "any", "outlier": "numbers"}


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
        (duplicates, {"similarity": 0.0}),
        (duplicates, {"similarity": 1.1}),
        (duplicates, {"similarity": float("nan")}),
        (best_of, {"choices": 0}),
        (surprising, {"keep": 0.0}),
        (surprising, {"keep": 1.1}),
        (surprising, {"keep": float("nan")}),
    ],
)
def test_absurd_settings_are_wrong_use(curate, wrong):
    both = (points([0, 0], [1, 1]), FAR) if curate in (duplicates, outlier) else (texts(2), texts(20))
    with pytest.raises(UsageError, match=r"keep is|neighbours cannot|distance must|choices is|similarity is"):
        curate(*both, rng(), **wrong)
