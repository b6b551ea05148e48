"""A corpus on disk gives the same texts as samples and as bytes."""

from dataclasses import replace

import numpy as np
import pytest

from autophagy.core.plugin import Verdict
from autophagy.data.stored.corpus import FOUND, Hands
from autophagy.data.stored.found import Found, place, write_found
from autophagy.data.stored.gather import gather

TEXTS = ["One, which stays.", "", "Zwei – bleibt auch", "three goes", "四 stays", "five goes"]


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "rows.txt").write_text("".join(text + "\n" for text in TEXTS if text), encoding="utf-8")
    return gather([str(tmp_path / "rows.txt")], tmp_path / "corpus", None, Hands()).corpus


@pytest.mark.parametrize("at", [None, [], [0], [2, 0]])
@pytest.mark.parametrize("gone", [(), (2, 4)])
def test_texts_as_bytes_are_those_of_the_rows(corpus, at, gone):
    if gone:
        keep = np.isin(np.arange(len(corpus)), gone, invert=True)
        found = Found.of(Verdict(keep, np.zeros(len(keep)), "it does"), np.arange(len(keep)))
        write_found(place(corpus.folder / FOUND, "some", 0), found)
        corpus = replace(corpus, without=("some",))
    some = None if at is None else np.array(at, np.int64)
    texts = corpus.encoded(0, some)
    read = corpus.chunk(0, some).x.tolist()
    assert [texts.text(row) for row in range(len(texts))] == read
    assert len(read) == (len(corpus) if at is None else len(at))
