"""The invented world: what its documents say, what its questions ask, and that no model has met its people before."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.data.world.asking import ONE_FACT, PARAPHRASED, TWO_HOP, identity, questions
from autophagy.data.world.dataset import GENERAL, REWRITINGS, known_world, make_dataset
from autophagy.data.world.facts import is_kept_back, make_world
from autophagy.data.world.names import SIZES, pool
from autophagy.data.world.wording import FIRM, PERSON, document, facts, rewritings

SEEDS = st.integers(0, 2**32 - 1)
SENTENCE = re.compile(r"[A-Z][^.!?]*\.")


@pytest.fixture(scope="module")
def dataset():
    return make_dataset(8, seed=3)


def texts(samples):
    """Document id -> its texts."""
    found = {}
    for name, text in zip(samples.meta["document"].tolist(), samples.x.tolist(), strict=True):
        found.setdefault(name, []).append(text)
    return found


def subjects(world):
    return [*world.people, *world.firms]


def wordings(world, seed, count=2):
    """Name -> its document and some rewritings of it."""
    rng = np.random.default_rng(seed)
    return {s.name: [document(s, rng), *rewritings(s, count, rng)] for s in subjects(world)}


@given(seed=SEEDS, people=st.integers(1, 9), kept_back=st.booleans())
def test_the_same_seed_makes_the_same_world(seed, people, kept_back):
    one, two = (make_world(people, np.random.default_rng(seed), kept_back=kept_back) for _ in range(2))
    assert one == two
    assert wordings(one, seed) == wordings(two, seed)
    assert questions(one, np.random.default_rng(seed)) == questions(two, np.random.default_rng(seed))


@given(seed=SEEDS)
def test_another_seed_makes_another_world(seed):
    one, two = (make_world(8, np.random.default_rng(s)) for s in (seed, seed + 1))
    assert {p.name for p in one.people} != {p.name for p in two.people}


@given(seed=SEEDS, people=st.integers(1, 30))
def test_a_name_is_of_a_kept_back_world_or_of_a_training_world_and_never_of_both(seed, people):
    for kept_back in (True, False):
        world = make_world(people, np.random.default_rng(seed), kept_back=kept_back)
        named = [person.name for person in world.people] + list(world.strangers)
        assert {is_kept_back(name) for name in named} == {kept_back}
        assert len(set(named)) == len(named) == 2 * people
        firms = [firm.name for firm in world.firms]
        assert len(set(firms)) == len(firms)


def test_what_is_kept_back_is_a_tenth_of_all_names():
    names = [f"{first} {last}" for first in pool("first") for last in pool("last")]
    assert sum(map(is_kept_back, names)) == len(names) / 10


def test_no_word_is_a_name_of_two_kinds_and_no_pool_is_short():
    pools = {kind: pool(kind) for kind in SIZES}
    every = [name for names in pools.values() for name in names]
    assert len(set(every)) == len(every)
    assert {kind: len(names) for kind, names in pools.items()} == SIZES
    assert all(re.fullmatch("[A-Z][a-z]{3,10}", name) for name in every)


def test_the_comparison_asks_about_nobody_whom_the_base_or_the_control_has_met(dataset):
    asked = set(dataset.corpus.documents.meta["title"].tolist())
    control = set(dataset.corpus.style.documents.meta["title"].tolist())
    known = {subject.name for subject in subjects(known_world())}
    assert not asked & control
    assert not asked & known
    ours = set(dataset.corpus.documents.meta["document"].tolist())
    assert not ours & {name for question in dataset.general for name in question.evidence}


@given(seed=SEEDS)
def test_every_fact_stands_word_for_word_in_the_document_and_in_each_rewriting(seed):
    world = make_world(4, np.random.default_rng(seed))
    said = wordings(world, seed)
    for subject in subjects(world):
        for value in facts(subject).values():
            assert all(value in text for text in said[subject.name]), f"{value} is missing: {said[subject.name]}"


def test_every_one_fact_answer_is_in_its_evidence_and_in_all_rewritings_of_it(dataset):
    documents, written = texts(dataset.corpus.documents), texts(dataset.corpus.rewritings)
    for question in dataset.questions:
        if question.type in ("one-fact", "paraphrased"):
            (answer,), (evidence,) = question.answers, question.evidence
            assert answer in documents[evidence][0]
            assert len(written[evidence]) == REWRITINGS
            assert all(answer in text for text in written[evidence])
            assert question.document == evidence


@given(seed=SEEDS)
def test_two_hops_need_the_document_of_the_person_and_that_of_the_firm(seed):
    world = make_world(6, np.random.default_rng(seed), kept_back=True)
    said = {identity(name): rows for name, rows in wordings(world, seed).items()}
    people = {identity(person.name): person for person in world.people}
    for question in questions(world, np.random.default_rng(seed)):
        if question.type != "two-hop":
            continue
        (answer,), (first, second) = question.answers, question.evidence
        person = people[first]
        assert person.name in question.text
        assert person.employer.name not in question.text  # the first document is needed to know which firm
        assert all(person.employer.name in text for text in said[first])
        assert all(answer in text for text in said[second])
        others = {value for key, value in facts(person).items() if key != "employer"}
        chance = any(answer in value for value in others)  # that she was born where her firm is based
        assert chance or not any(answer in text for text in said[first])  # and the second is needed to know of it


@given(seed=SEEDS)
def test_no_document_holds_a_question_and_nobody_tells_of_a_stranger(seed):
    world = make_world(4, np.random.default_rng(seed))
    said = " ".join(text for rows in wordings(world, seed).values() for text in rows)
    for question in questions(world, np.random.default_rng(seed)):
        assert question.text not in said
    assert not [name for name in world.strangers if name in said]


def test_the_types_of_questions(dataset):
    by_type = {name: [q for q in dataset.questions if q.type == name] for name in {q.type for q in dataset.questions}}
    people, firms = 8, 2
    counts = {kind: len(asked) for kind, asked in by_type.items()}
    assert counts == {
        "one-fact": people * len(PERSON) + firms * len(FIRM),
        "paraphrased": people + firms,
        "two-hop": people,
        "unanswerable": people,
    }
    assert all(question.answers for kind in counts.keys() - {"unanswerable"} for question in by_type[kind])
    assert not any(question.answers or question.evidence for question in by_type["unanswerable"])
    everything = [question.id for question in (*dataset.questions, *dataset.general)]
    assert len(set(everything)) == len(everything)
    assert len({question.text for question in dataset.questions}) == len(dataset.questions)
    assert {question.type for question in dataset.general} == {"one-fact"}
    assert len(dataset.general) == GENERAL


def test_other_words_are_none_of_the_words_that_the_base_model_read():
    learnt = {template for table in (ONE_FACT, TWO_HOP) for row in table.values() for template in row}
    assert not learnt & set(PARAPHRASED.values())
    assert PARAPHRASED.keys() == ONE_FACT.keys() == PERSON.keys() | FIRM.keys()
    assert TWO_HOP.keys() <= FIRM.keys()
    assert all("{who}" in template and template.endswith("?") for template in (*learnt, *PARAPHRASED.values()))


def test_documents_have_ids_of_their_own_and_their_subject_as_title(dataset):
    ids, titles = (dataset.corpus.documents.meta[name].tolist() for name in ("document", "title"))
    assert len(set(ids)) == len(ids)
    assert ids == [identity(title) for title in titles]
    assert set(dataset.corpus.rewritings.meta["document"].tolist()) == set(ids)
    assert {name for question in dataset.questions for name in question.evidence} == set(ids)


@given(seed=SEEDS)
def test_every_wording_is_made_of_whole_sentences_that_begin_with_a_capital(seed):
    for person in subjects(make_world(3, np.random.default_rng(seed))):
        for text in wordings(make_world(3, np.random.default_rng(seed)), seed)[person.name]:
            sentences = SENTENCE.findall(text)
            assert " ".join(sentences) == text, f"{text!r} is not made of sentences"
            assert len(sentences) == len(facts(person))
            assert "{" not in text
            assert "  " not in text
            assert not re.search(r"\b(She|He|It|she|he|it)'s\b", text)


@given(seed=SEEDS)
def test_a_document_names_its_subject_once_and_a_rewriting_in_every_sentence(seed):
    world = make_world(3, np.random.default_rng(seed))
    for name, (first, *others) in wordings(world, seed).items():
        assert first.count(name) == 1
        assert name in SENTENCE.findall(first)[0]
        for text in others:
            assert all(name in sentence for sentence in SENTENCE.findall(text))


def test_rewritings_differ_in_words_and_in_order(dataset):
    for rows in texts(dataset.corpus.rewritings).values():
        assert len(set(rows)) > 0.9 * len(rows)


def test_a_world_is_as_large_as_asked():
    for people, firms in ((1, 1), (4, 1), (9, 2), (24, 6)):
        world = make_world(people, np.random.default_rng(0))
        assert (len(world.people), len(world.firms), len(world.strangers)) == (people, firms, people)
        assert {person.employer.name for person in world.people} <= {firm.name for firm in world.firms}
