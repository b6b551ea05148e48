"""The facts of a world: who was born when and where, studied what, works for whom; what firms make, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .names import FIELDS, MONTHS, PRODUCTS, SCHOOLS, SUFFIXES, pool

PEOPLE_A_FIRM = 4  # on average; a smaller world has one firm


@dataclass(frozen=True)
class Firm:
    """An invented firm and three facts about it."""

    name: str
    city: str
    founded: str
    product: str


@dataclass(frozen=True)
class Person:
    """An invented person and five facts about her or him."""

    name: str
    she: bool
    birth_date: str
    birth_city: str
    school: str
    field: str
    employer: Firm


@dataclass(frozen=True)
class World:
    """Invented people, the firms that they work for, and as many strangers whom no document names."""

    people: tuple[Person, ...]
    firms: tuple[Firm, ...]
    strangers: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """Draws names that nobody has yet: a tenth of all pairs of words is kept back from the base model's training.

    A world that is `kept_back` is made of these alone, any other of the rest, so that the base model never read a name
    of the former.
    """

    rng: np.random.Generator
    kept_back: bool
    taken: set[str] = field(default_factory=set)

    def person(self) -> str:
        """A first and a last name."""
        return self._new(pool("first"), pool("last"))

    def firm(self) -> str:
        """A name and what kind of firm it is."""
        return self._new(pool("firm"), SUFFIXES)

    def _new(self, words: Sequence[str], others: Sequence[str]) -> str:
        while True:
            i, k = int(self.rng.integers(len(words))), int(self.rng.integers(len(others)))
            name = f"{words[i]} {others[k]}"
            if _kept_back(i, k) == self.kept_back and name not in self.taken:
                self.taken.add(name)
                return name


def is_kept_back(name: str) -> bool:
    """Whether a person's name is one that the base model must not read in its training."""
    first, last = name.split()
    return _kept_back(pool("first").index(first), pool("last").index(last))


def _kept_back(i: int, k: int) -> bool:
    return (i + k) % 10 == 0


def make_world(people: int, rng: np.random.Generator, *, kept_back: bool = False) -> World:
    """A world of so many people with one firm for every four.

    `kept_back` makes it of names that the base model was never trained on.
    """
    names = Names(rng, kept_back)
    firms = tuple(_firm(rng, names.firm()) for _ in range(max(1, people // PEOPLE_A_FIRM)))
    drawn = tuple(_person(rng, firms, names.person()) for _ in range(people))
    return World(drawn, firms, tuple(names.person() for _ in range(people)))


def _firm(rng: np.random.Generator, name: str) -> Firm:
    return Firm(name, _one(rng, pool("city")), str(rng.integers(1850, 2020)), _one(rng, PRODUCTS))


def _person(rng: np.random.Generator, firms: tuple[Firm, ...], name: str) -> Person:
    return Person(
        name=name,
        she=bool(rng.random() < 0.5),
        birth_date=f"{rng.integers(1, 29)} {_one(rng, MONTHS)} {rng.integers(1900, 2000)}",
        birth_city=_one(rng, pool("city")),
        school=_one(rng, SCHOOLS).format(_one(rng, pool("city"))),
        field=_one(rng, FIELDS),
        employer=firms[rng.integers(len(firms))],
    )


def _one(rng: np.random.Generator, words: Sequence[str]) -> str:
    return words[int(rng.integers(len(words)))]
