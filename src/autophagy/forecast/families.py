"""The families that have an exact engine, by name."""

import difflib
import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.streams import stream
from .laws import Law
from .plan import Plan, Trajectories

HOMES = ("gaussian.engine", "discrete.engine", "poisson", "ngram.engine", "weights", "regression", "kernel")

Engine = Callable[[Plan, np.random.Generator], Trajectories]


@dataclass(frozen=True)
class Family:
    """One family: its engine, its laws, the defaults of its settings, and what its quantities mean.

    `operators` are those with a closed update; any other is refused in one sentence, with the reason in `refused`
    where there is one. `roles` maps what the collapse profile asks for to the quantity that answers: "risk"
    (higher is worse), "variety", "tails", "modes" (shares of the real ones, lower is worse), "made_up" (a share,
    higher is worse). A risk is scaled such that 1 is about what a model without any variety has.
    `notes(plan)` are sentences about what in this plan is not exact; `answers(plan)` are closed answers of the family's
    own, by name, as plain values for the document.
    """

    name: str
    caption: str
    engine: Engine
    settings: Mapping[str, Any] = field(default_factory=dict)
    operators: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    chains: int = 1000
    laws: Callable[[Plan], Sequence[Law]] = field(default=lambda plan: [])
    notes: Callable[[Plan], Sequence[str]] = field(default=lambda plan: [])
    answers: Callable[[Plan], Mapping[str, Any]] = field(default=lambda plan: {})


_families: dict[str, Family] = {}


def family(
    name: str,
    *,
    settings: Mapping[str, Any] | None = None,
    operators: tuple[str, ...] = (),
    refused: Mapping[str, str] | None = None,
    roles: Mapping[str, str] | None = None,
    chains: int = 1000,
    laws: Callable[[Plan], Sequence[Law]] = lambda plan: [],
    notes: Callable[[Plan], Sequence[str]] = lambda plan: [],
    answers: Callable[[Plan], Mapping[str, Any]] = lambda plan: {},
) -> Callable[[Engine], Engine]:
    """Register an engine `(plan, rng) -> Trajectories`; its docstring's first sentence is the caption."""

    def keep(engine: Engine) -> Engine:
        caption = " ".join((engine.__doc__ or "").partition("\n\n")[0].split())
        _families[name] = Family(
            name, caption, engine, settings or {}, operators, refused or {}, roles or {}, chains, laws, notes, answers
        )
        return engine

    return keep


@cache
def _discover() -> None:
    for home in HOMES:
        importlib.import_module(f".engines.{home}", __package__)


def families() -> dict[str, Family]:
    """Every family by name."""
    _discover()
    return dict(sorted(_families.items()))


def find(name: str) -> Family:
    """One family; raises UsageError with a suggestion where there is none of that name."""
    known = families()
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f" (did you mean {close[0]!r}?)" if close else ""
        raise UsageError(f"there is no family {name!r} to forecast{hint}: choose from {', '.join(known)}.")
    return known[name]


def make_plan(family: str, **fields: Any) -> Plan:
    """The plan of a family written `gaussian` or `gaussian:d=3`, its settings filled in and checked.

    `fields` are the fields of Plan, of DataMixture and of Operators, by name. Raises UsageError for a setting that the
    family does not have and for an operator that it has no closed update for.
    """
    part = Part.parse(family)
    known = find(part.name)
    for name in part.settings:
        if name not in known.settings:
            raise UsageError(
                f"the family {part.name} has no setting {name!r}; it takes {', '.join(known.settings) or 'none'}."
            )
    plan = Plan(part.name, {**known.settings, **part.settings}, chains=known.chains).but(**fields)
    for name in plan.operators.used:
        if name not in known.operators:
            why = known.refused.get(name, f"it has no closed update in the family {part.name}")
            raise UsageError(f"{name} cannot be forecast here, because {why}: leave it out or run autophagy loop.")
    return plan


def simulate(plan: Plan) -> Trajectories:
    """Run the plan's engine on the plan's own random stream: the same plan gives the same numbers.

    The stream's name holds only the seed, so two plans of one seed draw common random numbers.
    """
    return find(plan.family).engine(plan, stream(plan.seed, "forecast"))


def laws_of(plan: Plan) -> Sequence[Law]:
    """The closed forms that hold for the plan."""
    return find(plan.family).laws(plan)
