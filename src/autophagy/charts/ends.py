"""Where several things ended, one below the other: each with its interval, and with where it began."""

import math
from typing import TYPE_CHECKING

from ..statistics.intervals import Score
from .axes import SMALL, told
from .chart import Chart, Curve, Ends
from .colours import GREYS, INK, REAL, colour
from .curves import draw_level, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW, ABOVE = 36.0, 8.0  # points from one row to the next, and from an interval to the words above it


def draw_ends(axes: "Axes", chart: Ends, *, grey: bool) -> None:
    """A row for each label: its words, a hollow dot where it began, and a dot in its interval where it ended."""
    from matplotlib.transforms import ScaledTranslation

    figure = axes.get_figure(root=True)
    assert figure is not None
    if chart.level is not None and math.isfinite(chart.level.value):
        draw_level(axes, chart.level, chart.level_label, upright=True)
    lifted, beside = (
        axes.get_yaxis_transform() + ScaledTranslation(across / 72, up / 72, figure.dpi_scale_trans)
        for across, up in ((0, ABOVE), (10, -0.35 * SMALL))
    )
    for place, (label, (first, last)) in enumerate(chart.rows.items()):
        hue = chart.hues.get(label, place)
        ink = GREYS[0] if grey else colour(hue)
        _row(axes, -place, first, last, ink, f"c{place}")
        words = axes.text(0, -place, shown(label, 40), transform=lifted, weight="bold")
        value = axes.text(1, -place, told(last, chart.unit), transform=beside)
        for text in (words, value):
            text.set(parse_math=False, fontsize=SMALL + 1, color=INK, va="baseline", gid="word")


def _row(axes: "Axes", up: float, first: Score, last: Score, ink: str, name: str) -> None:
    if math.isfinite(first.value) and math.isfinite(last.value):
        axes.plot([first.value, last.value], [up, up], color=ink, linewidth=1, alpha=0.45)[0].set_gid(f"{name} way")
        hollow = axes.plot([first.value], [up], "o", markersize=5, markerfacecolor="none", markeredgecolor=REAL)
        hollow[0].set_gid(f"{name} start")
    if math.isfinite(last.low):
        axes.plot([last.low, last.high], [up, up], color=ink, linewidth=4, alpha=0.35)[0].set_gid(f"{name} reach")
    if math.isfinite(last.value):
        axes.plot([last.value], [up], "o", markersize=7, color=ink, markeredgewidth=0)[0].set_gid(f"{name} end")


def frame_of_ends(chart: Ends) -> Chart:
    """The chart whose axes fit the rows."""
    scores = [score for pair in chart.rows.values() for score in pair] + ([chart.level] if chart.level else [])
    numbers = [n for s in scores for n in (s.value, s.low, s.high) if math.isfinite(n)] or [0.0, 1.0]
    low = 0.0 if chart.limits[0] == 0 else min(numbers)
    room = 0.05 * (max(numbers) - low) or 0.5
    low -= 0 if chart.limits[0] == 0 else room
    ends = (low - 0.02 * (max(numbers) - low), max(numbers) + room)
    rows = {-float(place): "" for place in range(len(chart.rows))}
    up = (0.4 - len(rows), 0.7)
    return Chart(
        chart.name, chart.title, chart.x, "", [Curve("", numbers, [])], y_ticks=rows, x_limits=ends, y_limits=up,
        x_unit=chart.unit,
    )  # fmt: skip


def room(chart: Ends) -> float:
    """The part of a figure's width, in inches, that the values at its right take."""
    return (16 + 5.4 * max((len(told(last, chart.unit)) for _, last in chart.rows.values()), default=0)) / 72


def height(chart: Ends) -> float:
    """How high a figure of so many rows is, in inches."""
    return (ROW * (len(chart.rows) + 0.3) + 42) / 72
