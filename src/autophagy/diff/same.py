"""Whether two runs recorded the same numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..results.result import Result

MEASURED = {"seconds"}  # what no two runs of anything have alike


@dataclass(frozen=True)
class Sameness:
    """How many recorded numbers both runs have, how many of them are unequal, and how many are in one run alone."""

    shared: int
    unequal: int
    alone: int

    @classmethod
    def of(cls, a: Result, b: Result) -> "Sameness":
        """The recorded numbers of two runs, to the last bit."""
        mine, other = _numbers(a), _numbers(b)
        shared = mine.keys() & other.keys()
        unequal = sum(mine[key] != other[key] for key in shared)
        return cls(len(shared), unequal, len(mine.keys() ^ other.keys()))

    @property
    def equal(self) -> bool:
        """Whether all that both runs have is equal."""
        return self.shared > 0 and not self.unequal


def _numbers(result: Result) -> Mapping[Any, str]:
    """Every recorded number as text that stands for its bits, by where it stands."""
    return {
        tuple(part for name, part in row.items() if name != "value"): repr(row["value"])
        for row in result.rows()
        if row["metric"] not in MEASURED
    }
