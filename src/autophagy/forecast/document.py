"""The forecast as a whole: trajectories, checks, answers, profile and verdict, and the JSON that holds them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..statistics.intervals import Score, figure, interval
from .answers import Target, answer
from .families import find, laws_of, simulate
from .laws import Check, checks
from .map.map import PhaseMap
from .plan import HIGH, LOW, Floats, Plan, Trajectories
from .profile import Definition, profile


@dataclass(frozen=True)
class Forecast:
    """What a plan comes to: the simulated chains, and everything that is said of them."""

    plan: Plan
    trajectories: Trajectories
    checks: Sequence[Check]
    answers: Mapping[str, Any]
    profile: Sequence[Definition]
    map: PhaseMap | None = None

    @cached_property
    def generations(self) -> list[dict[str, Any]]:
        """Each generation with the mean, the median and the 10 % and 90 % quantiles over chains of each quantity.

        `mean_low` and `mean_high` are the mean's 95 % interval.
        """
        lines: list[dict[str, Any]] = [{"generation": t} for t in range(1, self.plan.generations + 1)]
        for name, values in self.trajectories.items():
            for line, row in zip(lines, summarise(values), strict=True):
                line[name] = {part: number if math.isfinite(number) else None for part, number in row.items()}
        return lines

    @property
    def verdict(self) -> list[str]:
        """What the forecast shows, in sentences that claim no more than it does."""
        return verdict(self)

    def document(self) -> dict[str, Any]:
        """The forecast as the command line's JSON has it."""
        return {
            "model": self.plan.family,
            "plan": self.plan.to_dict(),
            "generations": self.generations,
            "checks": [check.json() for check in self.checks],
            "answers": dict(self.answers),
            "profile": [definition.json() for definition in self.profile],
            "notes": list(find(self.plan.family).notes(self.plan)),
            **({"map": self.map.json()} if self.map else {}),
            "verdict": self.verdict,
        }


def forecast(plan: Plan, targets: Sequence[str] = ()) -> Forecast:
    """Simulate a plan, hold it against its closed forms, and answer the targets, written as `variance>=0.9`.

    Raises UsageError for a plan that the family cannot follow and for a target that is not one of its quantities.
    """
    parsed = [Target.parse(text) for text in targets]
    trajectories = simulate(plan)
    answers = {str(target): answer(plan, target, trajectories) for target in parsed}
    answers |= dict(find(plan.family).answers(plan))
    half = half_gone(plan, trajectories)
    return Forecast(
        plan,
        trajectories,
        checks(laws_of(plan), trajectories),
        answers | ({"half_life": half} if half else {}),
        profile(plan, trajectories),
    )


def summarise(values: Floats) -> list[dict[str, float]]:
    """Mean, median, low and high over chains of each generation of (generations, chains)."""
    with np.errstate(invalid="ignore"):  # chains at -inf have no mean, and say so as NaN
        low, median, high = np.quantile(values, [LOW, 0.5, HIGH], axis=1)
        scores = [interval(row) if np.isfinite(row).all() else Score(math.nan, math.nan, math.nan, 0) for row in values]
    return [
        {
            "mean": score.value,
            "median": float(m),
            "low": float(a),
            "high": float(b),
            "mean_low": score.low,
            "mean_high": score.high,
        }
        for score, a, m, b in zip(scores, low, median, high, strict=True)
    ]


def half_gone(plan: Plan, trajectories: Trajectories) -> dict[str, Any] | None:
    """The first generation at which half of generation 1's variety is gone, of the mean and of the typical chain.

    The interval of each is where the ends of its own 95 % interval cross; null within the plan means not yet.
    """
    name = find(plan.family).roles.get("variety")
    if name is None or name not in trajectories:
        return None
    values = trajectories[name]
    found: dict[str, Any] = {"quantity": name}
    for statistic in ("mean", "median"):
        level = Target(name, True, 0.5 * Target(name, True, 0).statistic(values[0], statistic)[0])
        bounds = np.array([level.statistic(row, statistic) for row in values])
        value, low, high = (_first(bounds[:, column] <= level.value) for column in range(3))
        found[statistic] = {"value": value, "low": low, "high": high}
    return found


def _first(held: Any) -> int | None:
    places = np.flatnonzero(held)
    return int(places[0]) + 1 if places.size else None


def verdict(forecast: Forecast) -> list[str]:
    """The end of the loop, the time to half, the answers, the profile, the checks, and what was left out."""
    plan, said = forecast.plan, [_end(forecast)]
    half = forecast.answers.get("half_life")
    if half and plan.generations > 1:
        said.append(_half(half, plan))
    for name, found in forecast.answers.items():
        said += found.get("sentences", []) if isinstance(found, Mapping) and name != "half_life" else []
    said += forecast.map.sentences if forecast.map else []
    said += [_profile(forecast), _checked(forecast), *find(plan.family).notes(plan)]
    return [sentence for sentence in said if sentence]


def _end(forecast: Forecast) -> str:
    """What is left at the last generation, for the mean and the typical chain."""
    name = find(forecast.plan.family).roles.get("variety") or next(iter(forecast.trajectories))
    row = forecast.generations[-1][name]
    chains = f"over {forecast.plan.chains:,} simulated chains"
    if row["mean"] is None or row["median"] is None:
        return f"At generation {forecast.plan.generations} the {name.replace('_', ' ')} is unknown {chains}."
    mean = Score(row["mean"], row["mean_low"] or math.nan, row["mean_high"] or math.nan, forecast.plan.chains)
    median, low, high = (figure(row[part]) for part in ("median", "low", "high"))
    spread = "all but the same in every chain" if low == high else f"eight chains of ten lie from {low} to {high}"
    return (
        f"At generation {forecast.plan.generations} the {name.replace('_', ' ')} is {mean} on average and "
        f"{median} in the typical chain; {spread}, {chains}."
    )


def _half(half: Mapping[str, Any], plan: Plan) -> str:
    words = {"mean": "on average", "median": "in the typical chain"}
    parts = [
        f"{words[name]} from generation {half[name]['value']}" if half[name]["value"] else f"{words[name]} not yet"
        for name in words
    ]
    until = "" if all(half[name]["value"] for name in words) else f" (in {plan.generations} generations)"
    return f"Half of generation 1's {half['quantity'].replace('_', ' ')} is gone: {', '.join(parts)}{until}."


def _profile(forecast: Forecast) -> str:
    met = [f"{d.name} (from generation {d.since})" for d in forecast.profile if d.met]
    known = sum(d.met is not None for d in forecast.profile)
    if not known:
        return ""
    if not met:
        return f"None of the {known} definitions of model collapse that apply here is met."
    are = "is" if len(met) == 1 else "are"
    return f"Of the {known} definitions of model collapse that apply here, {len(met)} {are} met: {', '.join(met)}."


def _checked(forecast: Forecast) -> str:
    exact = [check for check in forecast.checks if check.law.approximate is None and check.tested]
    if not exact:
        return "No exact formula is known for this plan, so the simulation stands on its own."
    wrong = [check for check in exact if check.alarm]
    if wrong:
        names = ", ".join(check.law.label for check in wrong)
        return f"The simulation disagrees with the closed form of {names}: do not rely on this forecast, and report it."
    worst = max(exact, key=lambda check: abs(check.z))
    return (
        f"The simulation agrees with every closed form that holds for this plan, {len(exact)} in number "
        f"(largest |z| at their last generation {abs(worst.z):.1f}, of {worst.law.label})."
    )
