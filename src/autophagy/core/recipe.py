"""A recipe: how a writer is asked for new rows, and what its replies hold; pure, so tested without a model."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np

from .errors import UsageError


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A row that a recipe may show or work on: a seed, a passage of a document, or one that was made and kept.

    `made` says that a model wrote it; `parent` is the id of the row that it was made from, and `round` how many steps
    it lies behind a seed. `source` is the document of a passage. `classification` says whether its output is one of a
    few labels, None where nobody said. `columns` is what else a seed says of itself, such as its topic.
    """

    id: str
    instruction: str
    input: str = ""
    output: str = ""
    made: bool = False
    parent: str = ""
    round: int = 0
    source: str = ""
    classification: bool | None = None
    columns: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Request:
    """One prompt to a writer, with how it is to be decoded.

    `of` is what the recipe needs to know again when it reads the reply, such as the stage or the words that it asked
    for; `shown` are the ids of the pool's rows in the prompt. `stop` ends the reply where one of these texts begins.
    `complete` asks for the text that goes on behind the prompt, without the model's chat template. `top_p` and
    `presence` (the penalty on tokens that the reply has already) hold on a server that honours them.
    """

    text: str
    max_tokens: int = 1024
    temperature: float = 1.0
    of: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    complete: bool = False
    top_p: float = 1.0
    presence: float = 0.0

    @property
    def part(self) -> str:
        """The recipe of a mix that asks, "" where it is no mix; what follows from a reply has the same one."""
        return self.of.get("recipe", "")


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that a reply holds; `parent` is the id of the row that it was made from, `round` its steps from a seed.

    `mended` says what had to be mended before the reply could be read, such as "JSON in prose".
    """

    instruction: str
    input: str = ""
    output: str = ""
    parent: str = ""
    round: int = 0
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An item of a reply that is no row, and why: one word or two that are counted, such as "cut" or "no output".

    `text` is what it was, for an example.
    """

    reason: str
    text: str = ""


Read = list[Draft | Refused | Request]


class Recipe(Protocol):
    """A way of asking a writer for new rows: a frozen dataclass whose fields are its settings."""

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts, or fewer where the pool holds too little; the same ones for the same pool and random numbers.

        Raises UsageError where the pool lacks what the recipe works on, such as passages.
        """

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """What a reply holds, in its order: rows, items that are none, and requests that must be asked to go on.

        `cut` says that the reply ended at its limit of tokens, so that its last item is not whole. It is never empty.
        """


@dataclass(frozen=True, slots=True)
class Brought:
    """What some calls, with all that followed from them, brought: how many rows were kept, and what they cost.

    The cost is money where all of it is known, else tokens, else the number of calls and of those that followed.
    """

    calls: int = 0
    kept: int = 0
    cost: float = 0.0


@runtime_checkable
class Adapting(Protocol):
    """A recipe of several parts, which may ask by what each of them brought."""

    @property
    def parts(self) -> Sequence[str]:
        """What its requests name as their `part`."""

    def adapted(self, brought: Mapping[str, Brought], closed: Container[str]) -> Recipe:
        """The recipe that asks next; the parts in `closed`, whose quota is full, ask nothing."""


@runtime_checkable
class Learnable(Recipe, Protocol):
    """A recipe whose replies a model can learn from the seeds, so that one that only goes on with texts can write."""

    def passages(self, seeds: Sequence[PoolRow]) -> list[str]:
        """Each seed as the last line of a prompt with the reply that would bring it; raises UsageError of none."""


def passages(name: str, recipe: Any, seeds: Sequence[PoolRow]) -> list[str]:
    """What a model learns to write for a recipe; raises UsageError where the recipe gives orders that it must obey."""
    if isinstance(recipe, Learnable):
        return recipe.passages(seeds)
    raise UsageError(
        f"the recipe {name} asks for what only a model that follows instructions can do, and a model that is fitted on "
        "the seeds goes on with texts like them: use --recipe continue, or alpaca where the seeds have outputs."
    )
