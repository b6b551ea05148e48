"""A target: what is to be kept at the last generation, and a statistic over loops with its interval."""

from dataclasses import dataclass, replace

import numpy as np

from ..core.bound import Bound, malformed
from ..statistics.intervals import intervals
from .families import Family
from .plan import Floats

STATISTICS = ("mean", "median", "worst_tenth")

Bounds = tuple[float, float, float]


@dataclass(frozen=True)
class Target:
    """What is to be kept at the last generation: a quantity, at least or at most a value."""

    quantity: str
    at_least: bool
    value: float

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Read "variance>=0.9", "variance:0.9" or "variance=0.9.."; raises UsageError where it says something else."""
        bound = Bound.parse(text, "target", "variance")
        if bound.sign not in (">=", "<="):
            raise malformed(text, "target", "variance")
        return cls(bound.name, bound.sign == ">=", bound.value)

    def __str__(self) -> str:
        return f"{self.quantity}{'>=' if self.at_least else '<='}{self.value:g}"

    def of(self, family: Family) -> "Target":
        """The same target by the family's own name of the quantity; raises UsageError where it has no such."""
        return replace(self, quantity=family.quantity(self.quantity))

    def met(self, value: float) -> bool:
        """Whether the value is on the right side; an unknown one is not."""
        return value >= self.value if self.at_least else value <= self.value

    def statistic(self, values: Floats, name: str) -> Bounds:
        """(value, low, high) of a statistic over the chains (chains,), with its 95 % interval."""
        value, low, high = self.statistics(values[np.newaxis], name)[:, 0].tolist()
        return value, low, high

    def statistics(self, values: Floats, name: str) -> Floats:
        """The same for each generation of (generations, chains): (3, generations) of value, low and high.

        The interval of a quantile runs between two order statistics, by the binomial law of how many chains lie
        below it, whatever the quantity's own law.
        """
        if name == "mean":
            return intervals(values)
        share = 0.5 if name == "median" else 0.1 if self.at_least else 0.9
        ranked, chains = np.sort(values, axis=1), values.shape[1]
        low, high = (binomial_quantile(q, chains, share) for q in (0.025, 0.975))
        middle = np.quantile(ranked, share, axis=1)
        return np.stack([middle, ranked[:, max(low - 1, 0)], ranked[:, min(high, chains - 1)]])


def binomial_quantile(q: float, n: int, share: float) -> int:
    """The quantile of the binomial law of n and a share; `scipy.stats` has it too, and takes a second to import."""
    from scipy.special import bdtr, bdtrik

    count = int(np.ceil(bdtrik(q, n, share)))
    return count - 1 if count and bdtr(count - 1, n, share) >= q else count
