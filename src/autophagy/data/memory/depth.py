"""How deep lists may lie within lists: what holds itself has no end, and no file could keep it."""

from collections.abc import Iterable, Mapping
from typing import Any

from ...core.errors import DataError

DEEPEST = 64  # lists within lists, which is as many axes as an array has


def check_depth(value: Any, called: str) -> None:
    """Raise DataError where lists and dicts lie within each other too deep, or hold themselves.

    They are looked at level by level and each of them once in a level, so the work has an end whatever they hold.
    """
    level = [value]
    for _ in range(DEEPEST):
        inside = {id(part): part for outer in level for part in _parts(outer) if _is_container(part)}
        if not inside:
            return
        level = list(inside.values())
    raise DataError(
        f"{called} holds lists within lists more than {DEEPEST} deep, or a list that holds itself: give rows of texts, "
        "numbers, or lists of numbers."
    )


def _is_container(part: Any) -> bool:
    return isinstance(part, list | tuple | dict | set | frozenset) or _is_of_objects(part)


def _is_of_objects(part: Any) -> bool:
    return getattr(getattr(part, "dtype", None), "kind", "") == "O" and hasattr(part, "ravel")


def _parts(outer: Any) -> Iterable[Any]:
    if _is_of_objects(outer):
        return outer.ravel().tolist()
    return outer.values() if isinstance(outer, Mapping) else outer
