"""Passages: each stretch of so many words that stands elsewhere is found, and rows made of such are told."""

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.plugin import ALONE
from autophagy.core.samples import Samples
from autophagy.curators.boilerplate import boilerplate
from autophagy.curators.first import digests
from autophagy.curators.passages import passages
from autophagy.curators.repeats import find_repeats
from autophagy.text.runs import words
from chunked import Pieces, judged

SIZE = 8
ROW = st.lists(st.sampled_from(["red blue green", "who", "what of", "x y z w v", "one, two"]), max_size=20).map(
    " ".join
)
ROWS = st.lists(ROW, min_size=1, max_size=8)


def samples(texts, sources=None):
    rows = Samples.of(np.array(texts, np.dtypes.StringDType()))
    return rows if sources is None else Samples(rows.x, rows.generation, np.array(sources), {})


def windows(text, size=SIZE):
    found = words(text)
    return [found[start : start + size] for start in range(len(found) - size + 1)]


def joined(verdicts):
    names = ("keep", "score", "details", "partners", "spans")
    return [np.concatenate([getattr(verdict, name) for verdict in verdicts]) for name in names]


@given(ROWS, st.integers(1, 8), st.sampled_from([8, 9, 12]))
def test_every_window_that_stands_twice_is_found(texts, chunk, size):
    places = {}
    for row, text in enumerate(texts):
        for start, window in enumerate(windows(text, size)):
            places.setdefault(window, []).append((row, start))
    want = [here for here in places.values() if len(here) > 1]
    found = find_repeats(Pieces(samples(texts), chunk), size)
    groups = {}
    for number, row, start in zip(found.window.tolist(), found.row.tolist(), found.start.tolist(), strict=True):
        groups.setdefault(number, []).append((row, start))
    assert sorted(groups.values()) == sorted(want)
    assert [len({row for row, _ in groups[number]}) for number in range(found.windows)] == found.documents().tolist()


def one_by_one(texts, known, share):
    """The words of each row that came before, and whether it stays, by sets of windows."""
    held = {window for text in known for window in windows(text)}
    order = sorted(range(len(texts)), key=lambda row: (-len(words(texts[row])), int(digests([texts[row]])[0]), row))
    scores, keep = [0.0] * len(texts), [True] * len(texts)
    for row in order:
        own, covered = set(), set()
        for start, window in enumerate(windows(texts[row])):
            if window in held or window in own:
                covered.update(range(start, start + SIZE))
            own.add(window)
        scores[row] = len(covered) / max(1, len(words(texts[row])))
        keep[row] = scores[row] <= share
        if keep[row]:
            held |= own
    return scores, keep


@given(ROWS, st.lists(ROW, max_size=3), st.integers(1, 8), st.sampled_from([0.0, 0.3, 0.5]))
def test_rows_are_judged_as_one_by_one_with_sets_in_any_chunks(texts, known, chunk, share):
    verdicts = judged(passages, samples(texts), samples(known), chunk, words=SIZE, share=share)
    keep, score, details, partners, spans = joined(verdicts)
    want, stays = one_by_one(texts, known, share)
    assert np.allclose(score, want)
    assert keep.tolist() == stays
    for row, text in enumerate(texts):
        assert bool(details[row]) == (score[row] > 0) == (spans[row, 0] >= 0)
        if score[row]:
            assert len(words(text[slice(*spans[row])])) >= SIZE
        assert keep[row] <= (partners[row] == ALONE)
        if partners[row] != ALONE:
            partner = known[-1 - partners[row]] if partners[row] < 0 else texts[partners[row]]
            assert set(windows(partner)) & set(windows(text))
            assert partners[row] < 0 or keep[partners[row]]


@given(st.lists(ROW, min_size=1, max_size=8, unique=True), st.randoms())
def test_the_order_of_the_rows_does_not_matter(texts, random):
    order = list(range(len(texts)))
    random.shuffle(order)
    keep, score, details, _, _ = joined(judged(passages, samples(texts), words=SIZE))
    again = joined(judged(passages, samples([texts[row] for row in order]), words=SIZE))
    for one, other in zip((keep, score, details), again, strict=False):
        assert one[order].tolist() == other.tolist()


LEGAL = "You may copy these pages as long as you leave this notice in its place and name who wrote them first."


def pages(count):
    return [f"{' '.join(f'page{page}word{i}' for i in range(30))} {LEGAL} end{page}" for page in range(count)]


def test_boilerplate_is_reported_by_source_and_drops_no_page():
    texts = [*pages(12), "a page of its own"]
    sources = ["site"] * 8 + ["blog"] * 4 + ["site"]
    rows = samples(texts, sources)
    (found,) = boilerplate(Pieces(rows, 5), words=SIZE)
    assert (found.text, found.documents, found.sources) == (LEGAL[:-1], 12, {"site": 8, "blog": 4})
    assert found.words == len(words(LEGAL))
    keep, score, details, _, spans = joined(judged(passages, rows, words=SIZE))
    assert keep.all()
    assert sorted(score > 0) == [False] * 2 + [True] * 11
    row = int(np.flatnonzero(score)[0])
    assert texts[row][slice(*spans[row])] == LEGAL[:-1]
    assert (
        details[row]
        == "21 of 52 words stand elsewhere; the longest passage, 21 words, stands in 12 documents of 2 sources"
    )


def test_a_row_that_repeats_itself_is_told():
    text = "I know that I know it. " * 40
    keep, score, details, partners, _ = joined(judged(passages, samples([text, "short"])))
    assert (keep.tolist(), partners.tolist()) == ([False, True], [ALONE, ALONE])
    assert score[0] == (240 - 6) / 240
    assert details[0] == "234 of 240 words repeat what the text says before, the longest passage 234 words"


@pytest.mark.parametrize("settings", [{"words": 7}, {"share": 1.0}, {"share": -0.1}])
def test_wrong_settings_are_one_sentence(settings):
    with pytest.raises(UsageError, match=f"the setting {next(iter(settings))} must be"):
        judged(passages, samples(["x"]), **settings)


def test_what_is_put_into_real_texts_is_found_and_these_alone(real_data):
    """Of 400 stories 60 get a passage of 50 to 80 words of another; all are found, exactly as long, and no others."""
    with gzip.open(real_data("tinystories-sample/tinystories_sample.txt.gz"), "rt", encoding="utf-8") as file:
        stories = list(dict.fromkeys(story.strip() for story in file.read().split("<|endoftext|>")))[:400]
    clean = find_repeats(Pieces(samples(stories), 100), 50)
    texts, rng = list(stories), np.random.default_rng(3)
    for row in range(60):
        source = stories[row + 200].split()
        size = int(rng.integers(60, 90))
        start = int(rng.integers(max(1, len(source) - size)))
        texts[row] += " " + " ".join(source[start : start + size])
    found = find_repeats(Pieces(samples(texts), 100), 50)
    assert set(range(60)) <= set(found.row.tolist())
    assert set(found.row.tolist()) <= {*range(60), *range(200, 260), *clean.row.tolist()}
