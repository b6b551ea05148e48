"""The regimes of a run by their labels, with the numbers that were given for all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.registry import build, find
from .numbers import NOTHING, NUMBERS, DataMixture


def resolve(parts: Sequence[Part], numbers: Mapping[str, Any]) -> dict[str, Part]:
    """Each regime by its label, with the numbers that were given for all of them.

    A number sets that number in each regime that uses it. Where none does, it sets it in all of them, and the
    label says so: `replace` with fresh=10 is no longer replace.
    Raises UsageError where a number is of no use to any regime, and where two regimes come to the same.
    """
    known = {part: find("regime", part.name).settings for part in parts}
    for name, value in numbers.items():
        if value is not None and not any(name in settings for settings in known.values()):
            raise UsageError(f"no regime of this run has the number {name}: leave it out, or name one such as mix.")
    resolved: dict[str, Part] = {}
    for part in parts:
        settings, shown = dict(part.settings), dict(part.settings)
        for name, value in numbers.items():
            claimed = any(_uses(other, name) for other in parts)
            if value is None or name in settings or name not in known[part] or (claimed and not _uses(part, name)):
                continue
            settings[name] = value
            if not claimed or part.name == "mix":
                shown[name] = value
        # a preset of the five numbers alone; weighted, say, is still itself without its fixed rows
        preset = part.name != "mix" and known[part].keys() <= set(NUMBERS)
        empty = next((name for name in NOTHING if _uses(part, name) and settings.get(name, 1) == NOTHING[name]), None)
        if empty and preset:
            raise UsageError(
                f"the regime {part.name} with {empty} {NOTHING[empty]} is another one under its name: give it a number "
                f"for {empty}, or leave the regime out."
            )
        label = str(Part(part.name, shown))
        if label in resolved:
            raise UsageError(f"two of the regimes come to {label}: leave one out, or give it other numbers.")
        resolved[label] = Part(part.name, settings)
    return resolved


def numbers_of(part: Part) -> DataMixture:
    """The five numbers of a regime; a user's own regime may have none of them."""
    settings = settings_of(part)
    return DataMixture(**{name: settings[name] for name in NUMBERS if name in settings})


def settings_of(part: Part) -> dict[str, Any]:
    """Every setting of a regime: those that were given, and the defaults of the rest."""
    return {**find("regime", part.name).settings, **build("regime", part).keywords}


def _uses(part: Part, name: str) -> bool:
    """Whether a regime has a number of that name that is not nothing; `mix` has all of them."""
    settings = find("regime", part.name).settings
    return name in settings and (part.name == "mix" or name not in NOTHING or settings[name] != NOTHING[name])
