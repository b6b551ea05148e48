"""The names that rows have in their column recipe."""

from collections.abc import Sequence

from ..core.parts import Part
from ..core.recipe import Adapting
from ..core.registry import build


def labels_of(recipes: Sequence[Part]) -> list[str]:
    """The recipes as they were named, a mix as its parts."""
    found: list[str] = []
    for part in recipes:
        recipe = build("recipe", part)
        found += recipe.parts if isinstance(recipe, Adapting) else [str(part)]
    return list(dict.fromkeys(found))
