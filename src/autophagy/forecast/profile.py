"""The profile of model collapse: eight definitions of it, and from which generation on a loop meets each.

Schaeffer et al. (2025) find that the literature means eight different things by "model collapse" and ask for a
profile of all of them. The list and the thresholds here are our operationalisation of that paper, not its text.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..statistics.intervals import interval, intervals
from ..text.percent import percent
from .families import Family, find, simulate
from .plan import MOST, TYPICAL, Floats, ForecastPlan, Trajectories, scaled

CATASTROPHE = 10.0  # times the first generation's risk, and
RUIN = 0.1  # at least a tenth of what a model without variety has
VARIETY, MODES, TAILS, MADE_UP = 0.1, 0.95, 0.5, 0.01  # what the sentences below call lost: shares of the real data's
EXPONENT, SCALE = 0.1, 4  # change of the exponent of risk over samples, measured between n and 4 n
STEADY = 0.6  # a line has 1, the logarithm 0.7, what settles as 1/t 0.5


@dataclass(frozen=True)
class Definition:
    """One definition of model collapse: what it says, how it is measured, and what the loop does under it.

    `met` is None where the family has no such thing or the loop is too short to tell; `since` is the first
    generation from which the condition holds to the end.
    """

    name: str
    measured: str
    met: bool | None
    since: int | None = None
    value: float = math.nan

    def json(self) -> dict[str, Any]:
        """The definition as JSON has it."""
        value = self.value if math.isfinite(self.value) else None
        document = {"definition": self.name, "measured": self.measured, "met": self.met, "since": self.since}
        return document | {"value": value}


def profile(plan: ForecastPlan, trajectories: Trajectories) -> list[Definition]:
    """All eight definitions for one simulated loop.

    Ref: Schaeffer et al. (2025), "Position: Model Collapse Does Not Mean What You Think"; thresholds are ours.
    """
    family = find(plan.family)
    risk = _role(family, "risk", trajectories)
    definitions = _definitions(plan, family, risk, trajectories)
    if plan.chains >= TYPICAL:
        return definitions
    few = f"; {TYPICAL} chains or more are needed to tell"
    return [Definition(definition.name, definition.measured + few, None) for definition in definitions]


def _definitions(
    plan: ForecastPlan, family: Family, risk: Floats | None, trajectories: Trajectories
) -> list[Definition]:
    return [
        _catastrophe(risk),
        _rise(risk),
        _divergence(risk, _ceiling(plan, family)),
        _lasting(
            "collapse of variance",
            f"the typical chain's variety is at most {percent(VARIETY, 0)} of generation 1's",
            _ratio(_role(family, "variety", trajectories)),
            lambda x: x <= VARIETY,
        ),
        _scaling(plan, family, risk),
        _lasting(
            "disappearance of modes",
            f"chains keep on average less than {percent(MODES, 0)} of the real modes",
            _mean(_role(family, "modes", trajectories)),
            lambda x: x < MODES,
        ),
        _lasting(
            "disappearance of tails",
            f"the typical chain's tails hold less than {percent(TAILS, 0)} of the real tails' mass",
            _median(_role(family, "tails", trajectories)),
            lambda x: x < TAILS,
        ),
        _lasting(
            "hallucinated data",
            f"on average more than {percent(MADE_UP, 0)} of what is made lies where real data practically never do",
            _mean(_role(family, "made_up", trajectories)),
            lambda x: x > MADE_UP,
        ),
    ]


def _ceiling(plan: ForecastPlan, family: Family) -> float:
    """What the mean risk never exceeds under the plan: the bound of the quantity itself, or the family's ceiling."""
    risk = family.quantities.get(family.roles.get("risk", ""))
    return min(math.inf if risk is None else risk.bounds[1], family.ceiling(plan))


def _role(family: Family, role: str, trajectories: Trajectories) -> Floats | None:
    name = family.roles.get(role)
    return trajectories.get(name) if name else None


def _mean(values: Floats | None) -> Floats | None:
    return None if values is None else values.mean(axis=1)


def _median(values: Floats | None) -> Floats | None:
    return None if values is None else np.median(values, axis=1)


def _ratio(values: Floats | None) -> Floats | None:
    middle = _median(values)
    return None if middle is None or middle[0] <= 0 else middle / middle[0]


def _lasting(name: str, measured: str, series: Floats | None, holds: Callable[[Floats], Any]) -> Definition:
    """A condition at each generation: it is met where it holds at the last, since it has held without a break."""
    if series is None:
        return Definition(name, f"{measured}; this family has no measure of it", None)
    held = np.asarray(holds(series), bool)
    breaks = np.flatnonzero(~held)
    since = 1 if not breaks.size else int(breaks[-1]) + 2
    return Definition(name, measured, bool(held[-1]), since if held[-1] else None, float(series[-1]))


def _catastrophe(risk: Floats | None) -> Definition:
    mean = _mean(risk)
    measured = f"the mean risk is at least {CATASTROPHE:g} times generation 1's and at least {RUIN:g}"
    return _lasting(
        "catastrophic rise of the risk", measured, mean, lambda x: x >= max(CATASTROPHE * float(x[0]), RUIN)
    )


def _rise(risk: Floats | None) -> Definition:
    """Any rise: the mean paired difference from generation 1 is above 0, its 95 % interval as well."""
    lows = None if risk is None else intervals(risk - risk[0])[1]
    name, measured = "any rise of the risk", "the mean risk is above generation 1's, its paired 95 % interval as well"
    definition = _lasting(name, measured, lows, lambda x: x > 0)
    value = math.nan if risk is None else float((risk[-1] - risk[0]).mean())
    return Definition(name, definition.measured, definition.met, definition.since, value)


def _divergence(risk: Floats | None, ceiling: float) -> Definition:
    """Divergence: the growth a generation in the last quarter against the quarter before, 1 for a straight line.

    A mean risk that never comes above a ceiling cannot diverge, however steadily it still rises.
    """
    name = "divergence of the risk"
    measured = (
        f"a generation of the last quarter adds more than {STEADY:g} of the risk that one of the quarter before did"
    )
    if risk is None or len(risk) < 8:
        why = "this family has no measure of it" if risk is None else "8 generations or more are needed to tell"
        return Definition(name, f"{measured}; {why}", None)
    last, quarter, half = len(risk) - 1, 3 * len(risk) // 4 - 1, len(risk) // 2 - 1
    late, early = (risk[last] - risk[quarter]) / (last - quarter), (risk[quarter] - risk[half]) / (quarter - half)
    met = interval(late).low > 0 and interval(late - STEADY * early).low > 0
    rate = float(late.mean() / early.mean()) if early.mean() > 0 else math.nan
    if ceiling < math.inf:
        return Definition(name, f"{measured}; it never comes above {ceiling:g} under this plan", False, None, rate)
    return Definition(name, measured, met, half + 1 if met else None, rate)


def _scaling(plan: ForecastPlan, family: Family, risk: Floats | None) -> Definition:
    """Change of the scaling law: the exponent of the mean risk over the sample size against generation 1's."""
    name = "change of the scaling law"
    measured = (
        f"the exponent of the mean risk over the sample size, between n and {SCALE} n, "
        f"is off generation 1's by more than {EXPONENT:g} and two standard errors"
    )
    if risk is None or plan.samples * SCALE > MOST // 10**3:
        return Definition(name, f"{measured}; this family has no measure of it", None)
    more = simulate(scaled(plan, SCALE * plan.samples))[family.roles["risk"]]
    with np.errstate(divide="ignore", invalid="ignore"):  # a risk of 0 has no exponent
        exponents = np.log(more.mean(axis=1) / risk.mean(axis=1)) / math.log(SCALE)
        errors = sum((x.std(axis=1) / x.mean(axis=1)) ** 2 for x in (more, risk)) / risk.shape[1] / math.log(SCALE) ** 2
    change = exponents - exponents[0]
    sure = np.abs(change) - 2 * np.sqrt(errors + errors[0])  # what the spread over chains leaves certain
    definition = _lasting(name, measured, sure, lambda x: x > EXPONENT)
    return Definition(name, measured, definition.met, definition.since, float(change[-1]))
