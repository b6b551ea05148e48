"""Copies take up one place in the prompt, whoever looks passages up, and count as found wherever they stand."""

import numpy as np
import pytest

pytest.importorskip("qdrant_edge", reason="an index needs the extra context")

from autophagy.arms import SharedModel
from autophagy.arms.context import Context, Oracle, UnrelatedPassages
from autophagy.context import Hit, Passage
from autophagy.context.copies import CopiedPassages, different
from autophagy.core.questions import Answer, Question
from autophagy.core.samples import Samples
from autophagy.data.dataset import Corpus
from autophagy.graders.ndcg import ndcg
from autophagy.graders.recall import recall
from autophagy.graders.reciprocal_rank import reciprocal_rank

LEAVE = "Leave of thirty days is asked for in writing."
TEXTS = {
    "a.md": LEAVE,
    "b.md": LEAVE.upper(),
    "c.md": LEAVE.replace(" ", "  "),
    "d.md": "Leave is paid.",
    "e.md": "Rain.",
}


def passage(name, text):
    return Passage(f"{name}#1", name, "", text, 0, len(text))


def fitted(arm, folder, texts=TEXTS):
    documents = Samples.of([*texts.values()], document=[*texts], title=[""] * len(texts))
    base = SharedModel("none", folder / "work", folder / "logs", embedder="none")
    return arm.fit(base, Corpus(documents), np.random.default_rng(0))


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    monkeypatch.setattr(SharedModel, "language_model", lambda self, reads=False: None)


def test_copies_leave_a_place_to_what_says_something_else(tmp_path):
    ready = fitted(Context(passages=2), tmp_path)
    try:
        (shown,) = ready.look([Question("q", "How is leave asked for?", ("in writing",), ("c.md",))])
    finally:
        ready.close()
    assert len(shown) == 2
    assert shown[1].document == "d.md"
    assert {shown[0].id, *shown[0].copies} == {"a.md#1", "b.md#1", "c.md#1"}
    assert shown[1].copies == ()


def test_the_oracle_shows_evidence_that_stands_twice_once(tmp_path):
    (shown,) = fitted(Oracle(), tmp_path).look([Question("q", "?", ("x",), ("a.md", "b.md", "d.md"))])
    assert [each.document for each in shown] == ["a.md", "d.md"]


def test_an_unrelated_passage_is_no_copy_of_the_evidence(tmp_path):
    ready = fitted(UnrelatedPassages(passages=5), tmp_path)
    questions = [Question(str(n), "?", ("x",), ("b.md",)) for n in range(7)]
    assert all({each.document for each in shown} == {"d.md", "e.md"} for shown in ready.look(questions))


@pytest.mark.parametrize(("evidence", "found", "rank"), [
    (("a.md",), 1.0, 1.0),
    (("c.md",), 1.0, 1.0),
    (("c.md", "d.md"), 1.0, 1.0),
    (("c.md", "e.md"), 0.5, 1.0),
    (("d.md",), 1.0, 0.5),
    (("e.md",), 0.0, 0.0),
])  # fmt: skip
def test_what_was_shown_counts_as_found_in_all_documents_that_hold_it(evidence, found, rank):
    shown = Answer("q", "", ("a.md#1", "d.md#1"), searched=True, copies=(("b.md#1", "c.md#1"), ()))
    question = Question("q", "?", ("x",), evidence)
    assert recall(question, shown) == found
    assert reciprocal_rank(question, shown) == rank
    assert 0 <= ndcg(question, shown) <= 1


def test_more_is_asked_for_until_enough_differ_and_only_of_the_questions_that_need_it():
    hits = [Hit(passage(f"{n}", "same"), 1.0) for n in range(9)] + [Hit(passage("x", "other"), 0.5)]
    plain = [Hit(passage(f"{n}", f"text {n}"), 1.0) for n in range(9)]
    asked = []

    def search(questions, wanted):
        asked.append((list(questions), wanted))
        return [(plain, hits)[question][:wanted] for question in questions]

    first, second = different(search, 2, 2)
    assert [len(group) for group in first] == [1, 1]
    assert [len(group) for group in second] == [9, 1]
    assert asked == [([0, 1], 3), ([1], 6), ([1], 12)]
    assert different(lambda asked, wanted: [], 0, 3) == []


def test_a_passage_without_copies_stays_as_it_is():
    passages = [passage("a", "one"), passage("b", "two")]
    assert CopiedPassages(passages).once(passages) == passages
