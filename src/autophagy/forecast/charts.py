"""The charts of a forecast and of a calibration, from the lines of their documents."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..charts.chart import Chart, Curve, Span
from ..core.figures import in_words
from ..statistics.intervals import Score
from .families import Quantity
from .plan import TYPICAL

Line = Mapping[str, Any]


def quantities(lines: Sequence[Line], known: Mapping[str, Quantity], chains: int) -> dict[str, Chart]:
    """Each quantity over the generations: its mean, and the typical chain in the band of eight chains of ten.

    Fewer than TYPICAL chains have no typical one. `known` is what the family says of its quantities.
    """
    charts = {}
    for name in dict.fromkeys(name for line in lines for name in line if name != "generation"):
        own = [(line["generation"], line[name]) for line in lines if name in line]
        at = [generation for generation, _ in own]
        curves = [Curve("mean", at, [_score(each, "mean", "mean_low", "mean_high", chains) for _, each in own])]
        if chains >= TYPICAL:
            typical = [_score(each, "median", "low", "high", chains) for _, each in own]
            curves.append(Curve("typical chain", at, typical, style="dotted"))
        quantity = known.get(name) or Quantity(in_words(name), (-math.inf, math.inf))
        title = quantity.title[:1].upper() + quantity.title[1:]
        charts[name] = Chart(name, title, "generation", title, curves, limits=quantity.bounds)
    return charts


def calibrated(regime: Line) -> Chart:
    """The variance ratio of a regime: forecast, measured, and what a perfect fit would keep."""
    name, lines = regime["regime"], regime["generations"]
    at = [float(line["generation"]) for line in lines]
    closed = [Score(line["nominal"], math.nan, math.nan, 1) for line in lines]
    measured = [(line["generation"], Score.read(line["measured"])) for line in lines if "measured" in line]
    curves = [
        Curve("forecast", at, [Score.read(line["forecast"]) for line in lines], hue=1),
        Curve("measured", [x for x, _ in measured], [score for _, score in measured], style="points", hue=0),
        Curve("closed form", at, closed, style="dashed", hue=7),
    ]
    spans = [Span("fitted up to here", regime["fitted_on"] + 0.5)]
    title = f"Variance ratio, {name}"
    return Chart(name, title, "generation", "variance ratio", curves, limits=(0, math.inf), spans=spans)


def excess(regime: Line) -> Chart:
    """What a regime has beyond the closed form at each recorded generation; 0 is that form."""
    known = [(line["generation"], Score.read(line["excess"])) for line in regime["generations"] if "excess" in line]
    curves = [Curve("excess", [x for x, _ in known], [score for _, score in known])]
    zero = Score(0.0, math.nan, math.nan, 1)
    name = regime["regime"]
    title = f"Excess of the variance ratio, {name}"
    return Chart(
        f"{name} excess", title, "generation", "measured - closed form", curves, zero, level_label="closed form"
    )


def calibrations(regimes: Iterable[Line]) -> dict[str, Chart]:
    """The forecast of each regime, then the excess of each."""
    each = list(regimes)
    return {chart.name: chart for chart in [*map(calibrated, each), *map(excess, each)]}


def _score(values: Line, value: str, low: str, high: str, n: int) -> Score:
    found, least, most = (math.nan if values.get(part) is None else values[part] for part in (value, low, high))
    return Score(found, least, most, n if math.isfinite(found) else 0)
