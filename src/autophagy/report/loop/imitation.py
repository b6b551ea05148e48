"""What imitation taught: style and capability against the amount of the teacher's text."""

from collections.abc import Mapping
from typing import Any

from ...core.figures import Role
from ...loop.legend import Legend
from ..card import Card
from ..chart import Figure, band, short
from ..colours import COLOURS
from ..table import Swatch

Amounts = Mapping[int, Mapping[str, Mapping[int, float]]]

LINES: tuple[tuple[Role, str, str], ...] = (("style", COLOURS[0], "circle"), ("capability", COLOURS[1], "square"))
TICKS = 8  # amounts that fit under the chart by name


def section(key: str, amounts: Amounts, legend: Legend) -> dict[str, Any] | None:
    """The legend and the card of a run with a teacher, its chart named `key`; None for one without."""
    if not amounts:
        return None
    lines = [(legend.figure(name), colour) for name, colour, _ in _lines(amounts, legend)]
    swatches = [Swatch(f"{figure.heading}: {figure.caption}", colour) for figure, colour in lines]
    card = Card(key, title="", label="Style and capability against the number of imitated passages")
    return {"legend": swatches, "card": card}


def _lines(amounts: Amounts, legend: Legend) -> list[tuple[str, str, str]]:
    """The figures of style and of capability, each with its colour and its mark."""
    names = [name for cell in amounts.values() for name in cell]
    return [(name, colour, mark) for role, colour, mark in LINES for name in legend.of_role(role, names)]


def chart(amounts: Amounts, legend: Legend) -> Figure:
    """Style and capability with their bands over the imitated passages, on a logarithmic axis."""
    shown = list(amounts)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "guessing",
            "x": [shown[0], shown[-1]] if len(shown) > 1 else [shown[0] / 1.1, shown[0] * 1.1],
            "y": [0.5, 0.5],
            "line": {"dash": "dash", "width": 1.5, "color": "ink"},
            "hoverinfo": "skip",
        }
    ]
    for name, colour, mark in _lines(amounts, legend):
        scores = [legend.score(name, cell.get(name, {}).values()) for cell in amounts.values()]
        traces.append(band(shown, scores, colour))
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": legend.figure(name).heading,
                "x": shown,
                "y": [short(each.value) for each in scores],
                "customdata": [str(each) for each in scores],
                "hovertemplate": "%{fullData.name}, %{x:,} passages: %{customdata}<extra></extra>",
                "connectgaps": False,
                "line": {"color": colour, "width": 2},
                "marker": {"color": colour, "size": 6, "symbol": mark},
            }
        )
    axis: dict[str, Any] = {"type": "log", "title": {"text": "imitated passages"}}
    if len(shown) <= TICKS:
        axis |= {"tickvals": shown, "ticktext": [f"{amount:,}" for amount in shown]}
    return {"data": traces, "layout": {"xaxis": axis, "yaxis": {"range": [0, 1.02]}}}
