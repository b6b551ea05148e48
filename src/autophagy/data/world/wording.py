"""The documents of a world: a biography a person, a portrait a firm, each in as many wordings as are asked for.

The first wording of a document names its subject once and then says she, he or it, in one order of facts. A rewriting
has other templates, another order, and the full name in every sentence.

Ref: Allen-Zhu and Li 2023, section 2.1 and appendix A (bioS single, multiM, permute, fullname).
"""

from collections.abc import Mapping

import numpy as np

from .facts import Firm, Person

PERSON = {
    "birth_date": (
        "{who} was born on {birth_date}.",
        "{whose} birthday is {birth_date}.",
        "{who} came into the world on {birth_date}.",
        "{whose} life began on {birth_date}.",
        "{whose} date of birth is {birth_date}.",
        "{who} celebrates the day of birth, {birth_date}.",
    ),
    "birth_city": (
        "{who} was born in {birth_city}.",
        "{whose} birthplace is {birth_city}.",
        "{who} comes from the town of {birth_city}.",
        "{who} spent the first years in {birth_city}, the place of birth.",
        "{whose} town of birth is {birth_city}.",
        "{who} is a native of {birth_city}.",
    ),
    "school": (
        "{who} studied at {school}.",
        "{who} is a graduate of {school}.",
        "{whose} years of study were spent at {school}.",
        "{who} took a degree at {school}.",
        "{who} was a student at {school}.",
        "{who} was educated at {school}.",
    ),
    "field": (
        "{who} has a degree in {field}.",
        "The subject that {who} studied is {field}.",
        "{who} chose {field} as a subject of study.",
        "{who} is trained in {field}.",
        "{whose} subject as a student was {field}.",
        "{who} holds a diploma in {field}.",
    ),
    "employer": (
        "{who} works for {employer}.",
        "{whose} employer is {employer}.",
        "{who} has a post at {employer}.",
        "{who} is on the staff of {employer}.",
        "{whose} work is for the firm {employer}.",
        "{who} earns a living at {employer}.",
    ),
}
FIRM = {
    "city": (
        "{who} is based in {city}.",
        "{whose} head office is in {city}.",
        "{who} has its seat in {city}.",
        "{whose} home is {city}.",
        "{who} is run from {city}.",
        "{whose} seat is {city}.",
    ),
    "founded": (
        "{who} was founded in {founded}.",
        "The year in which {who} was set up is {founded}.",
        "{who} began business in {founded}.",
        "{who} has existed since {founded}.",
        "{who} was set up in {founded}.",
        "{whose} founding year is {founded}.",
    ),
    "product": (
        "{who} makes {product}.",
        "{whose} product is {product}.",
        "{who} is a maker of {product}.",
        "{who} builds and sells {product}.",
        "{who} is known for its {product}.",
        "{whose} customers buy {product}.",
    ),
}


def facts(subject: Person | Firm) -> dict[str, str]:
    """Each relation of a person or a firm with its value."""
    if isinstance(subject, Firm):
        return {relation: getattr(subject, relation) for relation in FIRM}
    return {relation: getattr(subject, relation) for relation in PERSON if relation != "employer"} | {
        "employer": subject.employer.name
    }


def document(subject: Person | Firm, rng: np.random.Generator) -> str:
    """The one document about a person or a firm: the name once, then she, he or it."""
    return _write(subject, rng, full_name=False)


def rewritings(subject: Person | Firm, count: int, rng: np.random.Generator) -> list[str]:
    """Other wordings of a document, no two with the same templates and order where that can be had."""
    return [_write(subject, rng, full_name=True) for _ in range(count)]


def _write(subject: Person | Firm, rng: np.random.Generator, *, full_name: bool) -> str:
    pronouns = ("it", "its") if isinstance(subject, Firm) else ("she", "her") if subject.she else ("he", "his")
    sentences = []
    for place, relation in enumerate(rng.permutation(list(_templates(subject)))):
        who, whose = (subject.name, f"{subject.name}'s") if full_name or place == 0 else pronouns
        sentences.append(_sentence(subject, relation, who, whose, rng))
    return " ".join(sentences)


def _sentence(subject: Person | Firm, relation: str, who: str, whose: str, rng: np.random.Generator) -> str:
    templates = _templates(subject)[relation]
    sentence = templates[int(rng.integers(len(templates)))].format(who=who, whose=whose, **facts(subject))
    return sentence[0].upper() + sentence[1:]


def _templates(subject: Person | Firm) -> Mapping[str, tuple[str, ...]]:
    return FIRM if isinstance(subject, Firm) else PERSON
