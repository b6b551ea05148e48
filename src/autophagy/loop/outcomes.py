"""What a regime kept, what it lost, and what its seeds do not decide, between its first and its last generation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .change import Change, Seeds, is_worse
from .legend import Legend

Fate = Literal["kept", "lost", "undecided"]


@dataclass(frozen=True)
class Fared:
    """What became of one figure."""

    change: Change
    fate: Fate


def outcomes(generations: Mapping[int, Mapping[str, Seeds]], real: Mapping[str, float], legend: Legend) -> list[Fared]:
    """The fate of each figure of the headline that has a better direction; `real` is what real rows score."""
    first, last = min(generations), max(generations)
    if first == last:
        return []
    found = []
    for name in legend.headline(generations[last]):
        known = legend.figure(name)
        change = Change.of(known, generations[first].get(name, {}), generations[last][name])
        if known.better is not None and change.end.n:
            found.append(Fared(change, fate(change, real.get(name, float("nan")))))
    return found


def fate(change: Change, real: float) -> Fate:
    """Kept where a figure held or did not get worse, lost where it got worse; a single seed decides neither."""
    if change.by.n < 2:
        return "undecided"
    if change.held or change.by.low == change.by.value == change.by.high == 0:
        return "kept"
    if not change.by.decided:
        return "undecided"
    return "lost" if is_worse(change, real) else "kept"
