"""The contract of arms finds the unfair ones: each arm here breaks one promise, and its check says so."""

from dataclasses import dataclass, replace
from typing import ClassVar
from unittest import SkipTest

import numpy as np
import pytest

pytest.importorskip("transformers", reason="an arm answers with a model, which needs the extra text")

from autophagy.arms import Preparation, Ready
from autophagy.context import Passage
from autophagy.core import registry
from autophagy.core.decorators import arm
from autophagy.core.errors import UsageError
from autophagy.testing.contract import checks
from autophagy.text.chunks import chunk


@dataclass(frozen=True)
class Fair:
    """The model reads the first passage of the document whose first words the question shares."""

    passages: int = 1

    def fit(self, base, corpus, rng):
        return Ready(base, base.language_model(), Preparation(), self.look(chunk(corpus.documents)))

    def look(self, passages):
        def shared(question, passage):
            return len(set(question.text.split()) & set(passage.text.split()))

        def look(questions):
            return [sorted(passages, key=lambda one: -shared(q, one))[: self.passages] for q in questions]

        return look


class ReadsEvidence(Fair):
    """It looks where the answer is known to stand."""

    def look(self, passages):
        return lambda questions: [[p for p in passages if p.document in q.evidence][:1] for q in questions]


class KnowsWhatIsUnanswerable(Fair):
    """It shows nothing where nothing is right."""

    def look(self, passages):
        return lambda questions: [passages[:1] if q.answers else [] for q in questions]


class Tells(Ready):
    """It says what is right."""

    def answer(self, questions, rng):
        said = super().answer(questions, rng)
        return [
            replace(row, answer=replace(row.answer, text=str(q.answers)))
            for q, row in zip(questions, said, strict=True)
        ]


class Cheats(Fair):
    """What is right is not in its prompt, and still it says it."""

    def fit(self, base, corpus, rng):
        return Tells(base, base.language_model(), Preparation())


class Invents(Fair):
    """It shows what stands in no document."""

    def look(self, passages):
        return lambda questions: [[replace(passages[0], text="Everybody is called Ann.")] for _ in questions]


class InventsDocuments(Fair):
    """It shows a document of its own."""

    def look(self, passages):
        return lambda questions: [[Passage("own#1", "own", "", "Ann.", 0, 4)] for _ in questions]


class Lucky(Fair):
    """It draws a passage, and is tried once."""

    def fit(self, base, corpus, rng):
        passages = chunk(corpus.documents)
        return Ready(
            base,
            base.language_model(),
            Preparation(),
            lambda qs: [[passages[i]] for i in rng.permutation(5)[[0] * len(qs)]],
        )


class Seeded(Fair):
    """It draws its passages anew each time that it is asked."""

    seeded: ClassVar[bool] = True

    def fit(self, base, corpus, rng):
        passages = chunk(corpus.documents)
        return Ready(
            base, base.language_model(), Preparation(), lambda asked: [[passages[rng.integers(5)]] for _ in asked]
        )


class Global(Fair):
    """It draws from the global random numbers."""

    def fit(self, base, corpus, rng):
        np.random.random()  # noqa: NPY002
        return super().fit(base, corpus, rng)


class Crams(Fair):
    """It learns from the questions that it was asked before."""

    def look(self, passages):
        asked = []

        def look(questions):
            asked.extend(questions)
            return [[passages[len(asked) % len(passages)]] for _ in questions]

        return look


class Talks(Fair):
    """It may say more than others may."""

    def fit(self, base, corpus, rng):
        return super().fit(replace(base, max_tokens=500), corpus, rng)


class Other(Fair):
    """Another model answers."""

    def fit(self, base, corpus, rng):
        return replace(super().fit(base, corpus, rng), model=replace(base.language_model(), name="a larger model"))


class Forgets(Ready):
    """It leaves out what it does not know."""

    def answer(self, questions, rng):
        return super().answer(questions, rng)[1:]


class LeavesOut(Fair):
    """It answers the easy questions."""

    def fit(self, base, corpus, rng):
        return Forgets(base, base.language_model(), Preparation())


class Spoils(Fair):
    """It writes into the documents that the next arm reads."""

    def fit(self, base, corpus, rng):
        corpus.documents.meta["title"][:] = "Read by me"
        return super().fit(base, corpus, rng)


class Hides(Fair):
    """It keeps files and tells no bytes."""

    def fit(self, base, corpus, rng):
        base.folder.mkdir(parents=True, exist_ok=True)
        (base.folder / "notes.txt").write_text("much")
        return super().fit(base, corpus, rng)


class Free(Fair):
    """It was paid for being prepared."""

    def fit(self, base, corpus, rng):
        return replace(super().fit(base, corpus, rng), preparation=Preparation(seconds=-1.0))


class Holds(Fair):
    """It is never the same again once it was prepared."""

    def fit(self, base, corpus, rng):
        base.folder.mkdir(parents=True, exist_ok=True)
        kept = base.folder / "turn"
        shown = chunk(corpus.documents)[-1 if kept.exists() else 0]
        kept.write_text("taken")
        return Ready(base, base.language_model(), Preparation(bytes=5), lambda questions: [[shown] for _ in questions])


class Crashes(Fair):
    """It takes titles for granted."""

    def look(self, passages):
        return lambda questions: [[max(passages, key=lambda p: p.title.split()[0])] for _ in questions]


class NoReady(Fair):
    """It gives back what cannot be asked."""

    def fit(self, base, corpus, rng):
        return super().fit(base, corpus, rng).model


UNFAIR = {
    ReadsEvidence: "reads_nothing_of_a_question_but_its_words",
    KnowsWhatIsUnanswerable: "reads_nothing_of_a_question_but_its_words",
    Cheats: "reads_nothing_of_a_question_but_its_words",
    Invents: "shows_passages_of_the_documents",
    InventsDocuments: "shows_passages_of_the_documents",
    Lucky: "chance_is_seeded",
    Seeded: "asks_each_question_for_itself",
    Global: "leaves_global_random_numbers_alone",
    Crams: "asks_each_question_for_itself",
    Talks: "answers_with_the_model_that_it_was_given",
    Other: "answers_with_the_model_that_it_was_given",
    LeavesOut: "answers_every_question_in_order",
    Spoils: "leaves_the_documents_alone",
    Hides: "tells_what_it_cost",
    Free: "tells_what_it_cost",
    Holds: "is_prepared_again_once_it_is_closed",
    NoReady: "tells_what_it_cost",
}


@pytest.fixture
def check(own_registry):
    """A function that holds one promise against a class, as if a plug-in file had registered it."""

    def check(thing, case):
        registry._entries.pop(("arm", "mine"), None)
        arm("mine")(thing)
        (one,) = (one for one in checks("arm", "mine") if str(one) == f"mine-{case}")
        one()

    return check


@pytest.mark.parametrize(("thing", "case"), UNFAIR.items(), ids=lambda value: getattr(value, "__name__", value))
def test_an_unfair_arm_is_found(check, thing, case):
    with pytest.raises(AssertionError):
        check(thing, case)


@pytest.mark.parametrize("case", sorted(set(UNFAIR.values())))
def test_a_fair_arm_is_not(check, case):
    check(Fair, case)


def test_a_control_may_read_where_the_answer_stands_and_not_what_is_right(check):
    case = "reads_nothing_of_a_question_but_its_words"
    check(type("Control", (ReadsEvidence,), {"control": True}), case)
    with pytest.raises(AssertionError, match="depends on what is right"):
        check(type("Unfair", (KnowsWhatIsUnanswerable,), {"control": True}), case)


def test_what_an_arm_is_is_no_setting(check):
    @dataclass(frozen=True)
    class Setting(Fair):
        """It can be told that it is seeded."""

        seeded: bool = True

    with pytest.raises(AssertionError, match="seeded is what an arm is"):
        check(Setting, "says_what_it_is_and_needs")


def test_an_arm_that_breaks_on_odd_documents_is_found(check):
    with pytest.raises(IndexError):
        check(Crashes, "odd_documents_are_answered_or_refused")


def test_an_arm_that_lacks_something_here_is_skipped_with_its_reason(check):
    class Needs(Fair):
        """It needs what is not there."""

        def fit(self, base, corpus, rng):
            raise UsageError("the arm mine needs a quantum computer: buy one.")

    with pytest.raises(SkipTest, match="quantum"):
        check(Needs, "repeats_itself")
