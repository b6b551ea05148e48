"""A world as a comparison needs it: documents, rewritings of them, questions, and what the base model knew before."""

import numpy as np

from ...core.questions import Question
from ...core.samples import REAL, Samples
from ..dataset import Corpus, Dataset
from .asking import identity, questions
from .facts import Firm, Person, World, make_world
from .wording import document, rewritings

PEOPLE = 24  # a comparison on so small a world takes minutes
KNOWN = 100  # people whom the base model knows by heart
REWRITINGS = 24  # of each document
GENERAL = 60  # questions about people whom the base model knows


def make_dataset(people: int = PEOPLE, seed: int = 0) -> Dataset:
    """The data of a world whose names the base model was never trained on, with a control corpus in the same style.

    The general questions ask what the base model knows by heart: what it forgets shows there.
    """
    own, other, asked = (np.random.default_rng([seed, part]) for part in range(3))
    style = _corpus(make_world(people, other), other)
    general = _general(asked)
    world = make_world(people, own, kept_back=True)
    corpus = _corpus(world, own)
    return Dataset(Corpus(corpus.documents, corpus.rewritings, style), questions(world, own), general)


def known_world() -> World:
    """The people whom the base model knows by heart, for ever the same."""
    return make_world(KNOWN, np.random.default_rng(KNOWN))


def _general(rng: np.random.Generator) -> tuple[Question, ...]:
    """Questions on one fact each about the people whom the base model knows."""
    simple = [question for question in questions(known_world(), rng) if question.type == "one-fact"]
    return tuple(simple[i] for i in sorted(rng.permutation(len(simple))[:GENERAL].tolist()))


def _corpus(world: World, rng: np.random.Generator) -> Corpus:
    subjects: tuple[Person | Firm, ...] = (*world.people, *world.firms)
    names = [subject.name for subject in subjects]
    documents = _texts([document(subject, rng) for subject in subjects], names)
    written = [(subject.name, text) for subject in subjects for text in rewritings(subject, REWRITINGS, rng)]
    return Corpus(documents, _texts([text for _, text in written], [name for name, _ in written]))


def _texts(texts: list[str], names: list[str]) -> Samples:
    kind = np.dtypes.StringDType()
    ids = np.array([identity(name) for name in names], dtype=kind)
    return Samples.of(np.array(texts, dtype=kind), REAL, "fixed", document=ids, title=np.array(names, dtype=kind))
