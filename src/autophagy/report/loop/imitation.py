"""What imitation taught: style and capability against the amount of the teacher's text."""

from collections.abc import Mapping
from typing import Any

from ...statistics.intervals import score
from ..card import Card
from ..chart import Figure, band, short
from ..colours import COLOURS
from ..table import Swatch
from .words import measure

Amounts = Mapping[int, Mapping[str, Mapping[int, float]]]

LINES = {"style": COLOURS[0], "gold": COLOURS[1]}
MARKS = {"style": "circle", "gold": "square"}
TICKS = 8  # amounts that fit under the chart by name


def section(key: str, amounts: Amounts) -> dict[str, Any] | None:
    """The legend and the card of a run with a teacher, its chart named `key`; None for one without."""
    if not amounts:
        return None
    legend = [Swatch(f"{measure(metric).title}: {measure(metric).caption}", colour) for metric, colour in LINES.items()]
    card = Card(key, title="", label="Style and gold accuracy against the number of imitated passages")
    return {"legend": legend, "card": card}


def chart(amounts: Amounts) -> Figure:
    """Style and gold with their bands over the imitated passages, on a logarithmic axis."""
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
    for metric, colour in LINES.items():
        scores = [score(metric, cell.get(metric, {}).values()) for cell in amounts.values()]
        traces.append(band(shown, scores, colour))
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": measure(metric).title,
                "x": shown,
                "y": [short(each.value) for each in scores],
                "customdata": [str(each) for each in scores],
                "hovertemplate": "%{fullData.name}, %{x:,} passages: %{customdata}<extra></extra>",
                "connectgaps": False,
                "line": {"color": colour, "width": 2},
                "marker": {"color": colour, "size": 6, "symbol": MARKS[metric]},
            }
        )
    axis: dict[str, Any] = {"type": "log", "title": {"text": "imitated passages"}}
    if len(shown) <= TICKS:
        axis |= {"tickvals": shown, "ticktext": [f"{amount:,}" for amount in shown]}
    return {"data": traces, "layout": {"xaxis": axis, "yaxis": {"range": [0, 1.02]}}}
