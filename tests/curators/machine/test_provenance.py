"""Provenance: what is declared, what repeats a log, examples by the project's writers, signs of sameness.

Run: pytest tests/curators/machine/test_provenance.py
"""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.core.samples import Samples
from autophagy.curators.machine.declared import declared
from autophagy.curators.machine.examples import count_words
from autophagy.curators.machine.logged import logged
from autophagy.curators.machine.signals import commonest_opening, signals
from autophagy.curators.machine.writers import make_examples

TEXT = np.dtypes.StringDType()


def rows(lines, generation=0):
    return Samples.of(np.array(lines, TEXT), generation=generation)


def rng():
    return np.random.default_rng(0)


def test_declared_rows_are_those_of_a_generation_above_0():
    batch = Samples.concat([rows(["a"], 0), rows(["b"], 3), rows(["c"], -1)])
    verdict = declared(batch, batch, rng())
    assert verdict.keep.tolist() == [True, False, True]
    assert verdict.score.tolist() == [0, 3, 0]
    assert verdict.details.tolist() == ["", "of generation 3", ""]


LOG = [
    "The quick brown fox jumps over the lazy dog while the sun goes down behind the old barn.",
    "A short one.",
    "Twelve brave sailors rowed their little boat across the wide grey bay in heavy rain.",
]


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in LOG), encoding="utf-8")
    return str(path)


def judge(lines, log, **settings):
    return logged(rows(lines), rows(lines), rng(), logged=log, **settings)


def test_copies_of_logged_texts_are_found_however_they_are_set(log):
    copies = [LOG[0], LOG[0].upper().replace(" ", "  "), "a SHORT one", LOG[2].replace(",", "")]
    verdict = judge([*copies, "Nothing of the kind was ever written by it.", "", "short one"], log)
    assert verdict.keep.tolist() == [False] * 4 + [True] * 3
    assert verdict.score[:4].tolist() == [1] * 4
    assert verdict.details.tolist()[0] == "a copy of logged text 1"
    assert verdict.details.tolist()[3] == "a copy of logged text 3"


def test_the_score_is_the_share_of_runs_of_8_words(log):
    """Of 17 words 11 are the log's first: 4 of 10 runs."""
    text = " ".join([*LOG[0].split()[:11], "one", "two", "three", "four", "five", "six"])
    verdict = judge([text], log)
    assert verdict.score.tolist() == [0.4]
    assert verdict.keep.tolist() == [True]
    assert judge([text], log, share=0.4).keep.tolist() == [False]


@given(st.lists(st.sampled_from([*LOG, "x", LOG[0][:50]]), max_size=12), st.randoms())
def test_each_row_is_judged_by_itself(tmp_path_factory, lines, random):
    path = tmp_path_factory.mktemp("logs") / "log.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in LOG), encoding="utf-8")
    order = random.sample(range(len(lines)), len(lines))
    whole, again = judge(lines, str(path)), judge([lines[place] for place in order], str(path))
    assert again.details.tolist() == [whole.details.tolist()[place] for place in order]


def test_human_rows_of_a_log_are_left_out(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("text,label\none two three,human\nfour five six,machine\n", encoding="utf-8")
    assert judge(["one two three", "four five six"], str(path)).keep.tolist() == [True, False]


def test_no_log_is_wrong_use(log):
    with pytest.raises(UsageError, match="give logged=FILE"):
        judge(["a"], "")
    with pytest.raises(UsageError, match="share must be"):
        judge(["a"], log, share=0.0)


# --- examples by the project's own writers


def human(n=80):
    random = np.random.default_rng(1)
    words = np.array([f"w{number}" for number in range(30)])
    return [" ".join(random.choice(words, int(random.integers(5, 40)))) + f" t{place}." for place in range(n)]


def test_examples_by_a_writer_have_the_lengths_of_the_human_ones():
    texts = human()
    made = make_examples(texts, ("ngram:order=2", "ngram:order=3"), source=["sea"] * 40 + ["law"] * 40)
    assert set(made.generator.tolist()) == {"", "ngram:order=2", "ngram:order=3"}
    lengths = np.array([count_words(text) for text in made.texts.tolist()])
    for name in ("ngram:order=2", "ngram:order=3"):
        assert sorted(lengths[made.generator == name]) == sorted(lengths[~made.machine])
    assert set(made.source.tolist()) == {"sea", "law"}
    shown = set(made.texts[~made.machine].tolist())
    assert len(shown) == 40
    assert shown < set(texts)
    assert not shown & set(made.texts[made.machine].tolist())


def test_the_same_random_numbers_make_the_same_examples():
    first, again = (make_examples(human(), rng=np.random.default_rng(3)) for _ in range(2))
    assert first.texts.tolist() == again.texts.tolist()


def test_few_texts_make_no_examples():
    with pytest.raises(DataError, match="give 40"):
        make_examples(["a text"] * 39)


# --- signs of the whole corpus


def test_texts_that_begin_and_go_on_alike_show_it():
    same = ["Once upon a time there was a cat. The cat sat on the mat and the cat sat on the mat."] * 40
    other = [f"way{place} leads to see {place} things in {place + 7} seas of {place * 31} kinds" for place in range(40)]
    found = {signal.name: signal for signal in signals(same, other)}
    for name in ("openings", "self_repetition", "compression"):
        assert found[name].corpus > found[name].reference
    assert commonest_opening(same) == ("once upon a time", 1.0)


@given(st.lists(st.text(alphabet="ab c.", max_size=30), max_size=12), st.randoms())
def test_signs_do_not_depend_on_the_order(lines, random):
    shuffled = random.sample(lines, len(lines))
    assert signals(shuffled) == signals(lines)
    for signal in signals(lines):
        assert signal.reference is None
        assert np.isfinite(signal.corpus)


def test_of_no_texts_there_is_no_sign():
    assert signals([]) == []
    assert commonest_opening([]) == ("", 0.0)
