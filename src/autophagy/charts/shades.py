"""Values over two axes as shades, with lines where they reach a target."""

from typing import TYPE_CHECKING, Any

import numpy as np

from ..text.line import cut
from .axes import SMALL, place_ticks
from .bare import draw_frame
from .chart import Shades
from .colours import INK
from .curves import draw_outline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEFT, RIGHT, ABOVE, BELOW = 46.0, 70.0, 24.0, 34.0  # points around the cells of a bare figure
NOWHERE = "#b9bec5"  # cells that have no value


def draw_shades(axes: "Axes", chart: Shades, *, grey: bool) -> Any:
    """A cell for each pair of places, and the lines on top; returns what a bar of the shades is made of."""
    values = np.ma.masked_invalid(np.asarray(chart.values, dtype=np.float64))
    axes.set_xscale(chart.x_scale)
    axes.set_yscale(chart.y_scale)
    axes.set_facecolor(NOWHERE)
    colours = "gray" if grey else "cividis"
    cells = axes.pcolormesh(chart.across, chart.up, values, cmap=colours, shading="nearest", rasterized=True)
    for line in chart.lines:
        draw_outline(axes, line)
    return cells


def draw_bare_shades(figure: "Figure", chart: Shades, *, grey: bool) -> "Axes":
    """The same for a page: plain words at the axes and above the bar, and none of them upright."""
    width, height = (72 * float(inches) for inches in figure.get_size_inches())
    bottom, up = BELOW / height, (height - BELOW - ABOVE) / height
    axes = figure.add_axes((LEFT / width, bottom, (width - LEFT - RIGHT) / width, up))
    cells = draw_shades(axes, chart, grey=grey)
    place_ticks(axes.xaxis, chart.x_scale)
    place_ticks(axes.yaxis, chart.y_scale)
    beside = figure.add_axes((1 - (RIGHT - 12) / width, bottom, 12 / width, up))
    bar = figure.colorbar(cells, cax=beside)
    place_ticks(beside.yaxis, "linear")
    beside.tick_params(labelsize=SMALL, labelcolor=INK, length=0, pad=4)
    bar.outline.set_visible(False)
    words = beside.text(1 + (RIGHT - 24) / 12, 1 + 9 / (up * height), cut(chart.unit, 40), fontsize=SMALL, color=INK)
    words.set(ha="right", va="baseline", transform=beside.transAxes, parse_math=False, gid="title")
    draw_frame(axes, chart.x, chart.y)
    return axes


def explain_lines(axes: "Axes", title: str) -> None:
    """A key of the lines on a ground on which light ones and dark ones are seen; nothing where there is no line."""
    if axes.get_legend_handles_labels()[0]:
        legend = axes.legend(loc="best", fontsize=8.5, facecolor=INK, labelcolor="#ffffff", framealpha=0.95)
        legend.set_title(title)
        legend.get_title().set(color="#ffffff", size=8.5, parse_math=False)
        for text in legend.get_texts():
            text.set_parse_math(False)
