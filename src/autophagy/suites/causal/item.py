"""Item: a hypothesis on a class of graphs, under names and in a wording, and its gold answer."""

from dataclasses import dataclass
from functools import lru_cache

from ...core.questions import Question
from .equivalence import members
from .graphs import decode
from .relations import GOLDS, RELATIONS, golds
from .sentences import WORDINGS, Told


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """That variable `a` is to `b` what `relation` says, by what is observed of the `n` variables of a graph.

    `code` is the graph's bitmask. `names` are those of the variables 0 to n - 1, and `listing` is the order in which
    the variables are told. `order` of the observations is that of the listing where it is empty. `idle` names one more
    variable, which no arrow leads to or from.
    """

    code: int
    n: int
    relation: str
    a: int
    b: int
    names: tuple[str, ...]
    listing: tuple[int, ...]
    order: tuple[int, ...] = ()
    wording: int = 0
    idle: str = ""

    @property
    def gold(self) -> str:
        """What holds over all graphs that the observations fit: entailed, undetermined or contradicted."""
        return GOLDS[_golds(self.code, self.n)[RELATIONS.index(self.relation)][self.a][self.b]]

    @property
    def id(self) -> str:
        """All that there is to know of it but the wording: witness.witness reads it."""
        return f"causal/{self.n}/{self.relation}/{self.code:x}-{self.a}{self.b}-{''.join(self.names)}"

    def question(self, original: str = "", variant: str = "", suffix: str = "") -> Question:
        """The question; a twin of the question with the id `original` is told by its `variant`."""
        told = Told(self.code, self.n, self.names, self.listing, self.order, self.idle)
        text = WORDINGS[self.wording].prompt(told, self.relation, self.names[self.a], self.names[self.b])
        name = f"{original}/{variant}{suffix}" if original else self.id
        return Question(
            name, text, (self.gold,), type=self.relation, choices=GOLDS, document=original or name, variant=variant
        )


@lru_cache(maxsize=4096)
def _golds(code: int, n: int) -> list[list[list[int]]]:
    found: list[list[list[int]]] = golds(members(decode(code, n))).tolist()
    return found
