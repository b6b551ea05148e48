"""Phase maps: one forecast a cell over two numbers of a plan, and the boundary that the closed form predicts."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ...core import registry
from ...core.errors import UsageError
from ...core.known import or_nan
from ...scale.spread import spread
from ...text.percent import short_percent
from ..families import find, simulate
from ..plan import HIGH, LOW, Floats, ForecastPlan
from ..search import closed_mean
from ..target import Target
from .axes import Axis

KEPT = ("mean", "median", "low", "high", "met", "predicted")
Row = tuple[int, Floats, str]


@dataclass(frozen=True)
class PhaseMap:
    """What is left at the last generation in every cell, (rows of y, columns of x) each; NaN where a plan cannot run.

    `mean`, `median`, `low` and `high` (the 10 % and 90 % quantiles) are over chains; `met` is the share of chains on
    the right side of the target; `predicted` is the closed form of the mean, NaN where none is known. `unrunnable`
    counts the cells without a plan, and `reason` is the first one's.
    """

    plan: ForecastPlan
    x: Axis
    y: Axis
    target: Target
    cells: Mapping[str, Floats]
    unrunnable: int
    reason: str

    def boundary_gap(self) -> tuple[float, float, int]:
        """How far the predicted boundary lies from that of the measured mean: median and largest, in cells.

        Both are where the mean crosses the target's value, between the cells of each column and of each row; the third
        number counts the places at which both cross. NaN, NaN, 0 where they nowhere do.
        """
        gaps: list[float] = []
        for axis in (0, 1):
            measured, predicted = (_crossings(self.cells[name], self.target.value, axis) for name in KEPT[::5])
            gaps += [abs(a - b) for a, b in zip(measured, predicted, strict=True) if math.isfinite(a - b)]
        return (float(np.median(gaps)), max(gaps), len(gaps)) if gaps else (math.nan, math.nan, 0)

    def json(self) -> dict[str, Any]:
        """The map as plain values, null for what is not known."""
        middle, largest, places = self.boundary_gap()
        return {
            "x": {"name": self.x.name, "values": list(self.x.values), "ratios": self.x.ratios},
            "y": {"name": self.y.name, "values": list(self.y.values), "ratios": self.y.ratios},
            "quantity": self.target.quantity,
            "target": str(self.target),
            "generation": self.plan.generations,
            "chains": self.plan.chains,
            **{name: [[_known(value) for value in row] for row in cells] for name, cells in self.cells.items()},
            "boundary_gap": {"median": _known(middle), "largest": _known(largest), "places": places},
            "unrunnable": {"cells": self.unrunnable, "reason": self.reason},
        }

    @property
    def sentences(self) -> list[str]:
        """What the map shows."""
        size = self.cells["mean"].size - self.unrunnable
        if not size:
            return [f"No cell of the map can be run, because {self.reason}"]
        mean, typical = (short_percent(_count(self.target, self.cells[name]) / size) for name in ("mean", "median"))
        sentences = [
            f"On the map of {self.x.name} and {self.y.name}, {self.target} holds at generation {self.plan.generations} "
            f"on average in {mean} of the cells, and in the typical chain in {typical}."
        ]
        middle, largest, places = self.boundary_gap()
        if places:
            sentences.append(
                f"The boundary that the closed form predicts lies {middle:.2g} cells from the simulated mean's "
                f"(median over {places} places, at most {largest:.2g})."
            )
        if self.unrunnable:
            sentences.append(f"{self.unrunnable} cells of the map cannot be run; in the first, {self.reason}")
        return sentences


def phase_map(
    plan: ForecastPlan,
    x: Axis,
    y: Axis,
    target: Target | None = None,
    *,
    workers: int | None = 1,
    ray: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> PhaseMap:
    """Forecast the plan in every cell of two axes, on common random numbers: every cell has the plan's own seed.

    Without a target the map asks where half of what generation 1 has of the family's variety is kept, and of a family
    without a variety where the risk is at most twice generation 1's. Memory is that of one cell at a time in each of
    the `workers` processes, of this machine or of the Ray cluster at the address `ray`; a family that the calling
    script itself holds stays in this process. `progress` is told the rows done and all rows.
    """
    target = (target or _default(plan)).of(find(plan.family))
    if target.quantity not in simulate(plan.but(generations=1, chains=2)):
        known = ", ".join(simulate(plan.but(generations=1, chains=2)))
        raise UsageError(f"there is no quantity {target.quantity!r}: choose from {known}.")
    cells = {name: np.full((len(y.values), len(x.values)), np.nan) for name in KEPT}
    reasons: dict[int, str] = {}
    rows = range(len(y.values))
    if registry.find("family", plan.family).function.__module__ == "__main__":
        workers, ray = 1, None
    if progress:
        progress(0, len(rows))
    for done, (row, values, reason) in enumerate(spread(partial(_row, plan, x, y, target), rows, workers, ray), 1):
        for name, line in zip(KEPT, values, strict=True):
            cells[name][row] = line
        if reason:
            reasons[row] = reason
        if progress:
            progress(done, len(rows))
    unrunnable = int(np.isnan(cells["met"]).sum())
    return PhaseMap(plan, x, y, target, cells, unrunnable, reasons[min(reasons)] if reasons else "")


def _row(plan: ForecastPlan, x: Axis, y: Axis, target: Target, row: int) -> Iterator[Row]:
    """One row of the map: what is kept of each cell (6, columns), and why the first that cannot run cannot."""
    values, reason = np.full((len(KEPT), len(x.values)), np.nan), ""
    for column, value in enumerate(x.values):
        try:
            values[:, column] = _cell(x.apply(y.apply(plan, y.values[row]), value), target)
        except UsageError as error:
            reason = reason or str(error)
    yield row, values, reason


def _cell(plan: ForecastPlan, target: Target) -> list[float]:
    last = simulate(plan)[target.quantity][-1]
    low, median, high = np.quantile(last, [LOW, 0.5, HIGH])
    predicted = closed_mean(plan, target.quantity)
    met = np.mean(last >= target.value if target.at_least else last <= target.value)
    return [float(last.mean()), median, low, high, float(met), or_nan(predicted)]


def _default(plan: ForecastPlan) -> Target:
    """Half of what generation 1 has of the family's variety; of a family without one, twice generation 1's risk."""
    roles, begin = find(plan.family).roles, plan.but(generations=1)
    if not {"variety", "risk"} & roles.keys():
        raise UsageError(f"the family {plan.family} names no variety and no risk to map: add --target QUANTITY>=VALUE.")
    quantity = roles.get("variety") or roles["risk"]
    mean = closed_mean(begin, quantity)
    value = float(simulate(begin)[quantity].mean()) if mean is None else mean
    return Target(quantity, True, 0.5 * value) if "variety" in roles else Target(quantity, False, 2 * value)


def _crossings(cells: Floats, level: float, axis: int) -> list[float]:
    """Where along an axis the cells first cross the level, in cells, one number a line; NaN where they do not."""
    lines = cells.T if axis == 0 else cells
    places = []
    for line in lines - level:
        change = np.flatnonzero(np.isfinite(line[1:] * line[:-1]) & ((line[1:] > 0) != (line[:-1] > 0)))
        here = int(change[0]) if change.size else -1
        places.append(here + line[here] / (line[here] - line[here + 1]) if change.size else math.nan)
    return places


def _count(target: Target, cells: Floats) -> int:
    return int(np.sum(cells >= target.value if target.at_least else cells <= target.value))


def _known(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None
