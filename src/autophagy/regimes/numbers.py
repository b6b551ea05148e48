"""The five numbers of a regime, and the history that it mixes from."""

from collections.abc import Callable
from dataclasses import dataclass

from ..core.errors import UsageError
from ..core.samples import Samples

NUMBERS = ("fixed", "fresh", "synthetic", "memory", "budget")


MOST = 10**12  # rows; more are a slip of the keyboard


NOTHING = {"fixed": 0, "fresh": 0, "budget": None}  # the numbers that leave a part of the mixture out


@dataclass(frozen=True)
class History:
    """What a regime may draw from when it mixes the training set of `generation` (2 or later).

    `real`: the real rows that generation 1 could learn from, in a fixed order. `synthetic`: the rows that each
    earlier generation generated and that were kept, oldest first. `fresh(n)`: n real rows that no generation has
    seen. `samples`: how many rows each generation generates. Where a regime takes `runs`, all of these hold that
    many blocks of equal length, and the counts are of each block.
    """

    real: Samples
    synthetic: tuple[Samples, ...]
    fresh: Callable[[int], Samples]
    samples: int
    generation: int = 2


@dataclass(frozen=True)
class DataMixture:
    """The five numbers of a regime; None stands for `samples` rows, and for no budget.

    Raises UsageError for a number that none of them can be.
    """

    fixed: int | float | None = 0
    fresh: int | float = 0
    synthetic: int | None = None
    memory: int | str = 1
    budget: int | str | None = None

    def __post_init__(self) -> None:
        for name in ("fixed", "fresh", "synthetic"):
            amount = getattr(self, name)
            if amount is not None and not (0 <= amount <= MOST and (amount < 1 or amount == int(amount))):
                raise UsageError(f"{name} is {amount!r}: give a whole number of rows, or a share below 1.")
        if self.memory != "all" and not (isinstance(self.memory, int) and 1 <= self.memory <= MOST):
            raise UsageError(f"memory is {self.memory!r}: give a number of generations, 1 or more, or 'all'.")
        if self.budget not in (None, "samples") and not (isinstance(self.budget, int) and 1 <= self.budget <= MOST):
            raise UsageError(f"budget is {self.budget!r}: give a number of rows, 1 or more, or 'samples'.")

    def rows(self, samples: int, generation: int) -> tuple[int, int, int]:
        """Rows of (fixed, fresh, each remembered synthetic generation) that generation 2 or later draws.

        A share s below 1 is of the whole training set, which is what makes its count s / (1 - shares) of the rest.
        """
        synthetic = samples if self.synthetic is None else self.synthetic
        fixed = samples if self.fixed is None else self.fixed
        shares = sum(amount for amount in (fixed, self.fresh) if isinstance(amount, float) and amount < 1)
        if shares >= 1:
            raise UsageError(f"the shares of fixed and fresh rows add up to {shares}: leave room for synthetic rows.")
        kept = min(generation - 1, generation - 1 if self.memory == "all" else int(self.memory))
        counted = sum(amount for amount in (fixed, self.fresh) if amount >= 1)
        rest = (kept * synthetic + counted) / (1 - shares)  # the rows of the whole training set
        fixed, fresh = (round(a * rest) if isinstance(a, float) and a < 1 else int(a) for a in (fixed, self.fresh))
        return fixed, fresh, synthetic

    def first(self, samples: int) -> int:
        """How many real rows generation 1 learns from: `fixed` where it is a count, else `samples`."""
        return int(self.fixed) if self.fixed is not None and self.fixed >= 1 else samples
