"""What imitation taught: style and capability against the amount of the teacher's text."""

from collections.abc import Mapping
from html import escape
from typing import Any

from ...statistics.intervals import score
from ..chart import Figure, band, short
from ..colours import COLOURS
from .words import measure

Amounts = Mapping[int, Mapping[str, Mapping[int, float]]]

LINES = {"style": COLOURS[0], "gold": COLOURS[1]}
MARKS = {"style": "circle", "gold": "square"}
TICKS = 8  # amounts that fit under the chart by name


def section(key: str, amounts: Amounts) -> str:
    """The section of a run with a teacher, its chart named `key`; nothing for one without."""
    if not amounts:
        return ""
    legend = "".join(
        f'<li><span class="regime"><i style="background:{colour}"></i>{escape(measure(metric).title)}: '
        f"{escape(measure(metric).caption)}</span></li>"
        for metric, colour in LINES.items()
    )
    return (
        "<section><h2>Imitation</h2><p>What the first generation learnt from the teacher, by how many of its passages "
        "it imitated. Means over seeds; the bands are 95 % intervals, the dashes are guessing.</p>"
        f'<ul class="legend">{legend}</ul><figure class="card"><div class="chart" data-chart="{escape(key)}" '
        'role="img" aria-label="Style and gold accuracy against the number of imitated passages"></div></figure>'
        "</section>"
    )


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
