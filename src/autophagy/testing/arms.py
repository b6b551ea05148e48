"""The contract of arms: what every way to answer questions must do, so that a comparison of several is fair."""

import json
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import SkipTest

import numpy as np

from ..arms import Corpus, Ready, SharedModel
from ..arms.arm import NEEDS
from ..core.entry import Entry
from ..core.errors import AutophagyError, UsageError
from ..core.questions import Graded, Question
from ..core.samples import REAL, Array, Samples
from ..data.dataset import Dataset
from ..data.world.source import world
from .fixtures import is_a_frozen_dataclass, is_a_sentence, rng

Case = Callable[[Entry, Any], None]
TOKENS = 4  # of an answer, which is noise


# --- what an arm is shown


def _dataset() -> Dataset:
    """The documents of a world of four people and some questions about them, made anew, lest an arm spoils them."""
    dataset = world("world:people=4")
    first, *others = dataset.questions[::4]
    chosen = replace(first, id="choice", answers=("a ship",), choices=("a ship", "a moon"))
    return replace(dataset, questions=(first, *others, chosen))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _here() -> Iterator[None]:
    """What lacks a package or a device here, and says so in a sentence, is skipped with that reason."""
    try:
        yield
    except UsageError as error:
        is_a_sentence(error)
        raise SkipTest(str(error)) from error


def _base(folder: Path) -> SharedModel:
    """A model with random weights, and where an arm may work."""
    from .tiny_model import tiny_model

    with _here():
        model = tiny_model()
    return SharedModel(str(model), folder / "work", folder / "logs", "arm", embedder="none", max_tokens=TOKENS)


@contextmanager
def _ready(
    arm: Any, folder: Path, corpus: Corpus | None = None, chance: np.random.Generator | None = None
) -> Iterator[Ready]:
    """The arm, prepared for the documents, and closed in the end."""
    with _here():
        ready = arm.fit(_base(folder), corpus or _dataset().corpus, chance or rng())
    assert isinstance(ready, Ready), f"fit gives a {type(ready).__name__}: give a Ready"
    try:
        yield ready
    finally:
        ready.close()


def exercise(arm: Any) -> list[Array]:
    """The prompts that an arm makes, and what its model says to them."""
    with _folder() as folder, _ready(arm, folder) as ready:
        return _asked(ready)


def _asked(ready: Ready) -> list[Array]:
    prompts, _ = ready.prompts(_dataset().questions)
    completions = ready.model.complete(prompts, max_tokens=TOKENS)
    return [np.array(prompts), np.array([completion.text for completion in completions])]


def _same(ours: Sequence[Array], theirs: Sequence[Array]) -> bool:
    return all(np.array_equal(first, second) for first, second in zip(ours, theirs, strict=True))


def _answered(ready: Ready, questions: Sequence[Question]) -> list[Graded]:
    with _here():
        return ready.answer(questions, rng())


# --- what it says of itself


def _says_what_it_is_and_needs(entry: Entry, thing: Any) -> None:
    for name in ("seeded", "control"):
        assert isinstance(getattr(thing, name), bool), f"{name} is neither True nor False"
    assert isinstance(thing.needs, frozenset), "needs is no frozenset"
    assert thing.needs <= set(NEEDS), f"it needs {sorted(thing.needs - set(NEEDS))}: choose from {', '.join(NEEDS)}"
    for name in ("seeded", "control", "needs"):
        assert name not in entry.settings, f"{name} is what an arm is and no setting: annotate it as a ClassVar"


def _tells_what_it_cost(entry: Entry, thing: Any) -> None:
    """Finite figures, or NaN for one that is unknown; a training takes time, and files take room."""
    with _folder() as folder, _ready(thing, folder) as ready:
        preparation = ready.preparation
        for name in ("seconds", "search_seconds", "joules", "tokens_trained", "tokens_read", "tokens_written", "bytes"):
            _is_a_cost(name, getattr(preparation, name))
        _is_a_cost("complexity.seconds", preparation.complexity.seconds)
        assert not preparation.search_seconds > preparation.seconds, (
            "the search took longer than the preparation that it is part of"
        )
        assert preparation.tokens_trained == 0 or preparation.seconds > 0, "it was tuned in no time"
        json.dumps(preparation.details)  # a record holds them
        kept = any(path.is_file() for path in ready.base.folder.rglob("*"))
        assert not kept or preparation.bytes > 0, "it keeps files in base.folder, and its preparation has no bytes"


def _is_a_cost(name: str, figure: float) -> None:
    assert math.isnan(figure) or 0 <= figure < math.inf, (
        f"the preparation's {name} is {figure}: give NaN where it is unknown"
    )


# --- what is fair


def _answers_with_the_model_that_it_was_given(entry: Entry, thing: Any) -> None:
    """The same model, as it is or tuned, and answers as long as those of other arms."""
    with _folder() as folder, _ready(thing, folder) as ready:
        given = _base(folder)
        assert ready.base == given, "the base of what is ready is not the one that fit was given"
        assert given.model in ready.model.name, f"{ready.model.name} does not name the model {given.model}"


def _answers_every_question_in_order(entry: Entry, thing: Any) -> None:
    questions = _dataset().questions
    with _folder() as folder, _ready(thing, folder) as ready:
        answers = _answered(ready, questions)
        _, passages = ready.prompts(questions)
        assert [row.answer.question for row in answers] == [question.id for question in questions]
        assert not any(row.answer.error for row in answers), "a question has an error in place of an answer"
        shown = [{passage.id: passage.text for passage in row} for row in passages or [[]] * len(questions)]
        assert [row.answer.passages for row in answers] == [tuple(row) for row in shown], "it read other passages"
        assert [row.passages for row in answers] == shown, "the answers have other passages than were shown"
        assert _answered(ready, ()) == [], "there are answers without a question"


def _shows_passages_of_the_documents(entry: Entry, thing: Any) -> None:
    """What is shown stands in the document that it is said to be of, so that it can be looked up there."""
    documents = _dataset().corpus.documents
    texts = dict(zip(documents.meta["document"].tolist(), documents.x.tolist(), strict=True))
    with _folder() as folder, _ready(thing, folder) as ready:
        prompts, shown = ready.prompts(_dataset().questions)
        for prompt, passages in zip(prompts, shown or [], strict=shown is not None):
            assert len({passage.id for passage in passages}) == len(passages), "a prompt has a passage twice"
            for passage in passages:
                name, document = passage.id, passage.document
                assert document in texts, f"the passage {name} is of no document"
                assert name.startswith(f"{document}#"), f"the id {name} is not {document}#NUMBER"
                stands = texts[document][passage.start : passage.end]
                assert passage.text == stands, f"the passage {name} is not what stands at its place in the document"
                assert passage.text.strip() in prompt, f"the passage {name} is not in the prompt"


def _reads_nothing_of_a_question_but_its_words(entry: Entry, thing: Any) -> None:
    """Neither what is right nor, unless it is a control, where that stands: the accepted answers are for the grader."""

    def disguised(number: int, question: Question) -> Question:
        wrong = question.choices[-1:] or ("nobody",)
        if thing.control:
            return replace(question, answers=wrong)
        return Question(f"other-{number}", question.text, wrong, choices=question.choices)

    questions = _dataset().questions
    others = [disguised(number, question) for number, question in enumerate(questions)]
    with _folder() as folder, _ready(thing, folder) as ready:
        assert ready.prompts(others) == ready.prompts(questions), "the prompt depends on what is right"
        if type(ready).answer is not Ready.answer:  # which asks the prompts alone
            told, untold = (_answered(ready, asked) for asked in (others, questions))
            assert [row.answer.text for row in told] == [row.answer.text for row in untold], (
                "the answer depends on what is right"
            )


def _asks_each_question_for_itself(entry: Entry, thing: Any) -> None:
    """The other questions are no documents: what is asked before or beside a question changes nothing."""
    if thing.control:
        return
    questions = _dataset().questions
    with _folder() as folder, _ready(thing, folder) as ready:
        together, _ = ready.prompts(questions)
        singly = [ready.prompts([question])[0][0] for question in reversed(questions)]
        assert together == singly[::-1], "the prompt depends on the other questions"


def _chance_is_seeded(entry: Entry, thing: Any) -> None:
    """An arm that is tried but once must not hang on its luck."""
    if thing.seeded or thing.control:
        return
    first = exercise(thing)
    for seed in range(3):
        with _folder() as folder, _ready(thing, folder, chance=np.random.default_rng(seed)) as ready:
            assert _same(_asked(ready), first), "other random numbers change it: set seeded to True"


# --- what it leaves as it was, and what it bears


def _leaves_the_documents_alone(entry: Entry, thing: Any) -> None:
    dataset = _dataset()
    before, asked = dataset.digest, list(dataset.questions)
    with _folder() as folder, _ready(thing, folder, dataset.corpus) as ready:
        ready.prompts(asked)
    assert dataset.digest == before, "the documents or their rewritings have changed"
    assert asked == list(dataset.questions), "the questions have changed"


def _is_prepared_again_once_it_is_closed(entry: Entry, thing: Any) -> None:
    """In the same folder, where what was kept may be taken up, as for another arm or after a kill."""
    with _folder() as folder:
        with _ready(thing, folder) as ready:
            first = _asked(ready)
        with _ready(thing, folder) as ready:
            assert _same(_asked(ready), first), "what was kept in base.folder is not what was made"


def _odd_documents_are_answered_or_refused(entry: Entry, thing: Any) -> None:
    """One document without a title, equal ones, and a question that shares no word with them."""
    for texts in (["A king."], ["A king."] * 3, ["?!", "A king."]):
        names = np.array([f"{number}.txt" for number in range(len(texts))], dtype=np.dtypes.StringDType())
        untitled = np.array([""] * len(texts), dtype=np.dtypes.StringDType())
        documents = Samples.of(texts, REAL, "fixed", document=names, title=untitled)
        questions = [Question("1", "Who rules?", ("a king",), ("0.txt",)), Question("2", "?")]
        try:
            with _folder() as folder, _ready(thing, folder, Corpus(documents, style=Corpus(documents))) as ready:
                prompts, _ = ready.prompts(questions)
        except AutophagyError as error:
            is_a_sentence(error)
        else:
            assert len(prompts) == 2


ARM: tuple[Case, ...] = (
    is_a_frozen_dataclass,
    _says_what_it_is_and_needs,
    _tells_what_it_cost,
    _answers_with_the_model_that_it_was_given,
    _answers_every_question_in_order,
    _shows_passages_of_the_documents,
    _reads_nothing_of_a_question_but_its_words,
    _asks_each_question_for_itself,
    _chance_is_seeded,
    _leaves_the_documents_alone,
    _is_prepared_again_once_it_is_closed,
    _odd_documents_are_answered_or_refused,
)
