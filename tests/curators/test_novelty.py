"""Novelty: ROUGE-L equals the package rouge_score, and the filter the rule of Self-Instruct, row after row."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from autophagy.core.errors import DataError, UsageError
from autophagy.core.plugin import ALONE
from autophagy.core.samples import Samples
from autophagy.curators import pool as pools
from autophagy.curators.novelty import novelty
from autophagy.curators.pool import Pool, own_words, rouge_words, words_of
from chunked import judged

SCORER = RougeScorer(["rougeL"], use_stemmer=False)
WORDS = ["write", "a", "story", "about", "Cats", "and", "dogs,", "don't", "x_y", "3.5", "café"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
STRIPE = [f"w{i}" for i in range(100)]


def rouge(a, b):
    return SCORER.score(a, b)["rougeL"].fmeasure


def samples(texts):
    return Samples.of(np.array(texts, np.dtypes.StringDType()))


def joined(verdicts):
    names = ("keep", "score", "details", "partners")
    return [np.concatenate([getattr(verdict, name) for verdict in verdicts]) for name in names]


@given(st.lists(TEXT, max_size=8), st.lists(TEXT, max_size=8))
def test_scores_are_those_of_rouge_score_against_all_that_was_kept(known, texts):
    pool = Pool(words="rouge")
    pool.extend(known)
    found = pool.admit(texts)
    kept = list(known)
    for text, score, partner, novel in zip(texts, found.score, found.partner, found.novel, strict=True):
        want = max((rouge(other, text) for other in kept), default=0.0)
        assert abs(score - want) < 1e-9
        assert partner == -1 if want == 0 else abs(rouge(kept[partner], text) - want) < 1e-9
        assert novel == (score <= 0.7)
        kept += [text] if novel else []
    assert len(pool) == len(kept)


@given(st.lists(TEXT, max_size=12), st.integers(1, 5))
def test_batches_and_blocks_do_not_change_what_is_admitted(texts, size):
    whole, parts = Pool(), Pool()
    want = whole.admit(texts)
    found = [parts.admit(texts[start : start + size]) for start in range(0, len(texts), size)]
    for name in ("score", "partner", "novel"):
        assert [value for each in found for value in getattr(each, name)] == getattr(want, name).tolist()


def test_parts_of_the_pool_and_blocks_are_put_together(monkeypatch):
    rng = np.random.default_rng(1)
    texts = [" ".join(rng.choice(STRIPE[:8], size=6)) for _ in range(80)]
    whole = Pool().admit(texts)
    monkeypatch.setattr(pools, "BLOCK", 7)
    monkeypatch.setattr(pools, "PART", 5)
    found = Pool().admit(texts)
    for name in ("score", "partner", "novel"):
        assert np.array_equal(getattr(found, name), getattr(whole, name))
    assert 0 < found.novel.sum() < len(texts)


@pytest.mark.parametrize(("same", "novel"), [(7, True), (8, False)])
def test_what_is_just_as_like_as_the_threshold_stays(same, novel):
    pool = Pool()
    pool.extend([" ".join(STRIPE[:10])])
    found = pool.admit([" ".join(STRIPE[:same] + STRIPE[50 : 60 - same])])
    assert (found.score[0], found.novel[0]) == (same / 10, novel)


def test_no_texts_are_no_admission():
    found = Pool().admit([])
    assert (len(found.score), len(found.partner), len(found.novel)) == (0, 0, 0)


def test_the_nearest_are_named_the_nearest_first():
    pool = Pool()
    pool.extend(["a b c d", "a b c x", "q", "a b c d"])
    scores, places = pool.nearest("a b c d", 3)
    assert (scores.tolist(), places.tolist()) == ([1.0, 1.0, 0.75], [0, 3, 1])
    assert Pool().nearest("a")[0].tolist() == []


CHINESE = ("写一个关于 GPT 的故事", "解释 GPT 的工作原理和历史")


def test_words_of_other_scripts_are_seen_unless_rouge_is_asked_for():
    assert words_of(CHINESE[0]) == own_words(CHINESE[0])
    assert words_of("un café très noir") == rouge_words("un café très noir") == ["un", "caf", "tr", "s", "noir"]
    assert words_of(CHINESE[0], "rouge") == ["gpt"]
    assert Pool().admit(CHINESE).novel.tolist() == [True, True]
    assert Pool(words="rouge").admit(CHINESE).novel.tolist() == [True, False]
    assert Pool().admit([CHINESE[0], CHINESE[0] + "吧"]).novel.tolist() == [True, False]


def greedy(texts, known=(), threshold=0.7):
    """Self-Instruct's loop over the rows, the longest first, with rouge_score."""

    def digest(text):
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")

    order = sorted(range(len(texts)), key=lambda row: (-len(rouge_words(texts[row])), digest(texts[row]), row))
    kept, stays = list(known), [False] * len(texts)
    for row in order:
        if max((rouge(other, texts[row]) for other in kept), default=0.0) <= threshold + 1e-12:
            kept.append(texts[row])
            stays[row] = True
    return stays


@given(st.lists(TEXT, max_size=14), st.lists(TEXT, max_size=4), st.integers(1, 6))
def test_the_curator_keeps_what_the_loop_keeps_in_any_chunks(texts, known, size):
    if not texts:
        return
    verdicts = judged(novelty, samples(texts), samples(known), size, words="rouge")
    keep, score, details, partners = joined(verdicts)
    assert keep.tolist() == greedy(texts, known)
    for row in range(len(texts)):
        assert (partners[row] == ALONE) == bool(keep[row])
        assert bool(details[row]) != keep[row]
        if not keep[row]:
            partner = known[-1 - partners[row]] if partners[row] < 0 else texts[partners[row]]
            assert abs(rouge(partner, texts[row]) - score[row]) < 1e-9
            assert partners[row] < 0 or keep[partners[row]]


@given(st.lists(TEXT, min_size=1, max_size=12, unique=True), st.randoms())
def test_the_order_of_the_rows_does_not_matter(texts, random):
    order = list(range(len(texts)))
    random.shuffle(order)
    keep, score, _, _ = joined(judged(novelty, samples(texts)))
    again, scores, _, _ = joined(judged(novelty, samples([texts[row] for row in order])))
    assert keep[order].tolist() == again.tolist()
    assert score[order].tolist() == scores.tolist()


def test_rows_without_a_word_are_kept_and_counted():
    verdicts = judged(novelty, samples(["!!", "??", "a b"]))
    assert verdicts[0].keep.all()
    assert verdicts[0].reason == "has a ROUGE-L above 0.7 with a kept row (2 rows without a word were not compared)"


@pytest.mark.parametrize(("settings", "message"), [({"threshold": 1.2}, "a share"), ({"words": "x"}, "auto, rouge")])
def test_wrong_settings_are_one_sentence(settings, message):
    with pytest.raises(UsageError, match=message):
        Pool(**settings)


def test_more_different_words_than_there_are_characters_are_refused(monkeypatch):
    monkeypatch.setattr(pools, "MOST", 3)
    with pytest.raises(DataError, match="more than 3 different words"):
        Pool().admit(["a b c d"])


def test_what_takes_long_is_said_before_the_work_begins(caplog):
    from autophagy.curators import novelty as room

    room._tell_of_time(10_000, 0, 20.0)
    assert not caplog.records
    room._tell_of_time(1_000_000, 0, 20.0)
    (record,) = caplog.records
    assert "499,999,500,000 pairs of rows, up to 2.8 hours" in record.getMessage()
