"""The page of a calibrated run: for each regime the forecast against what was measured, and the excess collapse."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from ...charts import Ends
from ...charts.colours import colour, hues
from ...cost.footprint import footprint
from ...forecast import CalibratedRun, Calibration
from ...forecast.charts import calibrated, excess
from ...statistics.intervals import figure
from ...text.plural import plural
from ..page import fill
from ..plot import MIDDLE, Plot, plot
from ..table import Cell, GroupedTable, Swatch, table
from .page import command, write_page

OUTCOME = {True: "held", False: "failed", None: "open"}
PARTS = (  # the curves of a chart
    Swatch("measured", colour(0)), Swatch("forecast", colour(1)), Swatch("closed form", colour(7), style="dashed"),
)  # fmt: skip


def write_calibration(found: CalibratedRun, folder: Path) -> Path:
    """Write report.html into a folder; returns the page's path."""
    return write_page(render(found, command(folder), str(footprint(folder))), folder)


def render(found: CalibratedRun, made_by: str = "", energy: str = "") -> str:
    """The page as text; `made_by` is the line that makes it, and `energy` what it took in words."""
    regimes, name = found.regimes, found.run.name
    first, places = regimes[0], hues(regime.recorded.regime for regime in regimes)
    last = _last(regimes, places)
    forecasts = [_forecast(place, regime) for place, regime in enumerate(regimes)]
    excesses = [_excess(place, regime) for place, regime in enumerate(regimes)]
    return fill(
        "forecast/calibration.html",
        title=f"{name} calibration",
        command=made_by,
        energy=energy,
        plots=[last, *forecasts, *excesses],
        name=name,
        counts=[
            plural(first.recorded.generations, "generation"),
            plural(first.recorded.variance.shape[0], "seed"),
            f"the first {first.first} are fitted",
        ],
        lead=found.lead,
        outcomes=_outcomes(regimes, places),
        last=last,
        fitted=_fitted(regimes, places),
        findings=[
            {
                "name": regime.recorded.regime,
                "text": f". {' '.join(regime.sentences)}",
                "hue": colour(places[regime.recorded.regime]),
            }
            for regime in regimes
        ],
        legend=PARTS,
        forecasts=forecasts,
        excesses=excesses,
        tables=[_table(regime) for regime in regimes],
    )


def _outcomes(regimes: Sequence[Calibration], places: Mapping[str, int]) -> GroupedTable:
    """Whether each forecast held, at the last generation that was measured."""
    rows = []
    for regime in regimes:
        last, name = len(regime.measured) - 1, regime.recorded.regime
        rows.append(
            [
                Swatch(name, colour(places[name])),
                Cell(OUTCOME[regime.held], bold=True),
                str(regime.forecast[last]),
                str(regime.measured[last]),
                str(regime.miss[last]),
            ]
        )
    caption = f"The variance ratio at generation {len(regimes[0].measured)}, the last that was measured"
    return table(["Regime", "The forecast", "Forecast", "Measured", "Miss"], rows, caption, wraps=True)


def _fitted(regimes: Sequence[Calibration], places: Mapping[str, int]) -> GroupedTable:
    """The three numbers that were fitted to each regime, and whether its figures tell them apart."""
    rows = [
        [
            Swatch(regime.recorded.regime, colour(places[regime.recorded.regime])),
            Cell(str(regime.effective), small=f"instead of {regime.recorded.plan.rows(1).total:,}"),
            str(regime.bias),
            str(regime.capacity),
            "yes" if regime.identified else "no: only their joint effect is known",
        ]
        for regime in regimes
    ]
    head = ["Regime", "Effective rows", "Sampling bias", "Room for the variance", "Rows and bias told apart"]
    return table(head, rows, f"Fitted to the first {regimes[0].first} generations, with 95 % intervals", wraps=True)


def _last(regimes: Sequence[Calibration], places: Mapping[str, int]) -> Plot:
    """What was measured at the last generation, and what was forecast of it."""
    last = len(regimes[0].measured)
    rows = {regime.recorded.regime: (regime.forecast[last - 1], regime.measured[last - 1]) for regime in regimes}
    chart = Ends(
        "last", f"Measured at generation {last}", "variance ratio", rows, limits=(0.0, math.inf), hues=places,
        names=("forecast", "measured"),
    )  # fmt: skip
    return plot("last", chart, caption="Dots are measured, with 95 % intervals over seeds; a ring is the forecast.")


def _forecast(place: int, regime: Calibration) -> Plot:
    held = regime.held
    said = f"The forecast {OUTCOME[held]}." if held is not None else "It is undecided whether the forecast held."
    name = regime.recorded.regime
    label = f"{name}: measured and forecast over the generations"
    return plot(f"forecast-{place}", calibrated(regime.json()), title=name, label=label, caption=said, size=MIDDLE)


def _excess(place: int, regime: Calibration) -> Plot:
    name, last = regime.recorded.regime, len(regime.excess)
    label, said = f"{name}: excess collapse over the generations", f"{regime.excess[-1]} at generation {last}"
    return plot(f"excess-{place}", excess(regime.json()), title=name, label=label, caption=said, size=MIDDLE)


def _table(regime: Calibration) -> GroupedTable:
    rows = []
    for place, forecast in enumerate(regime.forecast):
        known = place < len(regime.measured)
        cells = [str(scores[place]) if known else "" for scores in (regime.measured, regime.miss, regime.excess)]
        nominal = figure(float(regime.nominal[place]))
        rows.append([str(place + 1), cells[0], str(forecast), cells[1], nominal, cells[2]])
    head = ["Generation", "Measured", "Forecast", "Miss", "Closed form", "Excess"]
    return table(head, rows, f"Variance ratio of {regime.recorded.regime}")
