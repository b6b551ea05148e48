"""Many curves over a few places: their intervals as bars side by side, since bands would lie on each other."""

from dataclasses import replace
from itertools import pairwise

from .axes import tick
from .chart import Chart, Curve
from .curves import FEW, MANY

WIDTH = 0.5  # of the way from one place to the next, which the bars of a place take


def apart(chart: Chart) -> Chart:
    """The chart with its curves moved apart, where they are many lines over a few places; else the chart itself."""
    places = sorted({x for curve in chart.curves for x in curve.x})
    lines = all(curve.style == "line" for curve in chart.curves)
    if len(chart.curves) <= MANY or not 1 < len(places) <= FEW or not lines or chart.x_scale == "log":
        return chart
    step = min(later - place for place, later in pairwise(places))
    curves = [
        _moved(curve, WIDTH * step * _share(place, len(chart.curves))) for place, curve in enumerate(chart.curves)
    ]
    ticks = chart.ticks or {x: tick(x, chart.x_unit) for x in places}
    ends = chart.x_limits or (places[0] - 0.7 * WIDTH * step, places[-1] + 0.7 * WIDTH * step)
    return replace(chart, curves=curves, ticks=ticks, x_limits=ends)


def _share(place: int, among: int) -> float:
    """Where one of several stands around the middle, from -1/2 to 1/2."""
    return place / (among - 1) - 0.5


def _moved(curve: Curve, way: float) -> Curve:
    return replace(curve, x=[x + way for x in curve.x], style="bars")
