"""A corpus in chunks: rows are picked by number, and the chunks together are the rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.chunked import Batch, chunks, pick
from autophagy.core.samples import Samples
from chunked import Pieces


def numbered(n):
    return Samples.of([f"row {row}" for row in range(n)], row=np.arange(n))


@given(n=st.integers(0, 25), size=st.integers(1, 30), data=st.data())
def test_rows_are_picked_by_number_whatever_the_chunks(n, size, data):
    wanted = data.draw(st.lists(st.integers(0, n - 1))) if n else []
    for corpus in (Pieces(numbered(n), size), Batch(numbered(n))):
        assert pick(corpus, wanted).x.tolist() == [f"row {row}" for row in wanted]
        assert [text for part in chunks(corpus) for text in part.x.tolist()] == numbered(n).x.tolist()
        assert corpus.sizes.sum() == len(corpus) == n


def count(rows, first):
    return {"first": np.array([first]), "rows": np.array([len(rows)])}


def test_each_chunk_is_judged_once_in_order():
    found = list(Pieces(numbered(23), 10).each("count", count))
    assert [int(part["first"][0]) for part in found] == [0, 10, 20]
    assert [int(part["rows"][0]) for part in found] == [10, 10, 3]


def test_what_works_in_one_process_only_fails_in_pieces():
    with pytest.raises(Exception, match="local object"):  # which Pythons tell in several ways
        list(Pieces(numbered(3), 2).each("local", lambda rows, first: {}))
    with pytest.raises(ValueError, match="allow_pickle"):
        list(Pieces(numbered(3), 2).spread("objects", objects, [1]))


def objects(job):
    return {"texts": np.array([None, "text"], object)}
