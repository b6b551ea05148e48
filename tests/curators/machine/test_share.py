"""The share of machine text: mixtures of two known word laws, whose truth is known, and what no order may change.

Run: pytest tests/curators/machine/test_share.py
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from autophagy.core.chunked import Batch
from autophagy.core.errors import DataError
from autophagy.core.samples import Samples
from autophagy.curators.machine.crossing import folds
from autophagy.curators.machine.examples import Examples, matched
from autophagy.curators.machine.mixture import binned, share
from autophagy.curators.machine.share import ShareLaw, estimated, machine_share
from autophagy.curators.machine.word_laws import WordLaws

WORDS = np.array([f"w{number}" for number in range(40)])
PEOPLE = np.arange(40, 0, -1.0) / np.arange(40, 0, -1.0).sum()
MODELS = np.roll(PEOPLE, 8)  # some words that people use much are rare in models
ALIKE = np.full(40, 1 / 40)


def drawn(law, n, rng, length=40):
    return [" ".join(rng.choice(WORDS, length, p=law)) + "." for _ in range(n)]


def mixture(share_, n, rng, models=MODELS):
    machine = round(share_ * n)
    return drawn(models, machine, rng) + drawn(PEOPLE, n - machine, rng)


@pytest.fixture(scope="module")
def fitted():
    rng = np.random.default_rng(7)
    return ShareLaw.fit(matched(Examples.two(drawn(PEOPLE, 300, rng), drawn(MODELS, 300, rng))))


@pytest.mark.parametrize("truth", [0.0, 0.05, 0.25, 0.5, 0.75, 1.0])
def test_the_truth_lies_within_the_interval(fitted, truth):
    """Of 20 corpora at a coverage of 95 %: fewer than 16 have a chance of 3 in 1,000, each truth."""
    held = 0
    for seed in range(20):
        found = estimated(mixture(truth, 200, np.random.default_rng(seed)), fitted, draws=4)
        held += found.low <= truth <= found.high
        assert abs(found.value - truth) < 0.15
        assert found.n == 200
    assert held >= 16


def test_the_detector_s_law_finds_the_share_too():
    rng = np.random.default_rng(3)
    human, machine = drawn(PEOPLE, 100, rng), drawn(MODELS, 100, rng)
    found = machine_share(mixture(0.25, 200, rng), human, machine, law="detector", draws=4)
    assert found.low <= 0.25 <= found.high
    assert found.value == pytest.approx(0.25, abs=0.1)


@pytest.mark.parametrize(("rare", "by"), [(2, "text"), (40, "source")])
def test_it_is_told_whether_whole_sources_were_held_out(rare, by):
    """Where one source has nearly all examples, a fold of it would leave too few, and texts are held out."""
    rng = np.random.default_rng(5)
    both = Examples.two(drawn(PEOPLE, 60 + rare, rng), drawn(MODELS, 60 + rare, rng))
    source = np.where(np.arange(60 + rare) < rare, "rare", "common")
    law = ShareLaw.fit(replace(both, source=np.concatenate([source, source]).astype(both.source.dtype)))
    assert law.held_out_by == by
    assert law.off == np.abs(law.tried - np.array([0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])).max()


def test_laws_that_do_not_differ_leave_the_share_unknown():
    rng = np.random.default_rng(1)
    for _ in range(4):
        human, machine = drawn(ALIKE, 100, rng), drawn(ALIKE, 100, rng)
        found = machine_share(drawn(ALIKE, 100, rng), human, machine, draws=4)
        assert np.isnan(found.value) or found.high - found.low > 0.5


def test_an_estimate_that_never_moves_may_have_any_truth(fitted):
    """Where the folds estimate 0 of every mixture, an estimate of 0 says nothing."""
    still = replace(fitted)
    still.__dict__["tried"] = np.zeros((2, 7))
    assert still.wrong(0.0) == (0.0, 1.0)
    assert max(fitted.wrong(0.5)) < 0.25


def test_neither_order_nor_chunks_change_the_share(fitted):
    corpus = mixture(0.5, 60, np.random.default_rng(2))
    whole = estimated(corpus, fitted, draws=2)
    assert estimated(corpus[::-1], fitted, draws=2) == whole
    rows = Samples.of(np.array(corpus, np.dtypes.StringDType()))
    assert estimated(Batch(rows), fitted, draws=2) == whole


def test_neither_order_nor_copies_of_examples_change_what_is_learnt():
    rng = np.random.default_rng(4)
    human, machine = drawn(PEOPLE, 60, rng), drawn(MODELS, 60, rng)
    first = ShareLaw.fit(Examples.two(human, machine))
    again = ShareLaw.fit(Examples.two(human[::-1] + human[:9], machine[::-1]))
    assert np.array_equal(first.held, again.held)
    assert first.calibration.intercept == again.calibration.intercept


def test_texts_without_words_say_nothing(fitted):
    assert estimated(["", " \n", "?!"], fitted).n == 0
    assert np.isnan(estimated([], fitted).value)
    corpus = mixture(0.5, 60, np.random.default_rng(2))
    assert estimated([*corpus, "", "..."], fitted, draws=2) == estimated(corpus, fitted, draws=2)


def test_too_few_examples_are_refused():
    with pytest.raises(DataError, match="at least 20 of each"):
        machine_share(["a text"], ["a text"] * 50, ["another text"])


RATIOS = st.lists(st.floats(-6, 6), min_size=1, max_size=40)


@given(RATIOS)
def test_the_share_is_the_most_likely_one(ratios):
    """Against scipy's search for the maximum of the same likelihood."""
    x = np.array(ratios)

    def surprise(a):
        return -np.log1p(a * np.expm1(x)).sum()

    sought = minimize_scalar(surprise, bounds=(0, 1), method="bounded", options={"xatol": 1e-10})
    assert surprise(share(x)[0]) <= sought.fun + 1e-7


@given(RATIOS, st.integers(1, 5))
def test_a_weight_is_a_repetition(ratios, times):
    x = np.array(ratios)
    assert share(x, np.full((2, len(x)), float(times))) == pytest.approx([share(np.repeat(x, times))[0]] * 2, abs=1e-9)


@given(st.lists(st.floats(-9, 9), max_size=50))
def test_binned_ratios_are_the_ratios_where_they_are_few(ratios):
    x, counts = binned(np.array(ratios))
    assert x.tolist() == sorted(ratios)
    assert counts.tolist() == [1.0] * len(ratios)


def test_many_ratios_are_binned_with_the_same_share():
    rng = np.random.default_rng(0)
    ratios = np.concatenate([rng.normal(-2, 2, 30_000), rng.normal(2, 2, 10_000)])
    x, counts = binned(ratios)
    assert len(x) == 4096
    assert counts.sum() == 40_000
    assert share(x, counts)[0] == pytest.approx(share(ratios)[0], abs=1e-4)


def test_word_laws_are_log_ratios_of_sentences():
    """By hand, for a word in 3 of 4 sentences of models and 5 of 6 of people, the other in all."""
    human = ["a b. a b. a b. a b. a b. b"]
    machine = ["a b. a b. a b. b"]
    laws = WordLaws.fit(Examples.two(human, machine))
    q, p = 3.5 / 5, 5.5 / 7
    with_b = np.log(4.5 / 5) - np.log(6.5 / 7)
    stop = np.log(0.7 / 1) - np.log(5.5 / 7)  # the full stop, as often as a
    assert laws.weights.keys() == {"a", "b", "."}
    held = laws.sentences("b a.")
    assert held == pytest.approx([np.log(q) - np.log(p) + with_b + stop])
    assert laws.sentences("b") == pytest.approx([2 * (np.log(1 - q) - np.log(1 - p)) + with_b])


def test_folds_keep_a_source_together_where_enough_is_left():
    rng = np.random.default_rng(0)
    texts = drawn(PEOPLE, 120, rng)
    source = ["law", "sea", "art"] * 40
    examples = Examples.of(texts, [place % 2 == 0 for place in range(120)], source)
    fold = folds(examples)
    assert len({(each, number) for each, number in zip(examples.source.tolist(), fold.tolist(), strict=True)}) == 3
    alone = replace(examples, source=np.array(["sea"] * 120, np.dtypes.StringDType()))
    assert len(set(folds(alone).tolist())) == 5
