"""Calls that were begun: each with all that followed from it, what it cost, and what it brought."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..core.recipe import Brought

TOLD = ("operation", "round", "style")  # what a recipe says in `of` of its requests that a report tells apart
FACTS = (*TOLD, "classification")  # what it says there of the row that comes of one
COSTS = ("money", "tokens", "calls")  # the first of which is known of all calls is the cost


@dataclass
class Begun:
    """A call that follows no other, with all that followed from it. What nobody counted is NaN.

    `whole` is the recipe as it was named, `recipe` its part where it is a mix, and `of` what the recipe says of the
    request. `items` is what the replies held, rows or not; `rows` those that were rows, `new` those that passed every
    check, `kept` those that were wanted, too; `lost` counts the others by their reasons.
    """

    id: str
    whole: str
    recipe: str
    of: Mapping[str, str]
    calls: int = 0
    tokens_in: float = 0.0
    tokens_out: float = 0.0
    money: float = 0.0
    rows: int = 0
    new: int = 0
    kept: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    @property
    def tokens(self) -> float:
        """All tokens."""
        return self.tokens_in + self.tokens_out

    @property
    def items(self) -> int:
        """How many rows and items that are none the replies held."""
        return self.kept + self.lost.total()


def cost_of(begun: Sequence[Begun]) -> str:
    """What the cost of some calls is counted in: the first of money, tokens and calls that is known of all."""
    return next(name for name in COSTS if all(math.isfinite(getattr(each, name)) for each in begun))


def brought(begun: Iterable[Begun], whole: str) -> dict[str, Brought]:
    """What each part of a recipe has brought."""
    own = [each for each in begun if each.whole == whole]
    unit = cost_of(own)
    found: dict[str, Brought] = {}
    for each in own:
        before = found.get(each.recipe, Brought())
        found[each.recipe] = Brought(
            before.calls + 1, before.kept + each.kept, before.cost + float(getattr(each, unit))
        )
    return found
