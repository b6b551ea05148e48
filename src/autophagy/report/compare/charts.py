"""Charts of a comparison as plotly figures in plain dictionaries: quality against cost, the break-even, learning."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..chart import Figure, literal, short
from .costs import Unit, front
from .marks import Look

Arms = Sequence[Mapping[str, Any]]
COARSE = {
    1e-6: "1 µs", 1e-5: "10 µs", 1e-4: "0.1 ms", 1e-3: "1 ms", 1e-2: "10 ms", 0.1: "0.1 s", 1.0: "1 s", 10.0: "10 s",
    60.0: "1 min", 600.0: "10 min", 3600.0: "1 h", 36000.0: "10 h", 345600.0: "4 d", 3456000.0: "40 d",
    34560000.0: "400 d",
}  # fmt: skip
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
SHARES = {"range": [-0.04, 1.06], "tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1]}
FURTHEST, POINTS = 1e7, 57  # queries, to which the break-even is drawn, and the points of a line


def tradeoff(arms: Arms, looks: Mapping[str, Look], unit: Unit, queries: int | None) -> Figure:
    """The share right against cost: a letter for each arm on its interval, and a line along the front."""
    shown = [arm for arm in arms if arm["correct"]["value"] is not None and unit.of(arm, queries) is not None]
    costs = [unit.of(arm, queries) or 0.0 for arm in shown]
    best = front(shown, looks, unit, queries)
    edge: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [short(unit.of(arm, queries) or 0.0) for arm in best],
        "y": [short(arm["correct"]["value"]) for arm in best],
        "line": {"shape": "hv", "color": "ink", "width": 1.2, "dash": "dot"},
        "hoverinfo": "skip",
    }
    traces = [edge, *(_arm(arm, looks[arm["arm"]], cost, unit) for arm, cost in zip(shown, costs, strict=True))]
    return {
        "data": traces,
        "layout": {"xaxis": cost_axis(costs, unit), "yaxis": SHARES, "margin": {"l": 44, "r": 14, "t": 12, "b": 40}},
    }


def _arm(arm: Mapping[str, Any], look: Look, cost: float, unit: Unit) -> dict[str, Any]:
    score = arm["correct"]
    figures = literal(f"{100 * score['value']:.0f} % right{interval(score)}, {unit.told(cost)}")
    return {
        **lettered(look, [short(cost)], [short(score["value"])]),
        "error_y": error([score], look),
        "hovertemplate": f"{literal(look.arm)}<br>{figures}<extra></extra>",
    }


def amortised(arms: Arms, looks: Mapping[str, Look], unit: Unit, even: Mapping[str, Any]) -> Figure:
    """What a query costs when so many share the set-up, and where the best two of a kind cost the same."""
    steps = [round(step) for step in np.geomspace(1, FURTHEST, POINTS)]
    shown = [arm for arm in arms if not looks[arm["arm"]].control and unit.of(arm, 1) is not None]
    traces, reached = [], []
    for place, arm in enumerate(shown):
        look = looks[arm["arm"]]
        costs = [(unit.of(arm, step) or 0.0) / step for step in steps]
        line = {
            "type": "scatter",
            "mode": "lines",
            "x": steps,
            "y": [short(cost) for cost in costs],
            "line": {"color": look.colour, "width": 2},
            "hovertemplate": f"{literal(look.arm)}<br>%{{customdata}}<extra></extra>",
            "customdata": [
                literal(f"{step:,} queries: {unit.told(cost)} each, {unit.told(cost * step)} in all")
                for step, cost in zip(steps, costs, strict=True)
            ],
        }
        beside = POINTS - 1 - 3 * place % POINTS  # one further to the left than the other, lest letters hide letters
        traces += [line, {**lettered(look, [steps[beside]], [short(costs[beside])]), "hoverinfo": "skip"}]
        reached += costs
    across = {
        "type": "log",
        "title": {"text": "queries"},
        "tickvals": [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7],
        "ticktext": ["1", "10", "100", "1k", "10k", "100k", "1M", "10M"],
        "range": [0, math.log10(FURTHEST) + 0.2],
    }
    margin = {"l": 54, "r": 14, "t": 12, "b": 40}
    layout = {"xaxis": across, "yaxis": cost_axis(reached, unit), "margin": margin}
    return {"data": [*_even(even, reached), *traces], "layout": layout}


def _even(even: Mapping[str, Any], reached: Sequence[float]) -> list[dict[str, Any]]:
    """The break-even as a line, and its interval as a band, which has no end where it may never come."""
    known = [cost for cost in reached if cost > 0]
    if not even["queries"] or not known or even["queries"] > FURTHEST:
        return []
    bottom, top = min(known), max(known)
    place = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    line = {
        **place,
        "x": [even["queries"]] * 2,
        "y": [bottom, top],
        "line": {"color": "ink", "dash": "dash", "width": 1.5},
    }
    if even["low"] is None:
        return [line]
    low, high = max(1.0, even["low"]), min(even["high"] or FURTHEST, FURTHEST)
    across, up = [low, high, high, low], [bottom, bottom, top, top]
    band = {**place, "x": across, "y": up, "fill": "toself", "fillcolor": "#8a8f9826", "line": {"width": 0}}
    return [band, line]


def lettered(look: Look, x: list[Any], y: list[Any]) -> dict[str, Any]:
    """Points that bear the arm's letter; a control's are hollow."""
    rim = {"color": look.colour, "width": 1.5} if look.control else {"color": "card", "width": 1}
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": x,
        "y": y,
        "text": [look.letter] * len(x),
        "textposition": "middle center",
        "textfont": {"size": 11, "weight": 700, "color": "ink" if look.control else "#ffffff"},
        "marker": {"size": 19, "symbol": "circle", "color": "card" if look.control else look.colour, "line": rim},
        "cliponaxis": False,
    }


def error(scores: Sequence[Mapping[str, Any]], look: Look) -> dict[str, Any]:
    """The intervals as bars; none where they are not known."""
    whole = [s["low"] is not None and s["high"] is not None for s in scores]
    return {
        "type": "data",
        "symmetric": False,
        "array": [short(s["high"] - s["value"]) if known else 0 for s, known in zip(scores, whole, strict=True)],
        "arrayminus": [short(s["value"] - s["low"]) if known else 0 for s, known in zip(scores, whole, strict=True)],
        "color": look.colour,
        "thickness": 1.6,
        "width": 5,
    }


def interval(score: Mapping[str, Any]) -> str:
    """The ends of an interval of a share, in words; nothing where they are not known."""
    if score["low"] is None or score["high"] is None:
        return ""
    return f" ({100 * score['low']:.0f} to {100 * score['high']:.0f})"


def cost_axis(costs: Sequence[float], unit: Unit) -> dict[str, Any]:
    """A logarithmic axis where every cost is above 0; one of seconds says minutes, hours and days."""
    title = {"title": {"text": "time" if unit.name == "seconds" else literal(unit.name)}}
    if not costs or min(costs) <= 0:
        return {**title, "rangemode": "tozero"}
    low, high = math.log10(min(costs)), math.log10(max(costs))
    room = max(0.12 * (high - low), 0.15)
    ends = low - room, high + room
    scales = (
        (COARSE, FINE, FINEST)
        if unit.name == "seconds"
        else [_money(*ends, steps) for steps in ((1,), (1, 3), (1, 2, 5))]
    )
    ticks = next((found for ticks in scales if len(found := _within(ticks, *ends)) > 2), _within(scales[-1], *ends))
    return {**title, "type": "log", "range": list(ends), "tickvals": list(ticks), "ticktext": list(ticks.values())}


def _money(low: float, high: float, steps: Sequence[int]) -> dict[float, str]:
    """Amounts at these multiples of every power of ten between two."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    return {step * 10.0**power: f"{step * 10.0**power:,.{max(0, -power)}f}" for power in powers for step in steps}


def _within(ticks: Mapping[float, str], low: float, high: float) -> dict[float, str]:
    """The ticks between two powers of ten."""
    return {tick: text for tick, text in ticks.items() if low <= math.log10(tick) <= high}
