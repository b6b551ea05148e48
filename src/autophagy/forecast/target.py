"""A target: what is to be kept at the last generation, and a statistic over loops with its interval."""

import re
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import binom

from ..core.errors import UsageError
from ..statistics.intervals import interval
from .families import Family
from .plan import Floats

STATISTICS = ("mean", "median", "worst_tenth")
PATTERN = re.compile(r"\s*([a-z][a-z0-9_]*)\s*(>=|<=)\s*(\S+)\s*")

Bounds = tuple[float, float, float]


@dataclass(frozen=True)
class Target:
    """What is to be kept at the last generation: a quantity, at least or at most a value."""

    quantity: str
    at_least: bool
    value: float

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Read "variance>=0.9"; raises UsageError where it says something else."""
        match = PATTERN.fullmatch(text)
        try:
            if match:
                return cls(match[1], match[2] == ">=", float(match[3]))
        except ValueError:
            pass
        raise UsageError(
            f"the target {text!r} is not one: write QUANTITY>=VALUE or QUANTITY<=VALUE in quotes, as 'variance>=0.9'."
        )

    def __str__(self) -> str:
        return f"{self.quantity}{'>=' if self.at_least else '<='}{self.value:g}"

    def of(self, family: Family) -> "Target":
        """The same target by the family's own name of the quantity; raises UsageError where it has no such."""
        return replace(self, quantity=family.quantity(self.quantity))

    def met(self, value: float) -> bool:
        """Whether the value is on the right side; an unknown one is not."""
        return value >= self.value if self.at_least else value <= self.value

    def statistic(self, values: Floats, name: str) -> Bounds:
        """(value, low, high) of a statistic over the chains (chains,), with its 95 % interval.

        The interval of a quantile runs between two order statistics, by the binomial law of how many chains lie
        below it, whatever the quantity's own law.
        """
        if name == "mean":
            score = interval(values)
            return score.value, score.low, score.high
        share = 0.5 if name == "median" else 0.1 if self.at_least else 0.9
        ranked, chains = np.sort(values), len(values)
        low, high = binom.ppf([0.025, 0.975], chains, share).astype(int)
        return float(np.quantile(ranked, share)), float(ranked[max(low - 1, 0)]), float(ranked[min(high, chains - 1)])
