"""Answers: the smallest fresh share, the most synthetic rows and the smallest sample size that keep a target."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ..core.errors import UsageError
from .families import find, laws_of
from .laws import ClosedForm, exact_means
from .plan import MOST, TYPICAL, Floats, ForecastPlan, Trajectories, scaled
from .search import TargetSearch, closed_mean
from .target import STATISTICS, Bounds, Target


def answer(plan: ForecastPlan, target: Target, trajectories: Trajectories) -> dict[str, Any]:
    """All answers to one target, as plain values.

    `now`: each statistic at the last generation and whether it meets the target. `held_until`: the last generation
    up to which it does. `fresh_share`: the smallest share of fresh rows among the fresh and synthetic rows that a
    generation adds, their sum held. `synthetic`: the most synthetic rows of each remembered generation beside the
    plan's real rows. `samples`: the smallest number of rows, all of the plan's counts scaled alike. Each is searched
    on the mean (from the closed form where one holds), on the median and on the worst tenth of the chains; on the mean
    alone where there are fewer than TYPICAL chains.
    """
    target = target.of(find(plan.family))
    if target.quantity not in trajectories:
        known = ", ".join(trajectories)
        raise UsageError(f"this plan of {plan.family} has no quantity {target.quantity}: choose from {known}.")
    values = trajectories[target.quantity]
    statistics = STATISTICS if plan.chains >= TYPICAL else ("mean",)
    now = {name: target.statistic(values[-1], name) for name in statistics}
    exact = closed_mean(plan, target.quantity)
    if exact is not None:
        now["mean"] = (exact, exact, exact)
    answers: dict[str, Any] = {
        "generation": plan.generations,
        "now": {name: {**_named(bounds), "met": target.met(bounds[0])} for name, bounds in now.items()},
        "held_until": {name: _held(target, values, name) for name in statistics} | _exactly_held(plan, target),
    }
    for question, search, largest in _searches(plan, target):
        edges = {name: search.edge(name, largest=largest) for name in statistics}
        answers[question] = {name: _edge(question, search, name, edges[name]) for name in statistics}
    if "synthetic" not in answers:
        answers["synthetic"] = None
    return answers


def _searches(plan: ForecastPlan, target: Target) -> Iterator[tuple[str, TargetSearch, bool]]:
    """The questions that make sense of a plan, each with the plans to look at."""
    rows = plan.rows(min(2, plan.generations))
    added = rows.fresh + rows.synthetic
    if plan.generations > 1 and added:
        yield "fresh_share", TargetSearch(target, lambda f: plan.but(fresh=f, synthetic=added - f), 0, added), False
    if rows.fixed + rows.fresh and not _shares(plan):
        most = min(MOST // 1000, 10**4 * max(rows.fixed + rows.fresh, rows.synthetic, 1000))
        yield "synthetic", TargetSearch(target, lambda s: plan.but(synthetic=s), 0, most), True
    counts = [n for n in (rows.fixed, rows.fresh, rows.synthetic, rows.budget or 0) if n and not _shares(plan)]
    least = max(2, -(-plan.samples // min(counts, default=plan.samples)))
    most = min(MOST // 1000, 10**6 * max(plan.samples, 10**6))
    yield "samples", TargetSearch(target, lambda n: scaled(plan, n), least, most), False


def _shares(plan: ForecastPlan) -> bool:
    return any(isinstance(x, float) and 0 < x < 1 for x in (plan.numbers.fixed, plan.numbers.fresh))


def _held(target: Target, values: Floats, name: str) -> int:
    """The last generation up to which the statistic meets the target at every generation; 0 where it never does."""
    met = [target.met(value) for value in target.statistics(values, name)[0].tolist()]
    return met.index(False) if False in met else len(met)


def _exactly_held(plan: ForecastPlan, target: Target) -> dict[str, int]:
    """The same of the mean by its closed form, where one holds at every generation."""
    exact = exact_means(laws_of(plan)).get(target.quantity)
    if exact is None or not np.isfinite(exact).all():
        return {}
    met = [target.met(mean) for mean in exact.tolist()]
    return {"mean": met.index(False) if False in met else len(met)}


def _named(bounds: Bounds) -> dict[str, float | None]:
    known = (float(number) if math.isfinite(number) else None for number in bounds)
    return dict(zip(("value", "low", "high"), known, strict=True))


def _edge(question: str, search: TargetSearch, name: str, edge: dict[str, Any] | None) -> dict[str, Any]:
    """An answer as plain values, with the best that can be had where nothing reaches the target."""
    if edge is None:
        count, value = search.best(name)
        best = {"count": count, "value": value if math.isfinite(value) else None}
        return {"value": None, "low": None, "high": None, "reachable": False, "best": best}
    unit = search.most if question == "fresh_share" else 1
    numbers = {part: edge[part] / unit for part in ("value", "low", "high")}
    known: dict[str, Any] = {**numbers, "reachable": True, "count": edge["value"]}
    if edge["at_the_end"]:
        known["unbounded" if question == "synthetic" else "least_looked_at"] = True
    return known


def half_gone(plan: ForecastPlan, trajectories: Trajectories, laws: Sequence[ClosedForm]) -> dict[str, Any] | None:
    """The first generation at which half of generation 1's variety is gone, of the mean and of the typical chain.

    The interval of each is where the ends of its own 95 % interval cross; null within the plan means not yet. The mean
    is that of the closed form among the `laws` where one holds, and fewer than TYPICAL chains have no typical one.
    """
    name = find(plan.family).roles.get("variety")
    if name is None or name not in trajectories:
        return None
    values = trajectories[name]
    half: dict[str, Any] = {"quantity": name}
    exact = exact_means(laws).get(name)
    known = exact is not None and bool(np.isfinite(exact).all())
    if exact is not None and known:
        place = _first(exact <= 0.5 * exact[0])
        half["mean"] = {"value": place, "low": place, "high": place}
    for statistic in ("mean", "median")[known : 2 if plan.chains >= TYPICAL else 1]:
        level = Target(name, True, 0.5 * Target(name, True, 0).statistic(values[0], statistic)[0])
        value, low, high = (_first(bound <= level.value) for bound in level.statistics(values, statistic))
        half[statistic] = {"value": value, "low": low, "high": high}
    return half


def _first(held: Any) -> int | None:
    places = np.flatnonzero(held)
    return int(places[0]) + 1 if places.size else None
