"""Figures of variety against nltk, brute force and what theory says of words drawn at random.

Run: pytest tests/generate/test_figures.py
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from autophagy.generate.variety.figures import FIGURES, Texts, ead, self_bleu

words = st.lists(st.sampled_from(["a", "bb", "ccc", "dd", "e", "ff"]), min_size=0, max_size=9).map(" ".join)


def texts(*rows):
    return Texts(list(rows), len({word for row in rows for word in row.split()}))


def figure(name, *rows):
    return FIGURES[name][0](texts(*rows), np.arange(len(rows)))


@given(st.lists(words.filter(bool), min_size=2, max_size=6))
def test_self_bleu_is_nltk_s(rows):
    bleu = pytest.importorskip("nltk.translate.bleu_score", reason="nltk is the oracle of BLEU")
    smooth = bleu.SmoothingFunction().method1
    tokens = [row.split() for row in rows]
    theirs = [
        bleu.sentence_bleu(tokens[:place] + tokens[place + 1 :], row, smoothing_function=smooth)
        for place, row in enumerate(tokens)
    ]
    assert self_bleu(texts(*rows), np.arange(len(rows))) == pytest.approx(np.mean(theirs))


@given(st.lists(words, min_size=2, max_size=5))
def test_the_nearest_is_found_as_by_comparing_every_pair(rows):
    scorer = RougeScorer(["rougeL"], use_stemmer=False)
    nearest = [
        max(scorer.score(a, b)["rougeL"].fmeasure for j, b in enumerate(rows) if j != i) for i, a in enumerate(rows)
    ]
    assert figure("nearest_rouge_l", *rows) == pytest.approx(np.mean(nearest))


@pytest.mark.parametrize(("count", "different", "printed"), [(500, 385, 0.98), (5000, 993, 1.00)])
def test_printed_values_of_a_vocabulary_of_a_thousand(count, different, printed):
    """One draw each of 1,000 words equally often, whose share of different words was printed as .77 and .20."""
    assert ead([place % different for place in range(count)], 1000) == pytest.approx(printed, abs=0.005)


@pytest.mark.parametrize("drawn", [500, 5000])
def test_words_drawn_at_random_are_as_different_as_is_expected_however_many_there_are(drawn):
    """3 standard errors of 50 runs are .008 at most: a false alarm in 370."""
    rng = np.random.default_rng(drawn)
    assert np.mean([ead(rng.integers(0, 1000, drawn).tolist(), 1000) for _ in range(50)]) == pytest.approx(1, abs=0.008)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(31, 500))
def test_adjusted_distinct_is_its_formula(run, vocabulary):
    formula = len(set(run)) / (vocabulary * (1 - ((vocabulary - 1) / vocabulary) ** len(run)))
    assert ead(run, vocabulary) == pytest.approx(formula)


def test_copies_are_one_text_and_strangers_are_as_many_as_they_are():
    same, other = ["Write a poem about rain."] * 4, ["aa bb", "cc dd", "ee ff", "gg hh"]
    assert figure("vendi_score", *same) == pytest.approx(1)
    assert figure("vendi_score", *other) == pytest.approx(4)
    assert (figure("self_bleu", *same), figure("self_bleu", *other)) == (pytest.approx(1), 0)
    assert (figure("nearest_rouge_l", *same), figure("nearest_rouge_l", *other)) == (1, 0)
    assert (figure("commonest_opening", *same), figure("commonest_opening", *other)) == (1, 0.25)


def test_verbs_and_their_nouns_are_counted():
    rows = ["Write a poem.", "Write a story.", "Sort the list.", "Write a long poem about rain.", "Is it late?"]
    assert figure("verb_entropy", *rows) == pytest.approx(-(0.75 * math.log2(0.75) + 0.25 * math.log2(0.25)))
    assert figure("verb_noun_entropy", *rows) == pytest.approx(1.5)
    assert figure("share_of_20_commonest_verbs", *rows) == 1
    assert math.isnan(figure("verb_entropy", "Is it late?", "Who knows?"))


@given(st.lists(words, min_size=2, max_size=8), st.sampled_from(sorted(FIGURES)))
def test_every_figure_is_within_its_bounds_and_knows_no_order(rows, name):
    measure, top = FIGURES[name]
    found, turned = (measure(texts(*some), np.arange(len(rows))) for some in (rows, rows[::-1]))
    assert math.isnan(found) or 0 <= found <= top + 1e-9
    assert found == pytest.approx(turned, nan_ok=True)
