"""What arms cost when so many queries are asked of them, and which of them no other beats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .marks import Look, duration, money

HORIZONS = (100, 10_000, 1_000_000)  # queries, of which the whole cost is shown


@dataclass(frozen=True)
class Unit:
    """What cost is counted in: money where prices were given, else seconds."""

    fixed: str
    each: str
    name: str

    def told(self, amount: float | None) -> str:
        """An amount for a reader."""
        return duration(amount) if self.name == "seconds" else money(amount, self.name)

    def of(self, arm: Mapping[str, Any], queries: int | None) -> float | None:
        """The cost of one more query, or of so many queries and all that comes before the first."""
        fixed, each = arm[self.fixed], arm[self.each]
        if queries is None or each is None:
            return None if each is None else float(each)
        return None if fixed is None else float(fixed + queries * each)


def unit(found: Mapping[str, Any]) -> Unit:
    """The unit of a comparison."""
    if found["prices"]:
        return Unit("money", "money_per_query", str(found["prices"]["currency"]))
    return Unit("setup_seconds", "seconds_per_query", "seconds")


def front(
    arms: Sequence[Mapping[str, Any]], looks: Mapping[str, Look], unit: Unit, queries: int | None
) -> list[Mapping[str, Any]]:
    """The arms, the cheapest first, than which none is both cheaper and right more often; no controls.

    Cost and share are taken as they were measured: an arm may be on the front by chance.
    """
    known = [
        (cost, arm["correct"]["value"], arm)
        for arm in arms
        if not looks[arm["arm"]].control
        and (cost := unit.of(arm, queries)) is not None
        and arm["correct"]["value"] is not None
    ]
    kept: list[Mapping[str, Any]] = []
    for _, right, arm in sorted(known, key=lambda row: (row[0], -row[1])):
        if not kept or right > kept[-1]["correct"]["value"]:
            kept.append(arm)
    return kept
