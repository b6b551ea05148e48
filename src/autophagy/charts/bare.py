"""The frame of a chart on a page: ticks as plain words, since matplotlib's axes take most of the time of a chart."""

from typing import TYPE_CHECKING, Any

from ..text.line import cut
from .axes import SMALL, ticks_of
from .colours import GRID, INK, LINE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LONGEST = 30  # characters of a tick
BELOW, TITLE, BESIDE, ABOVE = 13.0, 28.0, 5.0, 9.0  # points from the axes to the ticks and titles


def draw_frame(axes: "Axes", x: str, y: str) -> None:
    """Rules, ticks and titles; their groups are named `grid`, `xt`, `yt` and `title` for the script of the page."""
    from matplotlib.transforms import ScaledTranslation

    figure = axes.get_figure(root=True)
    assert figure is not None
    axes.set_axis_off()
    across, up = axes.get_xaxis_transform(), axes.get_yaxis_transform()  # data along the axis, 0 to 1 across it

    def write(place: tuple[float, float], text: str, start: Any, shift: tuple[float, float], **more: Any) -> None:
        moved = start + ScaledTranslation(shift[0] / 72, shift[1] / 72, figure.dpi_scale_trans)
        axes.text(*place, text, transform=moved, fontsize=SMALL, color=INK, parse_math=False, **more)

    heights, places = ticks_of(axes.yaxis), ticks_of(axes.xaxis)
    if heights:
        axes.hlines(list(heights), 0, 1, transform=up, color=GRID, linewidth=0.8, zorder=0).set_gid("grid")
    axes.hlines([0], 0, 1, transform=axes.transAxes, color=LINE, linewidth=1, zorder=0, clip_on=False).set_gid("base")
    for value, text in heights.items():
        write((0, value), cut(text, LONGEST), up, (-BESIDE, -0.35 * SMALL), ha="right", va="baseline", gid="yt")
    for value, text in places.items():
        write((value, 0), cut(text, LONGEST), across, (0, -BELOW), ha="center", va="baseline", gid="xt")
    write((0.5, 0), cut(x, 2 * LONGEST), axes.transAxes, (0, -TITLE), ha="center", va="baseline", gid="title")
    if y:
        write((0, 1), cut(y, 2 * LONGEST), axes.transAxes, (-BESIDE, ABOVE), va="baseline", gid="title")
