"""Values over two axes as shades, with lines where they reach a target."""

from typing import TYPE_CHECKING

import numpy as np

from .chart import Shades

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOWHERE = "#b9bec5"  # cells that have no value


def draw_shades(axes: "Axes", chart: Shades, *, grey: bool) -> None:
    """A cell for each pair of places, a bar that explains the shades, and the lines on top."""
    values = np.ma.masked_invalid(np.asarray(chart.values, dtype=np.float64))
    axes.set_xscale(chart.x_scale)
    axes.set_yscale(chart.y_scale)
    axes.set_facecolor(NOWHERE)
    colours = "gray" if grey else "cividis"
    cells = axes.pcolormesh(chart.across, chart.up, values, cmap=colours, shading="nearest", rasterized=True)
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.colorbar(cells, ax=axes, label=chart.unit)
    for line in chart.lines:
        for place, points in enumerate(line.parts):
            style = {"color": line.colour, "linestyle": line.dashes, "linewidth": line.width}
            axes.plot(points[:, 0], points[:, 1], label=line.label if place == 0 else None, **style)
