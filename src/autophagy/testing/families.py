"""The contract of a family that can be forecast, and of a density."""

import json
from functools import partial
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.parts import Part
from ..core.samples import Array
from ..forecast import ForecastPlan, check, forecast, laws_of, make_plan, simulate
from ..forecast.operators import Operators
from .fixtures import is_a_frozen_dataclass, refuses, rng

SOME = {
    "weight": 0.5,
    "choices": 2.0,
    "phi": 0.9,
    "psi": 0.3,
    "correction": 0.5,
    "extrapolation": 0.5,
}  # of each operator
FAR = 6.0  # standard errors: by chance once in 500 million


def plan_of(entry: Entry, thing: Any, **fields: Any) -> ForecastPlan:
    """A small plan of the family with its settings."""
    small = {"samples": 60, "generations": 6, "chains": 120}
    return make_plan(Part(entry.name, thing.keywords), **small | fields)


def exercise(entry: Entry, thing: Any) -> list[Array]:
    """Use a family or a density once; what came out, as arrays."""
    if entry.kind == "density":
        x, columns = thing.draw(30, rng())
        return [x, *columns.values()]
    return list(simulate(plan_of(entry, thing)).values())


def _says_what_its_quantities_are(entry: Entry, thing: Any) -> None:
    known = entry.facts.quantities
    simulated = simulate(plan_of(entry, thing))
    assert set(simulated) <= set(known), f"quantities that are not declared: {sorted(set(simulated) - set(known))}"
    assert all(quantity.title for quantity in known.values()), "a quantity has no title"
    assert set(entry.facts.roles.values()) <= set(known), "a role is played by no quantity of the family"


def _gives_every_generation_and_chain(entry: Entry, thing: Any) -> None:
    for name, values in simulate(plan_of(entry, thing)).items():
        assert values.shape == (6, 120), f"{name} has the shape {values.shape}, not (generations, chains)"
        assert not np.isnan(values).any(), f"{name} is unknown in places"


def _stays_within_its_bounds(entry: Entry, thing: Any) -> None:
    for name, values in simulate(plan_of(entry, thing)).items():
        low, high = entry.facts.quantities[name].bounds
        assert (values >= low - 1e-9).all(), f"{name} goes below its bound {low}"
        assert (values <= high + 1e-9).all(), f"{name} goes above its bound {high}"


def _another_seed_gives_other_numbers(entry: Entry, thing: Any) -> None:
    one, two = (simulate(plan_of(entry, thing, seed=seed)) for seed in (1, 2))
    varied = [name for name in one if np.ptp(one[name][-1]) > 0]
    assert not varied or any((one[name] != two[name]).any() for name in varied)


def _agrees_with_its_closed_forms(entry: Entry, thing: Any) -> None:
    plan = plan_of(entry, thing)
    trajectories = simulate(plan)
    for law in laws_of(plan):
        assert law.formula, "a law has no formula"
        assert law.source, f"{law.formula} has no source"
        assert not check(law, trajectories).alarm, f"the simulation disagrees with {law.formula}"


def _refuses_what_it_cannot_follow(entry: Entry, thing: Any) -> None:
    for name in set(Operators.__dataclass_fields__) - set(entry.facts.operators):
        both = {"phi": SOME["phi"], "psi": SOME["psi"]} if name in ("phi", "psi") else {name: SOME[name]}
        refuses(partial(plan_of, entry, thing, fresh=20, **both))


def _makes_a_whole_document(entry: Entry, thing: Any) -> None:
    document = forecast(plan_of(entry, thing)).document()
    json.dumps(document, allow_nan=False)
    assert document["verdict"]
    assert all(sentence.endswith(".") for sentence in document["verdict"])


def _draws_finite_points(entry: Entry, thing: Any) -> None:
    x, columns = thing.draw(40, rng())
    assert x.ndim == 2
    assert len(x) == 40
    assert np.isfinite(x).all()
    assert all(len(column) == 40 for column in columns.values())


def _knows_its_mean(entry: Entry, thing: Any) -> None:
    x, _ = thing.draw(10_000, rng())
    mean, variance = thing.truth
    assert np.shape(mean) == x.shape[1:]
    assert variance > 0
    errors = np.abs(x.mean(axis=0) - mean) / (x.std(axis=0, ddof=1) / np.sqrt(len(x)))
    assert (errors < FAR).all(), "the mean of 10,000 points is far from the mean that the density tells"


FAMILY = (
    _says_what_its_quantities_are,
    _gives_every_generation_and_chain,
    _stays_within_its_bounds,
    _another_seed_gives_other_numbers,
    _agrees_with_its_closed_forms,
    _refuses_what_it_cannot_follow,
    _makes_a_whole_document,
)
DENSITY = (is_a_frozen_dataclass, _draws_finite_points, _knows_its_mean)
