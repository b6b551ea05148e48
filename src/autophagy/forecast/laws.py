"""Closed forms beside the simulation, and the z-test of one against the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .plan import Floats, Trajectories

ALARM = 4.0  # |z| that a check may reach: once in 16,000 by chance at one generation
FEWEST = 100  # chains whose mean is near enough to normal to raise an alarm


@dataclass(frozen=True)
class ClosedForm:
    """What a formula says that the mean over chains of a quantity is, at every generation.

    `formula` is the text to print, with t the generation (t fits, the first of them on real rows); `source` names
    author, year and equation, or says that it is ours. `quantity` is a name in the Trajectories, or a function of
    them that gives (generations, chains). `expected` is (generations,), NaN where the formula does not hold.
    `testable` (generations,) is False where the mean over this many chains is no test (rare chains carry it).
    `approximate` says in words how far the formula itself may be off; its z is then reported but no alarm.
    """

    formula: str
    source: str
    quantity: str | Callable[[Trajectories], Floats]
    expected: Floats
    testable: Any = None
    approximate: str | None = None
    name: str = ""

    def measured(self, trajectories: Trajectories) -> Floats:
        """The quantity that the formula speaks of, (generations, chains)."""
        return trajectories[self.quantity] if isinstance(self.quantity, str) else self.quantity(trajectories)

    @property
    def label(self) -> str:
        """The quantity in words."""
        return self.name or (self.quantity if isinstance(self.quantity, str) else "")


@dataclass(frozen=True)
class FormulaCheck:
    """One law against one simulation: z at the last generation that can be tested, and the worst of all of them."""

    law: ClosedForm
    generation: int
    measured: float
    expected: float
    z: float
    worst: float
    worst_generation: int
    tested: int
    chains: int

    @property
    def alarm(self) -> bool:
        """Whether the simulation disagrees with an exact formula by more than chance allows.

        The worst of `tested` generations may go as far as ALARM does at one, by Bonferroni over them, under Student's
        law of so many chains. Fewer than FEWEST chains raise none.
        """
        from scipy.special import ndtr, stdtrit

        bound = -float(stdtrit(self.chains - 1, ndtr(-ALARM) / max(self.tested, 1)))
        return self.law.approximate is None and self.chains >= FEWEST and abs(self.worst) > bound

    def json(self) -> dict[str, Any]:
        """The check as JSON has it, null for what is not known."""
        return {
            "quantity": self.law.label,
            "formula": self.law.formula,
            "source": self.law.source,
            "generation": self.generation,
            "measured": _known(self.measured),
            "expected": _known(self.expected),
            "z": _known(self.z),
            "worst_z": _known(self.worst),
            "worst_generation": self.worst_generation,
            "generations_tested": self.tested,
            "approximate": self.law.approximate,
            "agrees": None if not self.tested or self.law.approximate or self.chains < FEWEST else not self.alarm,
        }


def check(law: ClosedForm, trajectories: Trajectories) -> FormulaCheck:
    """z = (mean over chains - expected) / standard error, at every generation that can be tested.

    A mean of skewed values is not yet normal over a thousand chains; with g their skewness over sqrt(chains),
    z + g z^2 / 3 + g^2 z^3 / 27 + g / 6 is nearer to it, and this is the z that is told.

    Chains that all agree to rounding, with each other and with the formula, give z = 0. Fewer than two chains, or
    no generation to test, give NaN.

    Ref: Hall (1992), "On the removal of skewness by transformation", equation (2.2).
    """
    values = law.measured(trajectories)
    generations, chains = values.shape
    good = np.isfinite(law.expected) & np.isfinite(values).all(axis=1)
    if law.testable is not None:
        good &= np.asarray(law.testable, bool)
    rows = np.flatnonzero(good)
    if chains < 2 or not rows.size:
        end = float(values[-1].mean()), float(law.expected[-1])
        return FormulaCheck(law, generations, *end, np.nan, np.nan, generations, 0, chains)
    means, expected = values[rows].mean(axis=1), law.expected[rows]
    spread = values[rows].std(axis=1, ddof=1)
    gap = means - expected
    rounding = 1e-12 * np.abs(expected) + 1e-15
    z = np.where(np.abs(gap) <= rounding, 0.0, gap) / np.maximum(spread / np.sqrt(chains), rounding)
    standard = (values[rows] - means[:, None]) / np.maximum(spread, rounding)[:, None]
    cubes = (standard * standard * standard).mean(axis=1)  # ** 3 takes ten times as long
    skew = np.where(spread > rounding, cubes, 0.0) / np.sqrt(chains)
    z = np.where(z == 0, z, z + skew * z**2 / 3 + skew**2 * z**3 / 27 + skew / 6)
    worst = int(np.argmax(np.abs(z)))
    return FormulaCheck(
        law=law,
        generation=int(rows[-1]) + 1,
        measured=float(means[-1]),
        expected=float(expected[-1]),
        z=float(z[-1]),
        worst=float(z[worst]),
        worst_generation=int(rows[worst]) + 1,
        tested=len(rows),
        chains=chains,
    )


def checks(laws: Sequence[ClosedForm], trajectories: Trajectories) -> list[FormulaCheck]:
    """Every law against the simulation, in order."""
    return [check(law, trajectories) for law in laws]


def exact_means(laws: Sequence[ClosedForm]) -> dict[str, Floats]:
    """The mean over all loops (generations,) that exact laws give, by quantity; NaN where they do not hold."""
    means: dict[str, Floats] = {}
    for law in laws:
        if isinstance(law.quantity, str) and law.approximate is None:
            known = means.get(law.quantity)
            means[law.quantity] = law.expected if known is None else np.where(np.isnan(known), law.expected, known)
    return means


def _known(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
