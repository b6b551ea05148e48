"""The families that have an exact engine: what is known of each beside its engine, and plans made and run by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from ..core import decorators, registry
from ..core.entry import Entry
from ..core.errors import UsageError
from ..core.folder import SPEC
from ..core.machine import physical_memory
from ..core.parts import Part, did_you_mean
from ..core.streams import stream
from .laws import ClosedForm
from .plan import ForecastPlan, Trajectories

Engine = Callable[..., Trajectories]
INFINITY = float("inf")
BYTES = 100  # of memory for each generation of each chain: the quantities of the gaussian family, and their sorting


@dataclass(frozen=True)
class Quantity:
    """What a reader is told of one quantity of a family.

    `title` stands within a sentence ("variance"). `bounds` (low, high) hold at every generation. `better` is "higher",
    "lower" or a number (nearer to it): 1 where the quantity is over that of the real law. `score` is the name that a
    loop's metric gives to the same figure, which a target may use too.
    """

    title: str
    bounds: tuple[float, float] = (0.0, INFINITY)
    better: Literal["higher", "lower"] | float = "lower"
    score: str = ""

    @property
    def is_share(self) -> bool:
        """Whether the quantity is a share of what the real law has, so that it can be told in per cent."""
        return self.better == 1.0 or self.bounds == (0.0, 1.0)


@dataclass(frozen=True)
class Family:
    """What is known of a family: its quantities, its closed forms, and what it can follow.

    `quantities` has all that a simulation may give, by name. `operators` are those with a closed update; any other is
    refused in one sentence, with the reason in `refused` where there is one. `roles` maps what the collapse profile
    asks for to the quantity that answers: "risk" (higher is worse), "variety", "tails", "modes" (shares of the real
    ones, lower is worse), "made_up" (a share, higher is worse). A risk is scaled such that 1 is about what a model
    without any variety has. `chains` is the default number of loops. `notes(plan)` are sentences about what in this
    plan is not exact; `answers(plan)` are closed answers of the family's own, by name, as plain values. `ceiling(plan)`
    is what the mean risk never exceeds, however long the loop: one that has a ceiling cannot diverge.
    """

    quantities: Mapping[str, Quantity]
    operators: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    chains: int = 1000
    laws: Callable[[ForecastPlan], Sequence[ClosedForm]] = field(default=lambda plan: [])
    notes: Callable[[ForecastPlan], Sequence[str]] = field(default=lambda plan: [])
    answers: Callable[[ForecastPlan], Mapping[str, Any]] = field(default=lambda plan: {})
    ceiling: Callable[[ForecastPlan], float] = field(default=lambda plan: INFINITY)

    def quantity(self, name: str) -> str:
        """The name of a quantity, given as such or by the name of the loop's score; raises UsageError for neither."""
        if name in self.quantities:
            return name
        scores = {quantity.score: own for own, quantity in self.quantities.items() if quantity.score}
        if name not in scores:
            guess = did_you_mean(name, [*self.quantities, *scores])
            raise UsageError(f"there is no quantity {name!r}{guess}: choose from {', '.join(self.quantities)}.")
        return scores[name]

    def title(self, name: str) -> str:
        """What a quantity is called in a sentence."""
        return self.quantities[name].title

    def worded(self, label: str) -> str:
        """What a closed form is of, such as "spread of log_variance", with the titles of its quantities."""
        return " ".join(self.title(word) if word in self.quantities else word for word in label.split(" "))


def family(name: str, *, quantities: Mapping[str, Quantity], **facts: Any) -> Callable[[Engine], Engine]:
    """Register an engine `(plan, rng, *, settings) -> Trajectories`; the facts are the fields of Family."""
    return decorators.family(name, Family(quantities, **facts))


def families() -> dict[str, Entry]:
    """Every family by name."""
    return registry.entries("family")


def find(name: str) -> Family:
    """What is known of a family; raises UsageError with a suggestion where there is none of that name."""
    facts: Family = registry.find("family", name).facts
    return facts


def make_plan(family: str | Part, **fields: Any) -> ForecastPlan:
    """The plan of a family written `gaussian` or `gaussian:d=3`, its settings filled in and checked.

    `fields` are the fields of ForecastPlan, of DataMixture and of Operators, by name. Raises UsageError for a setting
    that the family does not have and for an operator that it has no closed update for.
    """
    part = Part.parse(family)
    if (Path(part.name) / SPEC).is_file():
        raise UsageError(f"{part.name} is a run: name a family first, as gaussian --calibrate {part.name}.")
    entry = registry.find("family", part.name)
    known: Family = entry.facts
    settings = {**entry.settings, **entry.build(part.settings).keywords}
    plan = ForecastPlan(part.name, settings, chains=known.chains).but(**fields)
    for name in plan.operators.used:
        if name not in known.operators:
            why = known.refused.get(name, f"it has no closed update in the family {part.name}")
            raise UsageError(f"{name} cannot be forecast here, because {why}: leave it out or run autophagy loop.")
    return plan


def simulate(plan: ForecastPlan) -> Trajectories:
    """Run the plan's engine on the plan's own random stream: the same plan gives the same numbers.

    The stream's name holds only the seed, so two plans of one seed draw common random numbers.
    """
    need = BYTES * plan.generations * plan.chains
    if need > physical_memory():
        raise UsageError(
            f"{plan.generations:,} generations of {plan.chains:,} chains need some {need / 2**30:,.0f} GiB of memory, "
            f"and this machine has {physical_memory() / 2**30:,.0f}: lower generations or chains."
        )
    rng: np.random.Generator = stream(plan.seed, "forecast")
    trajectories: Trajectories = registry.find("family", plan.family).thing(plan, rng, **plan.settings)
    return trajectories


def laws_of(plan: ForecastPlan) -> Sequence[ClosedForm]:
    """The closed forms that hold for the plan."""
    return find(plan.family).laws(plan)
