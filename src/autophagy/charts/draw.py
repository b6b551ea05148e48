"""Charts as matplotlib figures, in the screen's colours or in greys that print."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.errors import need
from ..text.line import cut
from .apart import apart
from .axes import ACROSS, extent, frame, layout, limit, set_ticks, title_axes
from .bare import draw_frame
from .bars import draw_bars, frame_of
from .chart import Bars, Chart, Ends, Shades
from .colours import COLOURED, GREYED
from .curves import draw_curves
from .ends import draw_ends, frame_of_ends, room
from .shades import draw_bare_shades, draw_shades, explain_lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PURPOSE = "a chart"
Drawable = Chart | Bars | Ends | Shades


def draw(
    chart: Drawable, *, size: tuple[float, float] = (5.0, 3.4), grey: bool = False, bare: bool = False
) -> "Figure":
    """A chart as a figure of `size` inches, with nothing of pyplot and no global state.

    `grey` tells curves apart by markers and dashes alone, for paper. A `bare` figure has neither title, legend nor
    seeds: the page around it shows them. Raises MissingExtra where matplotlib is not installed.
    """
    need("matplotlib", PURPOSE)
    from .displayed import DisplayedFigure

    inks = GREYED if grey else COLOURED
    chart = _scaled(chart) if isinstance(chart, Chart) else chart
    chart = apart(chart) if isinstance(chart, Chart) and not bare else chart
    figure = DisplayedFigure(figsize=size, layout=None if bare else "constrained")
    figure.patch.set_visible(not bare)
    if isinstance(chart, Shades) and bare:
        axes = draw_bare_shades(figure, chart, grey=grey)
    elif isinstance(chart, Shades):
        axes = figure.add_subplot()
        figure.colorbar(draw_shades(axes, chart, grey=grey), ax=axes, label=chart.unit)
        frame(axes, inks)
        title_axes(axes, chart, inks)
    else:
        framed = _framed(chart)
        axes = figure.add_axes(_place(chart, framed, size)) if bare else figure.add_subplot()
        if isinstance(chart, Bars):
            draw_bars(axes, chart)
        elif isinstance(chart, Ends):
            draw_ends(axes, chart, grey=grey)
        else:
            draw_curves(axes, chart, grey=grey, seeds=not bare)
        limit(axes, framed)
        set_ticks(axes, framed)
        if bare:
            draw_frame(axes, framed.x, framed.y)
        else:
            frame(axes, inks)
            title_axes(axes, framed, inks)
    if not bare:
        _words(figure, axes, chart)
    return figure


def _scaled(chart: Chart) -> Chart:
    """The chart without a logarithmic axis on which none of its numbers has a place."""
    scales = {
        "x_scale": [x for curve in chart.curves for x in curve.x],
        "y_scale": [*extent(replace(chart, y_scale="linear"))],
    }
    return replace(chart, **{name: "linear" for name, numbers in scales.items() if not any(x > 0 for x in numbers)})  # type: ignore[arg-type]


def _framed(chart: Chart | Bars | Ends) -> Chart:
    """The chart whose axes fit what is drawn."""
    if isinstance(chart, Bars):
        return frame_of(chart)
    return frame_of_ends(chart) if isinstance(chart, Ends) else chart


def _place(chart: Chart | Bars | Ends, framed: Chart, size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Where the axes of a bare figure stand, as shares of it."""
    left, bottom, width, height = layout(framed, size)
    beside = room(chart) / size[0] if isinstance(chart, Ends) else 0.0
    return left, bottom, max(0.3, width - beside), height


def _words(figure: "Figure", axes: "Axes", chart: Drawable) -> None:
    """The title and the legend of a figure that stands by itself; no text is read as markup."""
    axes.set_title(cut(chart.title, int(figure.get_figwidth() * ACROSS)), loc="left", fontsize=11, parse_math=False)
    if isinstance(chart, Shades):
        explain_lines(axes, chart.lines_title)
        return
    handles, labels = axes.get_legend_handles_labels()
    if len(labels) > 1:
        columns = min(len(labels), max(1, int(figure.get_figwidth() * 14 / max(map(len, labels)))), 4)
        legend = figure.legend(handles, labels, loc="outside lower left", ncols=columns, frameon=False)
        for text in legend.get_texts():
            text.set(parse_math=False, fontsize=9)
