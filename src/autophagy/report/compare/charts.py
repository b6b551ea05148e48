"""Charts of a comparison: how often arms are right, quality against cost, and the break-even."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...charts import Chart, Curve, Ends, Outline, Span
from ...charts.chart import Scale, Unit
from ...charts.colours import INK
from ...statistics.intervals import Score
from . import costs
from .marks import Look

Arms = Sequence[Mapping[str, Any]]
COARSE = {
    1e-6: "1 µs", 1e-5: "10 µs", 1e-4: "0.1 ms", 1e-3: "1 ms", 1e-2: "10 ms", 0.1: "0.1 s", 1.0: "1 s", 10.0: "10 s",
    60.0: "1 min", 600.0: "10 min", 3600.0: "1 h", 36000.0: "10 h", 345600.0: "4 d", 3456000.0: "40 d",
    34560000.0: "400 d",
}  # fmt: skip
# seconds of each unit, and the largest tick that is told in it
UNITS = {
    "µs": (1e-6, 500),
    "ms": (1e-3, 500),
    "s": (1.0, 30),
    "min": (60.0, 30),
    "h": (3600.0, 10),
    "d": (86400.0, 500),
}
FINE, FINEST = (
    {
        ten * factor * step: f"{ten * factor:g} {unit}"
        for unit, (step, most) in UNITS.items()
        for ten in (1, 10, 100)
        for factor in factors
        if ten * factor <= most
    }
    for factors in ((1, 2, 5), (1, 2, 3, 4, 6, 8))
)
SHARES = (-0.04, 1.06)  # the ends of an axis on which points at 0 and at 1 are whole
FURTHEST, POINTS = 10**7, 57  # queries, to which the break-even is drawn, and the points of a line
NONE = Score(math.nan, math.nan, math.nan, 0)


@dataclass(frozen=True)
class CostAxis:
    """An axis of costs: what it is called, its scale and ends, and the words at its ticks."""

    title: str
    unit: Unit
    scale: Scale = "linear"
    limits: tuple[float, float] | None = None
    ticks: Mapping[float, str] = field(default_factory=dict)


def right(arms: Arms, looks: Mapping[str, Look]) -> Ends:
    """How often each arm is right, the best of those that could be put into service first, then the controls."""
    order = sorted(arms, key=lambda arm: (looks[arm["arm"]].control, -(arm["correct"]["value"] or 0)))
    rows = {arm["arm"]: (NONE, Score.read(arm["correct"])) for arm in order}
    shades = {name: looks[name].hue for name in rows}
    return Ends(
        "right", "How often each arm is right", "share of right answers", rows, limits=(0.0, 1.0), hues=shades,
        names=("", "right"), unit="share",
    )  # fmt: skip


def tradeoff(arms: Arms, looks: Mapping[str, Look], unit: costs.Unit, queries: int | None) -> Chart:
    """The share right against cost: a letter for each arm on its interval, and a line along the front."""
    shown = [arm for arm in arms if arm["correct"]["value"] is not None and unit.of(arm, queries) is not None]
    spent = {arm["arm"]: unit.of(arm, queries) or 0.0 for arm in shown}
    axis = cost_axis(list(spent.values()), unit)
    corners = np.array(list(_corners(costs.front(shown, looks, unit, queries), spent)))
    curves = [
        Curve(
            arm["arm"],
            [spent[arm["arm"]]],
            [Score.read(arm["correct"])],
            style="points",
            hue=looks[arm["arm"]].hue,
            mark=looks[arm["arm"]].letter,
            hollow=looks[arm["arm"]].control,
        )
        for arm in shown
    ]
    front = [Outline("Pareto front", [corners], INK, (0, (1.5, 2)), 1.2)] if len(corners) > 1 else []
    return Chart(
        f"cost of {queries:,} queries" if queries else "cost of one more query",
        f"{queries:,} queries, set-up included" if queries else "One more query",
        axis.title,
        "right answers",
        curves,
        limits=(0.0, 1.0),
        x_scale=axis.scale,
        x_unit=axis.unit,
        y_unit="share",
        ticks=axis.ticks,
        x_limits=axis.limits,
        y_limits=SHARES,
        lines=front,
    )


def _corners(front: Arms, spent: Mapping[str, float]) -> Iterator[tuple[float, float]]:
    """The front as steps: what a cost buys does not rise before the next arm is reached."""
    before = None
    for arm in front:
        cost, share = spent[arm["arm"]], arm["correct"]["value"]
        if before is not None:
            yield cost, before
        yield cost, share
        before = share


def amortised(arms: Arms, looks: Mapping[str, Look], unit: costs.Unit, even: Mapping[str, Any]) -> Chart:
    """What a query costs when so many share the set-up, and where the best two of a kind cost the same."""
    steps = [round(step) for step in np.geomspace(1, FURTHEST, POINTS)]
    shown = [arm for arm in arms if not looks[arm["arm"]].control and unit.of(arm, 1) is not None]
    curves = []
    for arm in shown:
        each = [Score((unit.of(arm, step) or 0.0) / step, math.nan, math.nan, 1) for step in steps]
        curves.append(Curve(arm["arm"], steps, each, hue=looks[arm["arm"]].hue))
    axis = cost_axis([score.value for curve in curves for score in curve.scores], unit)
    return Chart(
        "break-even", "Cost per query, with the set-up spread over all queries", "queries", f"{axis.title} a query",
        curves, x_scale="log", y_scale=axis.scale, y_unit=axis.unit, y_ticks=axis.ticks, y_limits=axis.limits,
        spans=_even(even),
    )  # fmt: skip


def _even(even: Mapping[str, Any]) -> list[Span]:
    """The break-even as a line, and its interval as a band, which has no end where it may never come."""
    if not even["queries"] or even["queries"] > FURTHEST or even["queries"] < 1:
        return []
    if even["low"] is None:
        return [Span("break-even", even["queries"])]
    return [Span("break-even", even["queries"], max(1.0, even["low"]), min(even["high"] or FURTHEST, FURTHEST))]


def cost_axis(spent: Sequence[float], unit: costs.Unit) -> CostAxis:
    """A logarithmic axis where every cost is above 0 and two ticks fit; one of seconds says minutes, hours and days."""
    timed = unit.name == "seconds"
    title = "time" if timed else unit.name
    kind: Unit = "seconds" if timed else "number"
    if not spent or min(spent) <= 0:
        return CostAxis(title, kind)
    low, high = math.log10(min(spent)), math.log10(max(spent))
    room = max(0.12 * (high - low), 0.15)
    ends = low - room, high + room
    scales = (COARSE, FINE, FINEST) if timed else [_money(*ends, steps) for steps in ((1,), (1, 3), (1, 2, 5))]
    ticks = next((found for ticks in scales if len(found := _within(ticks, *ends)) > 2), _within(scales[-1], *ends))
    if len(ticks) < 2:  # which alone say how far a step of the axis goes
        return CostAxis(title, kind)
    return CostAxis(title, kind, "log", (10.0 ** ends[0], 10.0 ** ends[1]), ticks)


def _money(low: float, high: float, steps: Sequence[int]) -> dict[float, str]:
    """Amounts at these multiples of every power of ten between two."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    return {step * 10.0**power: f"{step * 10.0**power:,.{max(0, -power)}f}" for power in powers for step in steps}


def _within(ticks: Mapping[float, str], low: float, high: float) -> dict[float, str]:
    """The ticks between two powers of ten."""
    return {tick: text for tick, text in ticks.items() if low <= math.log10(tick) <= high}
