"""Charts of a forecast as plotly figures in plain dictionaries: quantities over generations, and the phase map."""

import math
from typing import Any

from ...forecast import Forecast, PhaseMap
from ...statistics.intervals import figure
from ..chart import Figure, generations_axis, literal
from ..points import thinned
from .boundaries import NAMES, axis_label, boundaries, quantity_title

COLOUR, POINTS = "#0a7cc4", 400
STYLES = {"mean": ("#ffffff", "solid", 3), "median": ("#ffffff", "dot", 2), "predicted": ("#000000", "dash", 2)}


def quantity(forecast: Forecast, name: str) -> Figure:
    """One quantity: the mean, the typical chain, and the band in which eight chains of ten lie."""
    places = thinned(list(range(forecast.plan.generations)), POINTS)
    lines = [forecast.line(place) for place in places]
    steps = [line["generation"] for line in lines]
    part = {key: [line[name][key] for line in lines] for key in ("mean", "median", "low", "high")}
    known = [i for i in range(len(steps)) if part["low"][i] is not None and part["high"][i] is not None]
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [steps[i] for i in known] + [steps[i] for i in reversed(known)],
        "y": [part["high"][i] for i in known] + [part["low"][i] for i in reversed(known)],
        "fill": "toself",
        "fillcolor": f"{COLOUR}2e",
        "line": {"width": 0, "color": COLOUR},
        "hoverinfo": "skip",
    }
    curves = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": words,
            "x": steps,
            "y": part[key],
            "line": {"color": colour, "width": 2, "dash": dash},
            "hovertemplate": f"{words}<br>generation %{{x}}: %{{y:.4g}}<extra></extra>",
        }
        for key, words, colour, dash in (("mean", "mean", COLOUR, "solid"), ("median", "typical chain", "ink", "dot"))
    ]
    return {"data": [band, *curves], "layout": {"xaxis": generations_axis(steps)}}


def phase_chart(phase: PhaseMap) -> Figure:
    """The map as shades of the mean, with its boundaries, and each cell's figures under the mouse."""
    cells = phase.cells
    texts = [
        [
            f"mean {_known(cells['mean'][row, column])}, typical chain {_known(cells['median'][row, column])}<br>"
            f"closed form {_known(cells['predicted'][row, column])}<br>{literal(str(phase.target))} in "
            f"{_share(cells['met'][row, column])} of the chains"
            for column in range(len(phase.x.values))
        ]
        for row in range(len(phase.y.values))
    ]
    x, y = literal(phase.x.name), literal(phase.y.name)
    shades: dict[str, Any] = {
        "type": "heatmap",
        "x": list(phase.x.values),
        "y": list(phase.y.values),
        "z": [[_short(value) for value in row] for row in cells["mean"]],
        "text": texts,
        "colorscale": "Cividis",
        "colorbar": {"thickness": 12, "title": {"text": literal(quantity_title(phase)), "side": "right"}},
        "hovertemplate": f"{x} %{{x:.4g}}, {y} %{{y:.4g}}<br>%{{text}}<extra></extra>",
    }
    lines = []
    for name, parts in boundaries(phase).items():
        colour, dash, width = STYLES[name]
        points = [point for part in parts for point in [*part.tolist(), [None, None]]]
        if points:
            line = {"color": colour, "dash": dash, "width": width}
            lines.append(
                {"type": "scatter", "mode": "lines", "name": NAMES[name], "line": line, "hoverinfo": "skip"}
                | {"x": [point[0] for point in points], "y": [point[1] for point in points]}
            )
    layout = {
        "xaxis": {"title": {"text": literal(axis_label(phase, "x"))}, "type": "log" if phase.x.ratios else "linear"},
        "yaxis": {"title": {"text": literal(axis_label(phase, "y"))}, "type": "log" if phase.y.ratios else "linear"},
        "margin": {"l": 56, "r": 6, "t": 12, "b": 44},
    }
    return {"data": [shades, *lines], "layout": layout}


def _known(value: float) -> str:
    return figure(value) if math.isfinite(value) else "unknown"


def _share(value: float) -> str:
    return f"{value:.0%}" if math.isfinite(value) else "none"


def _short(value: float) -> float | None:
    return float(f"{value:.4g}") if math.isfinite(value) else None
