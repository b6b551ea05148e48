"""Where a stream stands: the evidence after a look, of each task and of all, and since when there is most of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...core.files import Line
from ...statistics.sequential import averaged, starts
from .bank import TaskBank
from .designs import Design, Window, window

Stream = tuple[str, str]  # a task, and what is followed of its answers


@dataclass(frozen=True)
class Standing:
    """What the answers since a look come to: the mean marks recorded and now, their change, and its log evidence.

    `since` is the date of that look: of all from which evidence is gathered, the one from which there is most.
    `recorded` is what the new answers are held against. The interval is of the same choice: it excludes all tolerated
    changes where the evidence alarms.
    """

    n: int = 0
    recorded: float = math.nan
    now: float = math.nan
    change: float = math.nan
    low: float = -1.0
    high: float = 1.0
    evidence: float = 0.0
    since: str = ""

    def json(self) -> dict[str, Any]:
        """As a line has it, null for what is unknown."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def read(cls, cells: Mapping[str, Any]) -> "Standing":
        """What `json` wrote."""
        known: dict[str, Any] = {name: math.nan if value is None else value for name, value in cells.items()}
        return cls(**known)


def standings(
    banks: Mapping[str, TaskBank], lines: Sequence[Line], design: Design, alpha: float, tolerance: float
) -> tuple[dict[Stream, Standing], float]:
    """Where each stream stands after the looks of these lines, and the log evidence that anything changed."""
    counted = [line for line in lines if line["tasks"]]
    streams = [(name, kind) for name, bank in banks.items() for kind in bank.marker.kinds]
    best: dict[Stream, tuple[float, Window, float, str]] = {}
    whole = [0.0] if not counted else []
    for start, share in starts(len(counted)) if counted else ():
        found = {(name, kind): window(banks[name], kind, design, counted, start) for name, kind in streams}
        evidence = {stream: each.evidence(tolerance) if each else 0.0 for stream, each in found.items()}
        whole.append(math.log(share) + averaged(list(evidence.values())))
        for stream, each in found.items():
            worth = math.log(share) + evidence[stream]
            if each and (stream not in best or worth > best[stream][0]):
                best[stream] = worth, each, alpha * share, counted[start]["date"]
    return {stream: _standing(*best[stream]) if stream in best else Standing() for stream in streams}, max(whole)


def _standing(evidence: float, each: Window, alpha: float, since: str) -> Standing:
    low, high = each.interval(alpha)
    return Standing(each.n, each.now - each.change, each.now, each.change, low, high, evidence, since)


def _plain(cell: float | str) -> float | str | None:
    if not isinstance(cell, float):
        return cell
    return round(cell, 9) if math.isfinite(cell) else None
