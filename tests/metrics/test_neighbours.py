"""The neighbour metrics: parity with prdc, the papers' rule on ties, and what must not change them."""

import contextlib
import io
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.spatial.distance import cdist

from autophagy.core.errors import DataError, UsageError
from autophagy.core.samples import Samples
from autophagy.features import distances
from autophagy.features.features import FeatureMap, Features, Linear
from autophagy.metrics import neighbours
from autophagy.metrics.neighbours import authenticity, coverage, density, precision, recall

PLAIN = FeatureMap("as given", Linear(0.0))
RNG = np.random.default_rng(0)
FOUR = (precision, recall, density, coverage)


def side(x):
    return Features(Samples.of(np.asarray(x, np.float32)), PLAIN)


def ours(real, made, k=3, strict=False):
    reference, new = side(real), side(made)
    scores = {f.__name__: f(reference, new, RNG, neighbours=k, strict=strict) for f in FOUR}
    return scores | {"authenticity": authenticity(reference, new, RNG)}


def by_definition(real, made, k=3):
    """The papers' definitions (edge inside), from all distances at once in float64."""
    real, made = (np.asarray(x, np.float32).astype(float) for x in (real, made))
    within, across, new = (cdist(a, b, "sqeuclidean") for a, b in ((real, real), (real, made), (made, made)))
    np.fill_diagonal(within, np.inf)
    np.fill_diagonal(new, np.inf)
    radius, made_radius = np.sort(within, axis=1)[:, k - 1], np.sort(new, axis=1)[:, k - 1]
    inside = across <= radius[:, None]
    passed = (across > within.min(axis=1)[:, None]) | (across > across.min(axis=0))
    return {
        "precision": inside.any(axis=0).mean(),
        "recall": (across <= made_radius).any(axis=1).mean(),
        "density": inside.sum() / (k * len(made)),
        "coverage": inside.any(axis=1).mean(),
        "authenticity": passed.all(axis=0).mean(),
    }


@pytest.mark.parametrize(
    ("n", "m", "d", "k"),
    [(300, 300, 2, 3), (900, 700, 5, 3), (1300, 2500, 64, 5), (400, 1500, 20, 7), (7, 9, 3, 5), (40, 2100, 900, 1)],
)
def test_equal_to_prdc_on_continuous_data(n, m, d, k):
    from prdc import compute_prdc

    rng = np.random.default_rng(n)
    real = rng.standard_normal((n, d), np.float32)
    made = np.float32(0.9) * rng.standard_normal((m, d), np.float32) + np.float32(0.1)
    with contextlib.redirect_stdout(io.StringIO()):
        # prdc rounds float32 distances to float32, which makes ties of its own; float64 copies of the rows do not.
        theirs = compute_prdc(real.astype(float), made.astype(float), k)
    for strict in (False, True):
        scores = ours(real, made, k, strict)
        assert {name: scores[name] for name in theirs} == pytest.approx(theirs, abs=1e-9)


def normal(seed, *shape):
    return np.random.default_rng(seed).standard_normal(shape)


def whole(seed, high, *shape):
    return np.random.default_rng(seed).integers(0, high, shape)


GRID = np.stack(np.meshgrid(*[np.arange(3.0)] * 4), axis=-1).reshape(-1, 4)
CASES = {
    "two draws of a grid": (GRID[whole(1, 81, 500)], GRID[whole(2, 81, 400)]),
    "a grid far from 0": (GRID + 1000, GRID[::2] + 1000),
    "constant": (np.ones((30, 4)), np.ones((20, 4))),
    "constant, elsewhere": (np.ones((30, 4)), np.zeros((20, 4))),
    "collapse onto a real row": (normal(3, 200, 6), np.tile(normal(3, 200, 6)[7], (150, 1))),
    "collapse onto two points": (whole(4, 4, 200, 3), np.repeat([[1, 1, 1], [2, 2, 2]], [150, 4], axis=0)),
    "made rows copied from the real ones": (normal(5, 120, 5), normal(5, 120, 5)[:40]),
    "the same rows": (whole(6, 9, 150, 2), whole(6, 9, 150, 2)),
    "binary": (whole(7, 2, 300, 12), whole(8, 2, 300, 12)),
    "signed zeros": ([[0.0, 1], [-0.0, 1], [0, 2], [0, 3], [5, 5]], [[-0.0, 1], [0.0, 1], [0, 2], [0, 9]]),
}


@pytest.mark.parametrize("name", CASES)
def test_the_edge_of_a_ball_is_inside_as_the_papers_have_it(name):
    real, made = CASES[name]
    assert ours(real, made) == pytest.approx(by_definition(real, made), abs=1e-12)


def test_where_prdc_says_0_the_papers_rule_says_1():
    scores, strict = ours(*CASES["constant"]), ours(*CASES["constant"], strict=True)
    assert [scores[f.__name__] for f in (precision, recall, coverage)] == [1, 1, 1]
    assert [strict[f.__name__] for f in FOUR] == [0, 0, 0, 0]


# Clusters so tight that float32 products see one point where there are many, on scales from tiny to vast.
@pytest.mark.parametrize("scale", [1e-30, 1e-6, 1.0, 1e15])
@pytest.mark.parametrize("offset", [0.0, 300.0])
def test_exact_where_float32_products_cannot_tell_the_rows_apart(scale, offset):
    rng = np.random.default_rng(9)
    centres = rng.standard_normal((4, 8)) * 10 + offset
    real, made = (scale * (np.repeat(centres, 60, axis=0) + 1e-4 * rng.standard_normal((240, 8))) for _ in "ab")
    assert ours(real, made) == pytest.approx(by_definition(real, made), abs=1e-12)


def test_a_contracted_model_inside_every_ball():
    rng = np.random.default_rng(10)
    real, made = rng.standard_normal((250, 200)), 0.2 * rng.standard_normal((300, 200))
    scores = ours(real, made)
    assert scores["precision"] == 1
    assert scores["recall"] == 0
    assert scores["density"] > 50
    assert scores == pytest.approx(by_definition(real, made), abs=1e-12)


small = arrays.arrays(np.int8, st.tuples(st.integers(4, 25), st.just(2)), elements=st.integers(0, 4))


@settings(max_examples=150, deadline=None)
@given(small, small)
def test_definitions_on_any_small_grid(real, made):
    assert ours(real, made) == pytest.approx(by_definition(real, made), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(4, 60), st.integers(4, 60))
def test_order_and_place_do_not_matter(seed, d, n, m):
    rng = np.random.default_rng(seed)
    real, made = rng.integers(-8, 8, (n, d)) / 4, rng.integers(-8, 8, (m, d)) / 4
    scores = ours(real, made)
    assert ours(rng.permutation(real), rng.permutation(made)) == pytest.approx(scores, abs=1e-12)
    assert ours(real + 512, made + 512) == pytest.approx(scores, abs=1e-12)
    assert ours(64 * real, 64 * made) == pytest.approx(scores, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(5, 80))
def test_real_rows_scored_as_a_model(seed, n):
    rng = np.random.default_rng(seed)
    real = rng.standard_normal((n, 3))
    assert ours(real, real[rng.permutation(n)[: max(4, n // 2)]])["precision"] == 1
    scores = ours(real, real)
    assert scores["precision"] == scores["recall"] == scores["coverage"] == 1
    assert scores["authenticity"] == 0
    assert ours(real, real + 100)["precision"] == ours(real, real + 100)["recall"] == 0


def test_the_size_of_the_tiles_does_not_matter(monkeypatch):
    rng = np.random.default_rng(11)
    real, made = rng.integers(0, 6, (310, 4)), rng.integers(0, 6, (290, 4))
    continuous = rng.standard_normal((310, 30)), rng.standard_normal((290, 30))
    before = ours(real, made), ours(*continuous)
    monkeypatch.setattr(distances, "TILE", 37)
    monkeypatch.setattr(distances, "PENDING", 50)
    monkeypatch.setattr("autophagy.metrics.neighbours.PIECE", 11)
    assert (ours(real, made), ours(*continuous)) == before
    monkeypatch.setattr("autophagy.metrics.neighbours.CROWDED", 1.0)  # count every near pair one by one
    assert (ours(real, made), ours(*continuous)) == before


def test_the_nearest_are_the_nearest_in_whatever_order_the_rows_come():
    # Rows that come nearer and nearer defeat the running bounds: every tile holds new neighbours.
    x = np.geomspace(1e4, 1e-2, 2500, dtype=np.float32)[:, None]
    _, squared = distances.nearest(x, 4)
    table = np.square(x[:, 0].astype(float)[:, None] - x[:, 0])
    np.fill_diagonal(table, np.inf)
    np.testing.assert_array_equal(squared, np.sort(table, axis=1)[:, :4])


def test_a_row_gone_astray_costs_no_more_than_itself(monkeypatch):
    measured, measure = [], distances.measure

    def counted(x, y, i, j):
        measured.append(len(i))
        return measure(x, y, i, j)

    for room in (distances, neighbours):
        monkeypatch.setattr(room, "measure", counted)
    rng = np.random.default_rng(16)
    real, made = rng.standard_normal((1500, 20)).astype(np.float32), rng.standard_normal((1400, 20)).astype(np.float32)
    made[700] *= 1e6
    scores = ours(real, made)
    assert sum(measured) < 100_000  # of the 5,000,000 pairs; products rounded as for the far row would leave all
    assert scores == pytest.approx(by_definition(real, made), abs=1e-12)


def test_memory_does_not_grow_with_the_square_of_the_rows():
    rng = np.random.default_rng(12)
    peaks = []
    for n in (4000, 8000):
        reference, made = side(rng.standard_normal((n, 8))), side(rng.standard_normal((n, 8)))
        assert reference.x.shape == made.x.shape
        tracemalloc.start()
        recall(reference, made, RNG)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 60e6 < 8000**2 * 4  # one float32 matrix of all the distances would take 256 MB
    assert peaks[1] < 2.5 * peaks[0]


def test_the_reference_side_is_searched_once(monkeypatch):
    calls = []

    def counted(x, k):
        calls.append(len(x))
        return distances.nearest(x, k)

    monkeypatch.setattr("autophagy.metrics.neighbours.nearest", counted)
    rng = np.random.default_rng(13)
    reference = side(rng.standard_normal((50, 3)))
    for _ in range(3):
        made = side(rng.standard_normal((60, 3)))
        for f in (*FOUR, authenticity):
            f(reference, made, RNG)
    assert calls == [50, 60, 60, 60]


def test_too_few_rows_are_named_with_both_numbers():
    rng = np.random.default_rng(14)
    reference, made = side(rng.standard_normal((50, 3))), side(rng.standard_normal((3, 3)))
    with pytest.raises(UsageError, match=r"neighbour 3 need more than 3 rows, and there are 3 generated"):
        recall(reference, made, RNG)
    assert 0 <= precision(reference, made, RNG) <= 1  # needs no made balls
    with pytest.raises(UsageError, match=r"neighbour 50 .* 50 real"):
        coverage(reference, made, RNG, neighbours=50)
    for k in (0, -2):
        with pytest.raises(UsageError):
            precision(reference, made, RNG, neighbours=k)
    with pytest.raises(DataError, match="1 of 4 rows are not finite"):
        precision(reference, side([[0, 0, 0], [1, np.nan, 0], [2, 0, 0], [3, 0, 0]]), RNG)


# The shares of two draws of one law, each near its expectation: over 2,000 rows a share of .8 has a standard error of
# at most .009 were they independent; .04 is more than four of them (false alarm below 1e-4; seeds are fixed besides).
def test_real_against_real_is_not_1():
    rng = np.random.default_rng(15)
    reference, held_out = side(rng.standard_normal((2000, 16))), side(rng.standard_normal((2000, 16)))
    level = precision(reference, held_out, RNG)
    assert 0.7 < level < 0.9
    assert recall(reference, held_out, RNG) == pytest.approx(level, abs=0.04)
    contracted = side(0.85 * held_out.x)
    assert precision(reference, contracted, RNG) > level + 0.05
    assert recall(reference, contracted, RNG) < level - 0.1
