"""The page of a calibrated run: for each regime the forecast against what was measured, and the excess collapse."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...forecast import CalibratedRun, Calibration
from ...statistics.intervals import Score, figure
from ..card import Card
from ..chart import Figure, band, generations_axis, short
from ..page import fill
from ..table import GroupedTable, table
from .page import write_page

MEASURED, FORECAST = "#0a7cc4", "#c4570a"
OUTCOME = {True: "held", False: "failed"}


def write_calibration(found: CalibratedRun, folder: Path) -> Path:
    """Write report.html into a folder; returns the page's path."""
    return write_page(render(found), folder)


def render(found: CalibratedRun) -> str:
    """The page as text."""
    regimes, name = found.regimes, found.run.name
    figures: dict[str, Figure] = {}
    for index, regime in enumerate(regimes):
        figures[f"forecast-{index}"] = _forecast(regime)
        figures[f"excess-{index}"] = _excess(regime)
    first = regimes[0]
    return fill(
        "forecast/calibration.html",
        title=f"{name} calibration",
        charts=figures,
        name=name,
        counts=[
            f"{first.recorded.generations} generations",
            f"{first.recorded.variance.shape[0]} seeds",
            f"the first {first.first} are fitted",
        ],
        lead=[found.lead],
        findings=[_finding(regime) for regime in regimes],
        forecasts=[_forecast_card(index, regime) for index, regime in enumerate(regimes)],
        excesses=[_excess_card(index, regime) for index, regime in enumerate(regimes)],
        tables=[_table(regime) for regime in regimes],
    )


def _finding(regime: Calibration) -> dict[str, str]:
    name = regime.recorded.regime
    return {"name": name, "text": f". {' '.join(regime.sentences)}", "hue": MEASURED}


def _forecast_card(index: int, regime: Calibration) -> Card:
    name, held = regime.recorded.regime, regime.held
    caption = f"The forecast {OUTCOME[held]}." if held is not None else "It is undecided whether the forecast held."
    label = f"{name}: measured and forecast over the generations"
    return Card(f"forecast-{index}", title=name, caption=caption, label=label)


def _excess_card(index: int, regime: Calibration) -> Card:
    name = regime.recorded.regime
    caption = f"{regime.excess[-1]} at generation {len(regime.excess)}"
    return Card(f"excess-{index}", title=name, caption=caption, label=f"{name}: excess collapse over the generations")


def _forecast(regime: Calibration) -> Figure:
    steps = list(range(1, len(regime.forecast) + 1))
    known = steps[: len(regime.measured)]
    top = max(short(score.value) or 0 for score in [*regime.measured, *regime.forecast])
    fitted = regime.first + 0.5
    traces = [
        band(steps, regime.forecast, FORECAST),
        _line("forecast", steps, regime.forecast, FORECAST),
        {
            "type": "scatter", "mode": "lines", "name": "closed form", "x": steps,
            "y": [short(float(value)) for value in regime.nominal],
            "line": {"color": "ink", "width": 1.5, "dash": "dash"}, "hoverinfo": "skip",
        },
        {
            "type": "scatter", "mode": "lines", "x": [fitted, fitted], "y": [0, 1.05 * top], "showlegend": False,
            "line": {"color": "#8a8f98", "width": 1, "dash": "dot"}, "hoverinfo": "skip",
        },
        _dots("measured", known, regime.measured),
    ]  # fmt: skip
    return {"data": traces, "layout": {"xaxis": generations_axis(steps), "yaxis": {"rangemode": "nonnegative"}}}


def _excess(regime: Calibration) -> Figure:
    steps = list(range(1, len(regime.excess) + 1))
    zero = {
        "type": "scatter", "mode": "lines", "x": [steps[0], steps[-1]], "y": [0, 0], "showlegend": False,
        "line": {"color": "ink", "width": 1.5, "dash": "dash"}, "hoverinfo": "skip",
    }  # fmt: skip
    traces = [zero, band(steps, regime.excess, MEASURED), _line("excess", steps, regime.excess, MEASURED)]
    return {"data": traces, "layout": {"xaxis": generations_axis(steps)}}


def _line(name: str, steps: Sequence[int], scores: Sequence[Score], colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(steps),
        "y": [short(score.value) for score in scores],
        "customdata": [str(score) for score in scores],
        "line": {"color": colour, "width": 2},
        "hovertemplate": f"{name}, generation %{{x}}: %{{customdata}}<extra></extra>",
    }


def _dots(name: str, steps: Sequence[int], scores: Sequence[Score]) -> dict[str, Any]:
    """Points with their intervals as bars, which may reach further on one side."""
    ends = {
        "array": [short(score.high - score.value) for score in scores],
        "arrayminus": [short(score.value - score.low) for score in scores],
    }
    return _line(name, steps, scores, MEASURED) | {
        "mode": "markers",
        "marker": {"color": MEASURED, "size": 7},
        "error_y": {"type": "data", "symmetric": False, "thickness": 1.5, "width": 3, "color": MEASURED, **ends},
    }


def _table(regime: Calibration) -> GroupedTable:
    rows = []
    for place, forecast in enumerate(regime.forecast):
        known = place < len(regime.measured)
        cells = [str(scores[place]) if known else "" for scores in (regime.measured, regime.miss, regime.excess)]
        nominal = figure(float(regime.nominal[place]))
        rows.append([str(place + 1), cells[0], str(forecast), cells[1], nominal, cells[2]])
    head = ["Generation", "Measured", "Forecast", "Miss", "Closed form", "Excess"]
    return table(head, rows, f"Variance ratio of {regime.recorded.regime}")
