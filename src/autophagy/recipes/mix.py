"""Mix: several recipes share the calls."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError
from ..core.parts import Part
from ..core.recipe import PoolRow, Read, Recipe, Request
from ..core.registry import build
from ..core.samples import Array

NAME = "mix"


@recipe(NAME)
@dataclass(frozen=True)
class Mix:
    """Share the calls among several recipes, so that rows differ by the way of asking too.

    `of` names them with + between them. A recipe's own settings follow its name, with ; between them:
    mix:of=alpaca:shots=2;per_call=5+textbook. `shares` are numbers with + between them, one for each; equal ones
    without. They are shares of the prompts that begin; what follows from a reply comes on top.
    """

    of: str = "alpaca+persona+textbook+verbalised"
    shares: str = ""
    recipes: Mapping[str, Recipe] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = [Part.parse(each.replace(";", ",")) for each in self.of.split("+")]
        for part in parts:
            if part.name == NAME:
                raise UsageError("a mix cannot hold a mix: name the recipes of both in one setting of.")
        recipes = {str(part): build("recipe", part) for part in parts}
        if len(recipes) < len(parts):
            raise UsageError(f"the mix {self.of} names a recipe twice: give it a larger share instead.")
        object.__setattr__(self, "recipes", recipes)
        self._weights()

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts, of each recipe as many as its share; what is left over by rounding goes to recipes at random."""
        weights = self._weights()
        counts = np.floor(n * weights + 1e-9).astype(int)
        left = n * weights - counts
        over = n - int(counts.sum())
        if over:
            counts[rng.choice(len(counts), over, replace=False, p=left / left.sum())] += 1
        return [
            _of(name, request)
            for (name, recipe), count in zip(self.recipes.items(), counts, strict=True)
            for request in (recipe.ask(pool, int(count), rng) if count else ())
        ]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """What the recipe that asked reads of a reply."""
        name = request.of["recipe"]
        found = self.recipes[name].read(request, reply, cut=cut)
        return [_of(name, each) if isinstance(each, Request) else each for each in found]

    def _weights(self) -> Array:
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
