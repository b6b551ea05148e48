"""The forecast as a whole: trajectories, checks, answers, profile and verdict, and the JSON that holds them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..core.registry import load_plugin
from ..statistics.intervals import intervals
from .answers import answer, half_gone
from .document import DocumentResult
from .families import find, laws_of, simulate
from .laws import FormulaCheck, checks, exact_means
from .map.axes import parse_axes
from .map.map import PhaseMap, phase_map
from .plan import HIGH, LOW, TYPICAL, Floats, ForecastPlan, Trajectories
from .profile import Definition, profile
from .reading import plan_of
from .spec import ForecastSpec
from .target import Target
from .verdict import verdict

Progress = Callable[[int, int], None]


@dataclass(frozen=True, repr=False)
class Forecast(DocumentResult):
    """What a plan comes to: the simulated chains, and everything that is said of them."""

    plan: ForecastPlan
    trajectories: Trajectories
    checks: Sequence[FormulaCheck]
    targets: Sequence[Target]
    answers: Mapping[str, Any]
    profile: Sequence[Definition]
    map: PhaseMap | None = None

    @cached_property
    def generations(self) -> list[dict[str, Any]]:
        """Each generation with the mean, the median and the 10 % and 90 % quantiles over chains of each quantity.

        `mean_low` and `mean_high` are the mean's 95 % interval.
        """
        return self._lines(slice(None))

    def line(self, place: int) -> dict[str, Any]:
        """One of the generations, by its place from 0 or, where it is negative, from the end."""
        place %= self.plan.generations
        return self._lines(slice(place, place + 1))[0]

    def _lines(self, places: slice) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = [{"generation": t} for t in range(1, self.plan.generations + 1)[places]]
        for name, values in self.trajectories.items():
            for line, row in zip(lines, summarise(values[places]), strict=True):
                line[name] = {part: number if math.isfinite(number) else None for part, number in row.items()}
        return lines

    @cached_property
    def exact(self) -> dict[str, list[float | None]]:
        """The mean over all loops at each generation, by quantity, where a closed form gives it; None where not."""
        expected = exact_means([check.law for check in self.checks])
        return {name: [x if math.isfinite(x) else None for x in values.tolist()] for name, values in expected.items()}

    @property
    def typical(self) -> bool:
        """Whether there are chains enough to call one of them typical."""
        return self.plan.chains >= TYPICAL

    def headline(self, place: int) -> dict[str, Any]:
        """The figures of one generation, each mean from its closed form, without an interval, where one holds."""
        line = self.line(place)
        for name, values in self.exact.items():
            if name in line and (mean := values[place]) is not None:
                line[name] = {**line[name], "mean": mean, "mean_low": mean, "mean_high": mean}
        return line

    @property
    def verdict(self) -> list[str]:
        """What the forecast shows, in sentences that claim no more than it does; the first says it in short."""
        map_sentences = self.map.sentences if self.map else []
        return verdict(
            self.plan, self.headline(-1), self.targets, self.answers, self.profile, self.checks, map_sentences
        )

    def document(self) -> dict[str, Any]:
        """The forecast as the command line's JSON has it."""
        return {
            "model": self.plan.family,
            "plan": self.plan.to_dict(),
            "generations": self.generations,
            "exact": self.exact,
            "checks": [check.json() for check in self.checks],
            "answers": dict(self.answers),
            "profile": [definition.json() for definition in self.profile],
            "notes": list(find(self.plan.family).notes(self.plan)),
            **({"map": self.map.json()} if self.map else {}),
            "verdict": self.verdict,
        }


def forecast(
    plan: ForecastPlan | ForecastSpec,
    targets: Sequence[str] = (),
    *,
    workers: int | None = 1,
    ray: str | None = None,
    progress: Progress | None = None,
) -> Forecast:
    """Simulate a plan, hold it against its closed forms, and answer the targets, written as `variance>=0.9`.

    A spec says its plan, its targets and its map, which `workers` processes draw (None: one a core), of this machine or
    of the Ray cluster at the address `ray`; `progress` is told the rows of the map that are done, and all. Raises
    UsageError for a plan that the family cannot follow and for a target that is not one of its quantities.
    """
    if isinstance(plan, ForecastSpec):
        return _of_spec(plan, workers, ray, progress)
    if not isinstance(plan, ForecastPlan):
        ForecastSpec.expect(plan, "forecast")
    parsed = [Target.parse(text) for text in targets]
    trajectories = simulate(plan)
    answers = {str(target): answer(plan, target, trajectories) for target in parsed}
    answers |= dict(find(plan.family).answers(plan))
    laws = laws_of(plan)
    half = half_gone(plan, trajectories, laws)
    return Forecast(
        plan,
        trajectories,
        checks(laws, trajectories),
        parsed,
        answers | ({"half_life": half} if half else {}),
        profile(plan, trajectories),
    )


def _of_spec(spec: ForecastSpec, workers: int | None, ray: str | None, progress: Progress | None) -> Forecast:
    for path in spec.plugins:
        load_plugin(path)
    plan = plan_of(spec)
    axes = parse_axes(spec.map, plan) if spec.map else None  # first, since a word that is wrong is told at once
    whole = forecast(plan, spec.targets)
    if axes is None:
        return whole
    target = whole.targets[0] if whole.targets else None
    return replace(whole, map=phase_map(plan, *axes, target, workers=workers, ray=ray, progress=progress))


def summarise(values: Floats) -> list[dict[str, float]]:
    """Mean, median, low and high over chains of each generation of (generations, chains)."""
    with np.errstate(invalid="ignore"):  # chains at -inf have no quantile between, and say so as NaN
        low, median, high = np.quantile(values, [LOW, 0.5, HIGH], axis=1)
    mean, mean_low, mean_high = np.where(np.isfinite(values).all(axis=1), intervals(values), math.nan)
    columns = {
        "mean": mean, "median": median, "low": low, "high": high, "mean_low": mean_low, "mean_high": mean_high
    }  # fmt: skip
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]
