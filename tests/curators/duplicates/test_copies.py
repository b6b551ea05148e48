"""Copies: what goes is like what stays, whatever the order, the chunks and the memory; planted copies are found."""

import random
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autophagy.core.chunked import Batch
from autophagy.core.errors import UsageError
from autophagy.core.plugin import ALONE, Verdict
from autophagy.core.samples import Samples
from autophagy.curators.duplicates import duplicates, pairs
from autophagy.curators.duplicates.candidates import LEADERS, WIDE, alike, same
from autophagy.curators.duplicates.choose import anchored
from autophagy.curators.duplicates.kept import Kept
from autophagy.curators.duplicates.shards import Shard
from chunked import Pieces, judged


def grams(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))} if words else {text}


def jaccard(first, second):
    return len(grams(first) & grams(second)) / len(grams(first) | grams(second))


def verdict(texts, reference=None, size=100, **settings):
    """One verdict on all texts."""
    known = None if reference is None else Samples.of(reference or np.array([], "T"))
    parts = judged(duplicates, Samples.of(texts), known, size, **settings)
    columns = [[getattr(part, name) for part in parts] for name in ("keep", "score", "details", "partners")]
    keep, score, details, partners = map(np.concatenate, columns)
    return Verdict(keep, score, parts[0].reason, details, partners=partners)


def variants(seed, n):
    """Texts of which many are edits of others, some are equal but for case and marks, and some are short or empty."""
    rng = random.Random(seed)
    made = []
    for _ in range(n):
        words = [f"w{rng.randrange(50)}" for _ in range(rng.choice([0, 2, 6, 30, 60]))]
        if made and rng.random() < 0.7:
            words = rng.choice(made).split(" ")
        for _ in range(rng.choice([0, 0, 1, 2])):
            if words:
                words[rng.randrange(len(words))] = rng.choice(["new", "W1", "w2,", "\nw3"])
        made.append(" ".join(words))
    return made


@given(seed=st.integers(0, 10_000), n=st.integers(1, 60), similarity=st.sampled_from([0.5, 0.75, 0.9, 1.0]))
def test_every_row_that_goes_is_like_one_that_stays(seed, n, similarity):
    texts = variants(seed, n)
    found = verdict(texts, size=17, similarity=similarity)
    for row in np.flatnonzero(~found.keep).tolist():
        partner = int(found.partners[row])
        assert found.keep[partner]
        assert found.score[row] == pytest.approx(jaccard(texts[row], texts[partner]), abs=1e-12)
        assert found.score[row] >= similarity
        assert len(texts[partner].split()) >= len(texts[row].split())
        if found.details[row] == "exact copy":
            assert texts[row] == texts[partner]
        elif found.details[row] == "copy but for capitals, marks or blanks":
            assert texts[row] != texts[partner]
            assert re.findall(r"\w+", texts[row].lower()) == re.findall(r"\w+", texts[partner].lower())
        else:
            assert re.fullmatch(r"Jaccard [01]\.\d\d", str(found.details[row]))
    assert (found.partners[found.keep] == ALONE).all()
    assert (found.score[found.keep] == 0).all()
    stay = np.flatnonzero(found.keep).tolist()
    close = 0.9 if similarity < 1 else 1.1  # bands miss a pair with .9 once in 300 million
    assert not [(i, j) for i in stay for j in stay if i < j and jaccard(texts[i], texts[j]) >= close]


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), n=st.integers(1, 50), m=st.integers(0, 30))
def test_the_reference_wins_and_is_named(seed, n, m):
    texts = variants(seed, n + m)
    batch, known = texts[:n], texts[n:]
    found = verdict(batch, known, size=11)
    for row in range(n):
        nearest = max((jaccard(batch[row], text) for text in known), default=0)
        if nearest >= 0.9:
            assert not found.keep[row]
        if (partner := int(found.partners[row])) < 0 and partner != ALONE:
            assert found.score[row] == pytest.approx(jaccard(batch[row], known[-1 - partner]))
    alone = verdict(batch, known, size=11, real=False)
    assert alone.keep.tolist() == verdict(batch, size=11).keep.tolist()


def told(texts, places, size, **settings):
    """What is kept, and beside which row each other one goes, by file and row."""
    order = list(range(len(texts)))
    random.Random(size).shuffle(order)
    rows = Samples.of(
        [texts[at] for at in order],
        file=np.array([places[at][0] for at in order], "T"),
        row=np.array([places[at][1] for at in order]),
    )
    parts = judged(duplicates, rows, rows.take(slice(0, 0)), size, **settings)
    partners = np.concatenate([part.partners for part in parts]).tolist()
    scores = np.concatenate([part.score for part in parts]).tolist()
    name = [places[at] for at in order]
    return {name[i]: (scores[i], None if p == ALONE else name[p]) for i, p in enumerate(partners)}


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), n=st.integers(1, 60))
def test_the_order_of_rows_the_chunks_and_the_memory_change_nothing(seed, n):
    texts = variants(seed, n)
    places = [(f"{'ab'[at % 2]}.jsonl", at // 2 + 1) for at in range(n)]
    expected = told(texts, places, 1_000)
    for size in (1, 7, 30):
        assert told(texts, places, size) == expected
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("kept.SMALL", 0), ("shards.MEMORY", 2_000), ("shards.SHARD", 500)):
            patch.setattr(f"autophagy.curators.duplicates.{name}", value)
        patch.setattr("autophagy.curators.duplicates.copies.MANY", 10)
        patch.setattr("autophagy.curators.duplicates.settle.PAIRS", 7)
        patch.setattr("autophagy.curators.duplicates.sketch.BLOCK", 500)
        assert told(texts, places, 9) == expected


def test_of_equal_texts_the_first_by_file_and_row_stays():
    places = [("b.txt", 1), ("a.txt", 12), ("a.txt", 2)]
    assert told(["The same text."] * 3, places, 2) == {
        ("b.txt", 1): (1, ("a.txt", 2)),
        ("a.txt", 12): (1, ("a.txt", 2)),
        ("a.txt", 2): (0, None),
    }


def test_case_marks_and_blanks_make_no_difference_and_texts_without_words_are_equal_to_equal_ones():
    texts = ["a , b", "A,\n b!", "a b", "", "", "?!", "?!", "!?", "漢字", "漢字。", "a—b"]
    found = verdict(texts, similarity=1.0)
    assert found.keep.sum() == 5
    same = [texts[row] == texts[found.partners[row]] for row in np.flatnonzero(~found.keep)]
    said = np.where(same, "exact copy", "copy but for capitals, marks or blanks")
    assert found.details[~found.keep].tolist() == said.tolist()
    assert sum(same) == 2
    assert found.keep[[7]].all()
    assert found.keep[[0, 1, 2, 10]].sum() == found.keep[[3, 4]].sum() == found.keep[[5, 6]].sum() == 1


def test_near_copies_are_named_with_their_index():
    base = " ".join(f"word{at}" for at in range(60))
    found = verdict([base + " and more", "unlike " * 9, base.replace("word30", "other")])
    assert found.keep.tolist() == [True, True, False]
    assert found.partners.tolist() == [0, ALONE, ALONE] or found.partners.tolist() == [ALONE, ALONE, 0]
    assert found.details[2] == "Jaccard 0.80"  # 51 / 63, not rounded up
    assert found.reason == "repeats another or a reference row"


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.floats(0.5, 1)), max_size=60), st.randoms())
def test_the_choice_is_greedy_and_never_transitive(edges, shuffle):
    order = list(range(13))
    shuffle.shuffle(order)
    edges = [(a, b, s) if order[a] < order[b] else (b, a, s) for a, b, s in edges if a != b]
    gone = {}
    for row in sorted(range(13), key=order.__getitem__):
        like = [(-s, order[a], a) for a, b, s in edges if b == row and a not in gone]
        if like:
            gone[row] = min(like)[2]
    columns = [np.array([edge[at] for edge in edges], kind) for at, kind in enumerate((int, int, float))]
    rows, partners, _ = anchored(*columns, np.array(order))
    assert dict(zip(map(int, rows), map(int, partners), strict=True)) == gone


# --- recall, and what grows with the rows


def planted(n, changed, seed=0, words=100):
    """n texts, and after them their copies with a block of words changed; and the Jaccard index of each two."""
    rng = np.random.default_rng(seed)
    base = rng.integers(0, 1 << 40, (n, words))
    copy = base.copy()
    for row, at in enumerate(rng.integers(4, words - changed - 4, n)):
        copy[row, at : at + changed] = rng.integers(1 << 40, 1 << 41, changed)
    texts = [" ".join(map(str, row)) for row in np.concatenate([base, copy]).tolist()]
    shared = words - 4 - (changed + 4)
    return texts, shared / (2 * (words - 4) - shared)


def test_copies_are_found_as_often_as_the_bands_promise():
    """At .65, within 4 standard errors (alarm 1 in 16,000); at .81, 3 of 2,000 may be missed (alarm 1 in 30,000)."""
    texts, index = planted(2_000, 20)
    promised = 1 - (1 - index**5) ** 22
    assert 0.5 < promised < 0.95
    found = pairs(texts, similarity=0.5)
    assert {(min(pair), max(pair)) for pair in found} <= {(row, row + 2_000) for row in range(2_000)}
    assert abs(len(found) / 2_000 - promised) < 4 * (promised * (1 - promised) / 2_000) ** 0.5
    texts, index = planted(2_000, 6, seed=1)
    assert index == pytest.approx(86 / 106)
    assert len(pairs(texts)) >= 2_000 - 3
    assert pairs(texts, similarity=0.82) == []
    assert sorted(pairs(texts, threads=2)) == sorted(pairs(texts))


def test_a_text_that_is_there_many_times_makes_no_pairs(monkeypatch):
    def verify(job, **given):
        raise AssertionError("equal texts were compared")

    monkeypatch.setattr("autophagy.curators.duplicates.settle.jaccard", verify)
    found = pairs(["An empty page, which holds no more than this."] * 20_000)
    assert len(found) == 19_999
    assert {stays for stays, _ in found} == {0}


@pytest.mark.parametrize("known", [0, 3, 30])
@pytest.mark.parametrize("n", [WIDE, WIDE + 1, 5_000])
def test_a_bucket_makes_pairs_in_proportion_to_its_rows(n, known):
    """The reference rows are the last `known` ones, and better than all others."""
    rows = np.arange(n, dtype=np.uint64)
    rank = np.where(rows >= n - known, rows, rows + np.uint64(1 << 63))
    shard = Shard((Kept(np.full(n, 7, np.uint64)), Kept(rows), Kept(rank)))
    found = alike(shard, n - known, n, Kept(np.zeros(n // 8 + 1, np.uint8)))["pair"]
    better, worse = np.divmod(found.astype(np.int64), n)
    assert (rank[better] < rank[worse]).all()
    assert (worse < n - known).all()
    assert len(found) == len(np.unique(found))
    if n <= WIDE:
        expected = {(a, b) for a in range(n) for b in range(n - known) if rank[a] < rank[b]}
        assert set(zip(better.tolist(), worse.tolist(), strict=True)) == expected
    else:
        assert len(found) <= 2 * LEADERS * n
        assert {int(row) for row in worse} >= set(range(1 if not known else 0, n - known))


def test_rows_with_one_half_of_a_digest_in_common_are_not_the_same():
    shard = Shard(tuple(map(Kept, np.array([[1, 0, 5], [1, 1, 6], [1, 2, 5], [2, 3, 5]], np.uint64).T)))
    found = same(shard)
    assert found["row"].tolist() == [0, 2]
    assert found["head"].tolist() == [2, 2]


def test_numbers_of_a_corpus_in_chunks_are_refused_in_one_sentence():
    rows = Samples.of(np.arange(20.0).reshape(10, 2))
    with pytest.raises(UsageError, match="compares numbers in memory only"):
        list(duplicates(Pieces(rows, 5), Batch(rows), np.random.default_rng(0)))
    with pytest.raises(UsageError, match="texts have no distance"):
        verdict(["a", "b"], distance=0.5)
    with pytest.raises(UsageError, match="similarity is 0"):
        pairs(["a"], similarity=0)
