"""The page of a calibrated run: for each regime the forecast against what was measured, and the excess collapse."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from ...forecast import CalibratedRun, Calibration
from ...statistics.intervals import Score, figure
from ..by_hand import fill
from ..by_hand_table import table
from ..chart import Figure, band, generations_axis, short
from .page import write_folder

MEASURED, FORECAST = "#0a7cc4", "#c4570a"
OUTCOME = {True: "held", False: "failed", None: "open"}


def write_calibration(found: CalibratedRun, out: Path) -> Path:
    """Write forecast.json and report.html into a folder; returns the page's path; raises as `write_forecast`."""
    return write_folder(out, render(found), found.document())


def render(found: CalibratedRun) -> str:
    """The page as text."""
    figures: dict[str, Figure] = {}
    for index, regime in enumerate(found.regimes):
        figures[f"forecast-{index}"] = _forecast(regime)
        figures[f"excess-{index}"] = _excess(regime)
    lead = "".join(f'<p class="lead">{escape(regime.sentences[1])}</p>' for regime in found.regimes[:1])
    items = "".join(
        f'<li style="--hue: {MEASURED}"><b>{escape(regime.recorded.regime)}</b>'
        f"{escape(' '.join(regime.sentences).removeprefix(regime.recorded.regime))}</li>"
        for regime in found.regimes
    )
    body = (
        f'<article class="run"><header><h1>{escape(found.folder.name)} · calibration</h1>'
        f"<p>{escape(_header(found))}</p></header>"
        f'<section class="verdict"><h2>Verdict</h2>{lead if len(found.regimes) == 1 else ""}'
        f'<ul class="findings">{items}</ul></section>'
        "<section><h2>Forecast against measured</h2><p>The variance ratio: dots were measured, with 95 % intervals "
        "over seeds; the line and its band are the forecast that was fitted to the generations before the upright; the "
        "dashes are the closed form of a well-specified Gaussian with the run's own rows and bias.</p>"
        f'<div class="charts">{_cards(found.regimes, "forecast", "measured and forecast")}</div></section>'
        "<section><h2>Excess collapse</h2><p>Measured minus that closed form: what the model loses beyond what a "
        "perfect fit of the same rows would.</p>"
        f'<div class="charts">{_cards(found.regimes, "excess", "excess collapse")}</div></section>'
        f"<section><h2>Figures</h2>{''.join(_table(regime) for regime in found.regimes)}</section></article>"
    )
    return fill(f"{found.folder.name} calibration", body, figures)


def _header(found: CalibratedRun) -> str:
    regime = found.regimes[0]
    seeds = regime.recorded.variance.shape[0]
    return f"{regime.recorded.generations} generations · {seeds} seeds · the first {regime.first} are fitted"


def _cards(regimes: Sequence[Calibration], kind: str, words: str) -> str:
    return "".join(
        f'<figure class="card"><figcaption><h4>{escape(regime.recorded.regime)}</h4><p>{_caption(regime, kind)}</p>'
        f'</figcaption><div class="chart" data-chart="{kind}-{index}" role="img" '
        f'aria-label="{escape(regime.recorded.regime)}: {words} over the generations"></div></figure>'
        for index, regime in enumerate(regimes)
    )


def _caption(regime: Calibration, kind: str) -> str:
    if kind == "excess":
        return f"{escape(str(regime.excess[-1]))} at generation {len(regime.excess)}"
    return f"The forecast {OUTCOME[regime.held]}." if regime.held is not None else "Whether the forecast held is open."


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


def _table(regime: Calibration) -> str:
    rows = []
    for place, forecast in enumerate(regime.forecast):
        known = place < len(regime.measured)
        told = [str(scores[place]) if known else "" for scores in (regime.measured, regime.miss, regime.excess)]
        nominal = figure(float(regime.nominal[place]))
        rows.append([str(place + 1), told[0], str(forecast), told[1], nominal, told[2]])
    head = ["Generation", "Measured", "Forecast", "Miss", "Closed form", "Excess"]
    return table(head, [[escape(cell) for cell in row] for row in rows], f"Variance ratio of {regime.recorded.regime}")
