"""Mix: several recipes share the calls."""

import copy
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError, must
from ..core.parts import Part
from ..core.recipe import Brought, PoolRow, Read, Recipe, Request, passages
from ..core.registry import build
from ..core.samples import Array
from .shares import matched

NAME = "mix"


@recipe(NAME)
@dataclass(frozen=True)
class Mix:
    """Share the calls among several recipes, so that rows also differ by how they were asked for.

    `of` names them with + between them. A recipe's own settings follow its name, with ; between them:
    mix:of=alpaca:shots=2;per_call=5+textbook. `shares` are numbers with + between them, one for each. Without, the
    shares are equal at first and then follow what a recipe brings: rows that were kept, over their cost. All recipes
    have an equal part of `floor` of the calls whatever they bring. Shares are of the prompts that begin; what follows
    from a reply comes on top.

    Ref: Thierens (2005), "An adaptive pursuit strategy for allocating operator probabilities", for the shares.
    """

    of: str = "alpaca+persona+textbook+verbalised"
    shares: str = ""
    floor: float = 0.2
    recipes: Mapping[str, Recipe] = field(default_factory=dict, init=False, repr=False, compare=False)
    weights: Array = field(default_factory=lambda: np.zeros(0), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = [Part.parse(each.replace(";", ",")) for each in self.of.split("+")]
        for part in parts:
            if part.name == NAME:
                raise UsageError("a mix cannot hold a mix: name the recipes of both in one setting of.")
        recipes = {str(part): build("recipe", part) for part in parts}
        if len(recipes) < len(parts):
            raise UsageError(f"the mix {self.of} names a recipe twice: give it a larger share instead.")
        must(0 < self.floor <= 1, "floor", self.floor, "above 0 and at most 1")
        object.__setattr__(self, "recipes", recipes)
        object.__setattr__(self, "weights", self._given())

    @property
    def parts(self) -> list[str]:
        """Its recipes with their settings."""
        return list(self.recipes)

    def adapted(self, brought: Mapping[str, Brought], closed: Container[str] = ()) -> "Mix":
        """The mix whose shares follow what each recipe brought, unless `shares` fixes them, without those closed."""
        weights = self.weights if self.shares else matched([brought.get(name, Brought()) for name in self.recipes],
                                                           self.floor)  # fmt: skip
        weights = np.where([name in closed for name in self.recipes], 0.0, weights)
        other = copy.copy(self)
        object.__setattr__(other, "weights", weights / (weights.sum() or 1.0))
        return other

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts, of each recipe as many as its share; what is left over by rounding goes to recipes at random.

        Their order is random, too: the rows of the first calls are kept where no more are wanted.
        """
        if not self.weights.any():
            return []
        counts = np.floor(n * self.weights + 1e-9).astype(int)
        left = np.maximum(n * self.weights - counts, 0.0)
        over = n - int(counts.sum())
        if over:
            counts[rng.choice(len(counts), over, replace=False, p=left / left.sum())] += 1
        requests = [
            _of(name, request)
            for (name, recipe), count in zip(self.recipes.items(), counts, strict=True)
            for request in (recipe.ask(pool, int(count), rng) if count else ())
        ]
        return [requests[place] for place in rng.permutation(len(requests))]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """What the recipe that asked reads of a reply."""
        name = request.of["recipe"]
        found = self.recipes[name].read(request, reply, cut=cut)
        return [_of(name, each) if isinstance(each, Request) else each for each in found]

    def passages(self, seeds: Sequence[PoolRow]) -> list[str]:
        """What a model learns to write for each of the recipes."""
        return [text for name, recipe in self.recipes.items() for text in passages(name, recipe, seeds)]

    def _given(self) -> Array:
        shares = self.shares.split("+") if self.shares else ["1"] * len(self.recipes)
        good = len(shares) == len(self.recipes) and all(re.fullmatch(r"\d*\.?\d+", share) for share in shares)
        weights = np.array([float(share) for share in shares]) if good else np.zeros(1)
        if not (weights > 0).all():
            raise UsageError(
                f"the setting shares of mix must be {len(self.recipes)} numbers above 0 with + between them, one for "
                f"each recipe, not {self.shares!r}."
            )
        return weights / weights.sum()


def _of(name: str, request: Request) -> Request:
    """A request that says which recipe reads its reply."""
    return replace(request, of={**request.of, "recipe": name})
