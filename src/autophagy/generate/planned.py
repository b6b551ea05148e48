"""The calls up to the next barrier: how many, of which recipes, and what each asks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.recipe import Adapting, PoolRow, Recipe
from ..core.streams import stream
from .begun import Begun, brought
from .calls import Call
from .quotas import Quotas

BARRIER = 20  # calls between two looks at the pool, at most
FIRST = 5  # calls up to the first one, since nobody knows yet what a call brings


def calls_for(wanted: int, kept: int, begun: int) -> int:
    """How many calls go up to the next barrier: few at first, and at the end no more than what is wanted needs.

    `kept` rows came of the `begun` calls until now.
    """
    if not begun:
        return min(FIRST, wanted)
    return min(BARRIER, math.ceil(wanted * begun / kept)) if kept else BARRIER


@dataclass(frozen=True)
class Planning:
    """How the calls of a run are planned: by its recipes, the quotas of its rows, and the root of random numbers."""

    recipes: Sequence[tuple[Part, Recipe]]
    quotas: Quotas
    seed: int

    def calls(self, n: int, pool: Sequence[PoolRow], recent: Sequence[Begun], number: int, first: int) -> list[Call]:
        """The n calls up to the barrier of this number, whose ids go on from `first`.

        Recipes of several parts know what each brought in `recent` calls, and full quotas are out.
        """
        closed = self.quotas.closed
        asking = [
            (part, recipe.adapted(brought(recent, str(part)), closed) if isinstance(recipe, Adapting) else recipe)
            for part, recipe in self.recipes
            if str(part) not in closed
        ]
        room = self.quotas.open(pool)
        try:
            calls = self._asked(asking, n, room, number, first)
        except UsageError:
            if len(room) == len(pool):
                raise
            return []  # what a recipe works on is full
        return [replace(call, id=str(first + place)) for place, call in enumerate(calls)]

    def _asked(
        self, asking: Sequence[tuple[Part, Recipe]], n: int, pool: Sequence[PoolRow], number: int, first: int
    ) -> list[Call]:
        """The calls, shared evenly by the recipes, which take turns."""
        asked: list[list[Call]] = []
        for place, (part, recipe) in enumerate(asking):
            count = n // len(asking) + ((place - first) % len(asking) < n % len(asking))
            rng = stream(self.seed, f"ask {part}", number)
            asked.append([Call("", part, request) for request in recipe.ask(pool, count, rng)] if count else [])
        return [call for turn in zip_longest(*asked) for call in turn if call]
