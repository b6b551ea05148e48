"""The plan of a forecast: the numbers of a loop that nobody needs to train."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import UsageError
from ..core.heard import heard
from ..regimes.numbers import DataMixture
from .operators import Operators

Floats = NDArray[np.float64]
LOW, HIGH = 0.1, 0.9  # the quantiles over chains that are shown as low and high
TYPICAL = 10  # chains, below which none of them is called typical, nor a tenth of them told apart
MOST = 10**18  # the most rows that 64-bit counts hold with room for sums


@dataclass(frozen=True)
class RowCounts:
    """The training rows of one generation: real ones that stay, new real ones, and of each remembered generation.

    `kept` is the number of remembered generations, each of which gives `synthetic` rows; all are cut to `budget`
    where it is a number. Generation 1 has only `fixed` rows.
    """

    fixed: int
    fresh: int
    synthetic: int
    kept: int
    budget: int | None = None

    @property
    def pool(self) -> int:
        """The rows before the cut."""
        return self.fixed + self.fresh + self.kept * self.synthetic

    @property
    def total(self) -> int:
        """The rows that the model is fitted on."""
        return self.pool if self.budget is None else min(self.pool, self.budget)


@dataclass(frozen=True)
class ForecastPlan:
    """A loop in numbers: the family and its settings, the five numbers of the regime, bias, operators and chains.

    `samples` is the number of rows that each generation makes; `bias` below 1 narrows what is sampled, in the
    family's own sense. Generation 1 is the fit on real rows alone, generation t the t-th fit.
    """

    family: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    samples: int = 1000
    generations: int = 50
    numbers: DataMixture = field(default_factory=DataMixture)
    bias: float = 1.0
    chains: int = 1000
    seed: int = 0
    operators: Operators = field(default_factory=Operators)

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", dict(self.settings))
        for name, least, most in (("samples", 1, MOST), ("generations", 1, 10**6), ("chains", 1, 10**7)):
            if not least <= getattr(self, name) <= most:
                raise UsageError(f"{name} is {getattr(self, name)}: give a whole number from {least} to {most:.0e}.")
        if not 0 < self.bias <= 100:
            raise UsageError(f"bias is {self.bias}: give a number above 0, up to 100; 1 is unbiased.")
        if not (isinstance(self.seed, int) and 0 <= self.seed < 2**63):
            raise UsageError(f"seed is {self.seed}: give a whole number from 0.")
        for name in ("fixed", "fresh"):
            amount = getattr(self.numbers, name)
            if amount is not None and not (0 <= amount <= MOST and (isinstance(amount, int) or amount < 1)):
                raise UsageError(f"{name} is {amount}: give a whole number of rows, or a share below 1.")
        for name, least in (("synthetic", 0), ("budget", 1)):
            amount = getattr(self.numbers, name)
            if isinstance(amount, int | float) and not least <= amount <= MOST:
                raise UsageError(f"{name} is {amount}: give a whole number of rows, {least} or more.")
        if self.numbers.memory != "all" and int(self.numbers.memory) < 1:
            raise UsageError(f"memory is {self.numbers.memory}: give a number of generations, 1 or more, or all.")
        if self.generations > 1 and self.rows(2).total < 1:
            raise UsageError("no rows are left to learn from: raise samples, fixed, fresh or the budget.")

    def each(self, first: int = 1) -> Iterator[int]:
        """The generations from the first to the last, for an engine that draws one after the other."""
        return heard(range(first, self.generations + 1), self.generations, "generation")

    def rows(self, generation: int) -> RowCounts:
        """The rows that a generation is fitted on, in exact integers; worked out once."""
        if generation not in self._rows:
            self._rows[generation] = self._count(generation)
        return self._rows[generation]

    @cached_property
    def _rows(self) -> dict[int, RowCounts]:
        return {}

    def _count(self, generation: int) -> RowCounts:
        if generation == 1:
            return RowCounts(self.numbers.first(self.samples), 0, 0, 0)
        fixed, fresh, synthetic = self.numbers.rows(self.samples, generation)
        memory = self.numbers.memory
        kept = generation - 1 if memory == "all" else min(int(memory), generation - 1)
        budget = self.numbers.budget
        return RowCounts(fixed, fresh, synthetic, kept, self.samples if budget == "samples" else _whole(budget))

    def but(self, **changes: Any) -> "ForecastPlan":
        """The same plan with other fields; names of the five numbers and of the operators are reached through."""
        numbers = {name: changes.pop(name) for name in list(changes) if name in DataMixture.__dataclass_fields__}
        operators = {name: changes.pop(name) for name in list(changes) if name in Operators.__dataclass_fields__}
        changes["numbers"] = replace(changes.get("numbers", self.numbers), **numbers)
        changes["operators"] = replace(changes.get("operators", self.operators), **operators)
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain values; numbers and operators at their default are left out."""
        operators = {name: getattr(self.operators, name) for name in self.operators.used}
        return {
            "family": self.family,
            "settings": dict(self.settings),
            "samples": self.samples,
            "generations": self.generations,
            **asdict(self.numbers),
            "bias": self.bias,
            "chains": self.chains,
            "seed": self.seed,
            **{name: str(value) if value == math.inf else value for name, value in operators.items()},
        }


class Trajectories(Mapping[str, Floats]):
    """What a simulation gives: each quantity by name, as (generations, chains); row 0 is generation 1.

    A value may be given as a function of no arguments, which is called when the quantity is first read: what
    nobody asks for costs nothing.
    """

    def __init__(self, quantities: Mapping[str, Floats | Callable[[], Floats]]) -> None:
        self._quantities = dict(quantities)

    def __getitem__(self, name: str) -> Floats:
        value = self._quantities[name]
        if callable(value):
            value = self._quantities[name] = value()
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._quantities)

    def __getstate__(self) -> dict[str, Any]:
        return {"_quantities": dict(self)}  # as values, for functions cannot be sent to another process

    def __len__(self) -> int:
        return len(self._quantities)


def scaled(plan: ForecastPlan, samples: int) -> ForecastPlan:
    """The plan at another scale: all of its counts times the same factor, none of them below 1; shares stay."""

    def scale(amount: Any) -> Any:
        if amount is None or isinstance(amount, str) or amount == 0 or (isinstance(amount, float) and amount < 1):
            return amount
        return max(1, round(int(amount) * samples / plan.samples))

    counts = {name: scale(getattr(plan.numbers, name)) for name in ("fixed", "fresh", "synthetic", "budget")}
    return plan.but(samples=samples, **counts)


def _whole(number: int | str | None) -> int | None:
    return None if number is None else int(number)
