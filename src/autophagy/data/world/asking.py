"""The questions about a world, by type: one fact, two hops, other words, and what no document answers."""

import numpy as np

from ...core.questions import Question
from .facts import Firm, Person, World
from .wording import PERSON, facts

ONE_FACT = {
    "birth_date": ("When was {who} born?", "What is the birthday of {who}?"),
    "birth_city": ("Where was {who} born?", "In which town was {who} born?"),
    "school": ("Where did {who} study?", "At which school was {who} a student?"),
    "field": ("What did {who} study?", "In which subject does {who} have a degree?"),
    "employer": ("For which firm does {who} work?", "Who employs {who}?"),
    "city": ("Where is {who} based?", "In which town is {who}?"),
    "founded": ("When was {who} founded?", "In which year did {who} begin?"),
    "product": ("What does {who} make?", "What is the product of {who}?"),
}
PARAPHRASED = {  # wordings that the base model never read
    "birth_date": "Which date is the birthday of {who}?",
    "birth_city": "Which town does {who} come from by birth?",
    "school": "Which school did {who} go to as a student?",
    "field": "Which subject is {who} trained in?",
    "employer": "What is the name of the firm where {who} has a post?",
    "city": "In which town does {who} have its seat?",
    "founded": "Since which year has {who} existed?",
    "product": "What can one buy from {who}?",
}
TWO_HOP = {
    "city": ("In which town is the firm based for which {who} works?", "Where is the employer of {who} based?"),
    "founded": ("When was the firm founded for which {who} works?", "When was the employer of {who} founded?"),
    "product": ("What does the firm make for which {who} works?", "What does the employer of {who} make?"),
}


def questions(world: World, rng: np.random.Generator) -> tuple[Question, ...]:
    """Every fact asked once; two hops, other words and a stranger for every person.

    The evidence of a question names the documents that hold its answer (see `identity`).
    """
    asked: list[Question] = []
    subjects: tuple[Person | Firm, ...] = (*world.people, *world.firms)
    for subject in subjects:
        for relation, value in facts(subject).items():
            asked.append(_question("one-fact", subject.name, relation, _one(rng, ONE_FACT[relation]), value))
        relation = _one(rng, tuple(facts(subject)))
        asked.append(_question("paraphrased", subject.name, relation, PARAPHRASED[relation], facts(subject)[relation]))
    for person in world.people:
        relation = _one(rng, tuple(TWO_HOP))
        asked.append(two_hop(person, relation, _one(rng, TWO_HOP[relation])))
    for name in world.strangers:
        relation = _one(rng, tuple(PERSON))
        asked.append(
            Question(
                f"unanswerable/{identity(name)}", _one(rng, ONE_FACT[relation]).format(who=name), type="unanswerable"
            )
        )
    return tuple(asked)


def two_hop(person: Person, relation: str, template: str) -> Question:
    """A question whose answer is in the document of the firm that the document of the person names."""
    evidence = (identity(person.name), identity(person.employer.name))
    answer = (facts(person.employer)[relation],)
    return Question(f"two-hop/{evidence[0]}/{relation}", template.format(who=person.name), answer, evidence, "two-hop")


def identity(name: str) -> str:
    """The id of the document about a person or a firm."""
    return name.lower().replace(" ", "-")


def _question(type_: str, name: str, relation: str, template: str, answer: str) -> Question:
    about = identity(name)
    return Question(f"{type_}/{about}/{relation}", template.format(who=name), (answer,), (about,), type_)


def _one(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(rng.integers(len(words)))]
