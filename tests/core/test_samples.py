"""Samples: whatever is done to rows, none gains or loses its provenance."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp

from autophagy import Samples
from autophagy.core.errors import DataError

SOME = st.integers(1, 12)
SOURCES = ["fixed", "fresh", "gaussian", "a name that is quite long"]


@st.composite
def samples(draw, rows=SOME, shape=()):
    """Rows whose first number identifies them, so that their provenance can be looked up."""
    n = draw(rows)
    x = draw(hnp.arrays(np.float64, (n, *shape, 2), elements=st.floats(-1e6, 1e6)))
    generation = draw(hnp.arrays(np.int16, n, elements=st.integers(-1, 30)))
    source = np.array(draw(st.lists(st.sampled_from(SOURCES), min_size=n, max_size=n)))
    label = draw(hnp.arrays(np.int64, n, elements=st.integers(0, 9)))
    return Samples(x, generation, source, {"label": label})


def rows_of(one):
    return [
        (tuple(x.ravel()), int(generation), str(source), int(label))
        for x, generation, source, label in zip(one.x, one.generation, one.source, one.meta["label"], strict=True)
    ]


@given(samples(), st.data())
def test_take_keeps_each_row_whole(one, data):
    index = data.draw(st.lists(st.integers(0, len(one) - 1), max_size=20))
    assert rows_of(one.take(index)) == [rows_of(one)[i] for i in index]
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(one), max_size=len(one))))
    assert rows_of(one.take(mask)) + rows_of(one.take(~mask)) == [
        row for wanted in (True, False) for row, kept in zip(rows_of(one), mask, strict=True) if kept == wanted
    ]


@given(st.lists(samples(), min_size=1, max_size=4))
def test_concat_keeps_every_row_in_order(parts):
    assert rows_of(Samples.concat(parts)) == [row for part in parts for row in rows_of(part)]


@given(st.integers(1, 4), st.lists(st.integers(1, 5), min_size=1, max_size=3), st.data())
def test_concat_run_by_run(runs, sizes, data):
    parts = [data.draw(samples(rows=st.just(size * runs))) for size in sizes]
    joined = Samples.concat(parts, runs).split(runs)
    for run in range(runs):
        assert rows_of(joined[run]) == [row for part in parts for row in rows_of(part.split(runs)[run])]


@given(samples(rows=st.integers(4, 20)), st.integers(1, 4), st.integers(0, 2**32))
def test_cut_draws_rows_without_repeating_any(one, runs, seed):
    one = one.take(np.arange(len(one) // runs * runs))
    each = len(one) // runs
    marked = Samples(one.x, one.generation, one.source, {"label": np.arange(len(one))})
    n = max(1, each // 2)
    cut = marked.cut(n, np.random.default_rng(seed), runs)
    for run, (part, whole) in enumerate(zip(cut.split(runs), marked.split(runs), strict=True)):
        assert len(part) == n
        assert set(rows_of(part)) <= set(rows_of(whole)), run
        assert len(set(part.meta["label"])) == n


def test_cut_is_uniform():
    # 4,000 draws of 3 of 10 rows: each row's share is .3 +- .0072; |z| < 4.5 for ten rows, false alarm below 1e-4
    rng = np.random.default_rng(0)
    batch = Samples.of(np.tile(np.arange(10), 4_000))
    counts = np.bincount(batch.cut(3, rng, runs=4_000).x, minlength=10) / 4_000
    assert np.abs(counts - 0.3).max() < 4.5 * np.sqrt(0.21 / 4_000)


@given(samples())
def test_head_is_the_first_rows(one):
    assert rows_of(one.head(3)) == rows_of(one)[:3]
    assert rows_of(one.head(10**6)) == rows_of(one)


@given(samples(shape=(2,)))
def test_parquet_round_trip(one):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        one.to_parquet(Path(folder) / "rows.parquet")
        back = Samples.from_parquet(Path(folder) / "rows.parquet")
    assert rows_of(back) == rows_of(one)
    assert back.x.shape == one.x.shape
    assert back.digest() == one.digest()


def test_texts_round_trip(tmp_path):
    texts = Samples.of(["one", "", "zwei\n", "三"], prompt=["a", "b", "c", "d"])
    texts.to_parquet(tmp_path / "texts.parquet")
    back = Samples.from_parquet(tmp_path / "texts.parquet")
    assert back.x.tolist() == texts.x.tolist()
    assert back.meta["prompt"].tolist() == ["a", "b", "c", "d"]


@given(samples(), samples())
def test_digest_tells_rows_apart(one, other):
    assert (one.digest() == other.digest()) == (
        rows_of(one) == rows_of(other) and np.array_equal(np.signbit(one.x), np.signbit(other.x))
    )


def test_columns_of_another_length_are_refused():
    with pytest.raises(DataError, match="column label has shape"):
        Samples.of(np.zeros(3), label=np.zeros(2))


def test_rows_of_different_shapes_are_refused():
    with pytest.raises(DataError, match="different shapes"):
        Samples.concat([Samples.of(np.zeros((2, 3))), Samples.of(np.zeros((2, 4)))])
    with pytest.raises(DataError, match="at least one part"):
        Samples.concat([])


@pytest.mark.parametrize("content", [b"", b"not parquet"])
def test_a_broken_parquet_file_is_one_sentence(tmp_path, content):
    path = tmp_path / "broken.parquet"
    path.write_bytes(content)
    with pytest.raises(DataError, match="cannot be read as parquet"):
        Samples.from_parquet(path)


def test_a_line_says_what_rows_are():
    """A list of generations, as a notebook shows it, would be thousands of numbers long."""
    rows = Samples.of(np.ones((1000, 3)), 2, "gaussian", label=np.zeros(1000))
    assert repr(rows) == "<1,000 rows of float64 (3,) with generation, source, label>"
    assert repr(Samples.of(["a", "b"])) == "<2 texts with generation, source>"
