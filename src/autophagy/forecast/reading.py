"""A plan as it is written: numbers as text, a regime by name, a verifier as its two keep rates."""

from collections.abc import Mapping
from typing import Any

from ..core.errors import UsageError
from ..core.parts import literal
from ..regimes.mixtures import PRESETS
from .families import make_plan
from .plan import Plan

WHOLE = ("samples", "generations", "chains", "seed", "synthetic", "budget")
AMOUNTS = ("fixed", "fresh")


def read_plan(family: str, words: Mapping[str, Any]) -> Plan:
    """The plan of a family, written `gaussian` or `gaussian:d=3`, from its numbers as text or as numbers.

    `regime` names a preset, whose numbers the others replace; `verifier` is "phi,psi"; what is None is left out.
    Raises UsageError for what is no number or makes no plan.
    """
    given = {name: value for name, value in words.items() if value is not None}
    numbers = _regime(given.pop("regime", "mix"))
    if "verifier" in given:
        rates = str(given.pop("verifier")).split(",")
        if len(rates) != 2:
            raise UsageError(
                "a verifier has two keep rates: give phi, of right rows, and psi, of wrong ones, as .9,.3."
            )
        given |= dict(zip(("phi", "psi"), rates, strict=True))
    return make_plan(family, **numbers | {name: _number(name, value) for name, value in given.items()})


def _regime(name: str) -> dict[str, Any]:
    if name != "mix" and name not in PRESETS:
        raise UsageError(f"there is no regime {name!r} to forecast: choose from mix, {', '.join(PRESETS)}.")
    return {} if name == "mix" else dict(PRESETS[name][1])


def _number(name: str, value: Any) -> int | float | str:
    """The number that a text is: whole where it counts rows, a share below 1 where it may be one."""
    number = literal(value.strip()) if isinstance(value, str) else value
    if name == "memory" and number == "all":
        return "all"
    if isinstance(number, str) and number.lower() == "inf":
        number = float("inf")
    if isinstance(number, bool) or not isinstance(number, int | float) or number != number:
        raise UsageError(f"{name} is {value!r}: give a number.")
    if isinstance(number, float) and number.is_integer() and name in (*WHOLE, *AMOUNTS, "memory"):
        return int(number)
    if isinstance(number, float) and name in (*WHOLE, "memory"):
        raise UsageError(f"{name} is {value!r}: give a whole number.")
    return number
