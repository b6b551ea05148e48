"""A world as a comparison needs it: documents, wordings of them, questions, and what the base model knew before."""

from dataclasses import dataclass

import numpy as np

from ...core.questions import Question
from ...core.samples import REAL, Samples
from .asking import identity, questions
from .facts import Firm, Person, World, make_world
from .wording import document, rewritings

PEOPLE = 24
KNOWN = 100  # people whom the base model knows by heart
WORDINGS = 24  # of each document
GENERAL = 60  # questions about people whom the base model knows


@dataclass(frozen=True)
class Library:
    """Documents and other wordings of them (column `document`), questions, and a control corpus in the same style.

    `general` asks what the base model knows by heart: what it forgets shows there.
    """

    documents: Samples
    rewritings: Samples
    questions: tuple[Question, ...]
    general: tuple[Question, ...]
    style: "Library | None" = None


def make_library(people: int = PEOPLE, seed: int = 0) -> Library:
    """The library of a world whose names the base model was never trained on."""
    own, other, asked = (np.random.default_rng([seed, part]) for part in range(3))
    style = _library(make_world(people, other), other, ())
    known = questions(known_world(), asked)
    simple = [question for question in known if question.kind == "one-fact"]
    general = tuple(simple[i] for i in sorted(asked.permutation(len(simple))[:GENERAL].tolist()))
    made = _library(make_world(people, own, kept_back=True), own, general)
    return Library(made.documents, made.rewritings, made.questions, general, style)


def known_world() -> World:
    """The people whom the base model knows by heart, for ever the same."""
    return make_world(KNOWN, np.random.default_rng(KNOWN))


def _library(world: World, rng: np.random.Generator, general: tuple[Question, ...]) -> Library:
    subjects: tuple[Person | Firm, ...] = (*world.people, *world.firms)
    names = [subject.name for subject in subjects]
    documents = _texts([document(subject, rng) for subject in subjects], names)
    written = [(subject.name, text) for subject in subjects for text in rewritings(subject, WORDINGS, rng)]
    return Library(documents, _texts([t for _, t in written], [n for n, _ in written]), questions(world, rng), general)


def _texts(texts: list[str], names: list[str]) -> Samples:
    kind = np.dtypes.StringDType()
    ids = np.array([identity(name) for name in names], dtype=kind)
    return Samples.of(np.array(texts, dtype=kind), REAL, "fixed", document=ids, title=np.array(names, dtype=kind))
