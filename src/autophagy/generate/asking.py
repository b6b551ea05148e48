"""The recipes of a run, each told who writes, and tried before anything is asked."""

from collections.abc import Sequence
from pathlib import Path

from ..core.parts import Part
from ..core.recipe import PoolRow
from ..core.registry import build
from ..core.streams import stream
from .spec import GenerateSpec


def recipes_of(spec: GenerateSpec, pool: Sequence[PoolRow]) -> list[Part]:
    """The recipes of a spec; raises UsageError where one lacks what it works on, such as seeds or passages."""
    parts = [_told(part, spec.model) for part in spec.recipes]
    for part in parts:
        build("recipe", part).ask(pool, 1, stream(spec.seed, f"try {part}"))
    return parts


def _told(part: Part, writer: str) -> Part:
    """A recipe with the writer's name, where it has a setting `model` that nobody gave."""
    if getattr(build("recipe", part), "model", None) != "":
        return part
    return Part(part.name, {**part.settings, "model": Path(writer).name})
