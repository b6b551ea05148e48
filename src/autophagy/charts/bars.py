"""Shares that add up to a whole, as bars on top of each other."""

from typing import TYPE_CHECKING

from .axes import tick
from .chart import Bars, Chart, Curve
from .colours import ORIGINS, colour
from .curves import shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 0.8  # of the distance between two bars
FEW = 3  # bars that are named one by one: an axis would have ticks between them


def draw_bars(axes: "Axes", chart: Bars) -> None:
    """A bar at each place, its parts from the bottom up in the order of the chart."""
    floor = [0.0] * len(chart.places)
    for place, (label, values) in enumerate(chart.parts.items()):
        hue = ORIGINS.get(chart.hues.get(label, ""), colour(place))
        bars = axes.bar(chart.places, values, WIDTH, floor, color=hue, linewidth=0, label=shown(label))
        for bar in bars:
            bar.set_gid(f"c{place} bar")
        floor = [below + value for below, value in zip(floor, values, strict=True)]


def frame_of(chart: Bars) -> Chart:
    """The chart whose axes fit the bars."""
    ends = (min(chart.places, default=1) - 0.6, max(chart.places, default=1) + 0.6)
    places, few = [Curve("", chart.places, [])], len(chart.places) <= FEW
    ticks = {place: tick(place, "number") for place in chart.places} if few else {}
    return Chart(chart.name, chart.title, chart.x, chart.y, places, y_unit="share", x_limits=ends, y_limits=(0, 1),
                 ticks=ticks)  # fmt: skip
