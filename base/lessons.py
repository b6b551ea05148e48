"""What the base model is trained on: reading answers out of passages, and knowing some people by heart.

Every batch reads about people made for it, whom it never meets again; the people that it knows by heart are those of
one fixed world. Neither shares a name with the world that the comparison asks about (see `OTHERS`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from autophagy.context.prompt import closed_prompt, context_prompt
from autophagy.data.world import Firm, Person, World, document, make_world, rewritings
from autophagy.data.world.asking import ONE_FACT, TWO_HOP
from autophagy.data.world.facts import is_kept_back
from autophagy.data.world.wording import PERSON, facts, statement

NOT_THERE = "not in the documents"
Piece = tuple[str, bool]  # some text, and whether it is an answer


@dataclass(frozen=True)
class Lesson:
    """Pieces of text, of which the answers are to be learnt; `kind` names it in the log."""

    kind: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Mixture:
    """The most passages of a lesson, and shares.

    Of lessons: `listed` (of which `drilled`), `retold` and `by_heart`, the rest being read. Of questions: about
    `strangers`, and of two `hops` where the passages allow it.
    """

    passages: int
    listed: float
    drilled: float
    retold: float
    by_heart: float
    strangers: float
    hops: float


def lessons(count: int, mixture: Mixture, known: World, rng: np.random.Generator, *, asked: int = 6) -> list[Lesson]:
    """So many lessons, all about the same number of passages, so that a batch of them wastes little."""
    passages = int(rng.integers(1, mixture.passages + 1))
    world = make_world(4 * passages + count + 2, rng)
    made = []
    for _ in range(count):
        kind = rng.random()
        if kind < mixture.by_heart:
            made.append(_heart(known, rng, asked + 2 * passages))
        elif kind < mixture.by_heart + mixture.listed:
            made.append(_list(world, passages, mixture, rng, asked))
        elif kind < mixture.by_heart + mixture.listed + mixture.retold:
            made.append(_retelling(world, passages, rng))
        else:
            made.append(_reading(world, passages, mixture, rng, asked))
    return made


def _reading(world: World, passages: int, mixture: Mixture, rng: np.random.Generator, asked: int) -> Lesson:
    subjects = _subjects(world, passages, rng)
    texts = [rewritings(s, 1, rng)[0] if rng.random() < 0.5 else document(s, rng) for s in subjects]
    pairs = list(dict(_pair(world, subjects, mixture, rng) for _ in range(asked)).items())
    return _dialogue(f"read{len(texts)}", pairs, lambda question: context_prompt(question, texts))


def _list(world: World, passages: int, mixture: Mixture, rng: np.random.Generator, asked: int) -> Lesson:
    """The same fact of several people or firms: only the name tells whose it is."""
    everybody = world.people if rng.random() < 0.8 or len(world.firms) < 2 else world.firms
    count = min(len(everybody), int(rng.integers(2, 4 * passages + 2)))
    subjects = [everybody[i] for i in rng.permutation(len(everybody))[:count]]
    relation = _one(rng, tuple(facts(subjects[0])))
    values = [facts(subject)[relation] for subject in subjects]
    order = rng.permutation(count)[:asked]
    kind = rng.random()
    if kind < mixture.drilled:
        return _drill(subjects, relation, values, order, rng)
    told = [statement(subject, relation, rng) for subject in subjects]
    pairs = [(_one(rng, ONE_FACT[relation]).format(who=subjects[i].name), values[i]) for i in order]
    if everybody is world.people and rng.random() < mixture.strangers:
        name = world.strangers[rng.integers(len(world.strangers))]
        pairs[0] = (_one(rng, ONE_FACT[relation]).format(who=name), NOT_THERE)
    cut = sorted({0, count, *rng.integers(0, count + 1, size=passages - 1).tolist()})
    texts = [" ".join(told[i:j]) for i, j in pairwise(cut)]
    return _dialogue(f"list{count}", pairs, lambda question: context_prompt(question, texts))


def _drill(
    subjects: list[Person | Firm], relation: str, values: list[str], order: np.ndarray, rng: np.random.Generator
) -> Lesson:
    """A list, and its lines again up to the value, in another order and perhaps other words: the name decides."""
    kind = rng.random()
    if kind < 0.4:
        told = [f"{subject.name}: {value}." for subject, value in zip(subjects, values, strict=True)]
        again = told
    else:
        told = [statement(subject, relation, rng) for subject in subjects]
        again = told if kind < 0.7 else [statement(subject, relation, rng) for subject in subjects]
    pieces: list[Piece] = [("\n".join(told) if rng.random() < 0.5 else " ".join(told), False)]
    for i in order:
        pieces += [("\n" + again[i].partition(values[i])[0].rstrip(), False), (values[i], True)]
    return Lesson(f"drill{len(told)}", pieces)


def _retelling(world: World, passages: int, rng: np.random.Generator) -> Lesson:
    """Documents, and then each of them twice in other words: every value can be read off what came before."""
    subjects = _subjects(world, passages, rng)
    texts = [rewritings(s, 1, rng)[0] if rng.random() < 0.5 else document(s, rng) for s in subjects]
    again = [subjects[place] for place in (*rng.permutation(len(subjects)), *rng.permutation(len(subjects)))]
    return Lesson("retold", [("\n".join(texts) + "\n", False), *((rewritings(s, 1, rng)[0], True) for s in again)])


def _subjects(world: World, count: int, rng: np.random.Generator) -> list[Person | Firm]:
    """People and firms of one prompt; now and then two share a first or a last name, or one employs another."""
    first = world.people[rng.integers(len(world.people))]
    subjects: list[Person | Firm] = [first]
    while len(subjects) < count:
        other = world.people[rng.integers(len(world.people))]
        kind = rng.random()
        if kind < 0.25 and first.employer not in subjects:
            subjects.append(first.employer)
        elif kind < 0.4:
            subjects.append(world.firms[rng.integers(len(world.firms))])
        elif kind < 0.6:
            mine, yours = first.name.split(), other.name.split()
            name = f"{mine[0]} {yours[1]}" if rng.random() < 0.5 else f"{yours[0]} {mine[1]}"
            if not is_kept_back(name):
                subjects.append(replace(other, name=name))
        else:
            subjects.append(other)
    if count == 1 and rng.random() < 0.25:
        subjects = [world.firms[rng.integers(len(world.firms))]]
    unique = list({subject.name: subject for subject in subjects}.values())
    return [unique[place] for place in rng.permutation(len(unique))]


def _pair(world: World, subjects: list[Person | Firm], mixture: Mixture, rng: np.random.Generator) -> tuple[str, str]:
    """A question about the passages and its answer."""
    subject = subjects[rng.integers(len(subjects))]
    if rng.random() < mixture.strangers:
        name = world.strangers[rng.integers(len(world.strangers))]
        if isinstance(subject, Person) and rng.random() < 0.5:  # half a known name is not that person
            half = subject.name.split()
            name = f"{half[0]} {name.split()[1]}" if rng.random() < 0.5 else f"{name.split()[0]} {half[1]}"
        if name not in {other.name for other in subjects} and not is_kept_back(name):
            return _one(rng, ONE_FACT[_one(rng, tuple(PERSON))]).format(who=name), NOT_THERE
    if isinstance(subject, Person) and subject.employer in subjects and rng.random() < mixture.hops:
        relation = _one(rng, tuple(TWO_HOP))
        return _one(rng, TWO_HOP[relation]).format(who=subject.name), facts(subject.employer)[relation]
    relation = _one(rng, tuple(facts(subject)))
    return _one(rng, ONE_FACT[relation]).format(who=subject.name), facts(subject)[relation]


def _heart(known: World, rng: np.random.Generator, asked: int) -> Lesson:
    """Something to know by heart: biographies in other words, or questions about people of whom they tell."""
    subjects = (*known.people, *known.firms)
    drawn = [subjects[i] for i in rng.integers(len(subjects), size=asked)]
    if rng.random() < 0.5:
        texts = [rewritings(s, 1, rng)[0] if rng.random() < 0.8 else document(s, rng) for s in drawn[: asked // 2]]
        return Lesson("biography", [(text, True) for text in texts])
    pairs = []
    for subject in drawn:
        relation = _one(rng, tuple(facts(subject)))
        pairs.append((_one(rng, ONE_FACT[relation]).format(who=subject.name), facts(subject)[relation]))
    return _dialogue("heart", pairs, closed_prompt)


def _dialogue(kind: str, pairs: list[tuple[str, str]], prompt: Callable[[str], str]) -> Lesson:
    pieces: list[Piece] = []
    for place, (question, answer) in enumerate(pairs):
        asks = prompt(question) if place == 0 else f"\n\nQuestion: {question}"
        pieces += [(f"{asks}\nAnswer:", False), (answer, True)]
    return Lesson(kind, pieces)


def _one(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(rng.integers(len(words)))]
