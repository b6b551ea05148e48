"""The frame of a chart: its margins, limits, ticks and titles."""

import math
from typing import TYPE_CHECKING

from .chart import Chart, Unit
from .colours import GRID, INK, LINE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALL, POINT = 9.0, 72.0  # size of the words at an axis, and points an inch
HOURS = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


def frame(axes: "Axes") -> None:
    """A bottom line, horizontal rules, and small grey words."""
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=SMALL, labelcolor=INK, color=LINE, length=0, pad=4)
    axes.tick_params(axis="x", length=3)


def layout(chart: Chart, size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Where the axes of a bare figure stand, as shares of it: with room for the longest tick."""
    width, height = size[0] * POINT, size[1] * POINT
    left = 6 + 0.62 * SMALL * max(4, *map(len, _likely_ticks(chart)))
    bottom, top, right = 34, 8, 10
    return left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height


def _likely_ticks(chart: Chart) -> list[str]:
    low, high = extent(chart)
    return [tick(value, chart.y_unit) for value in (low, high, (high - low) / 5)]


def extent(chart: Chart) -> tuple[float, float]:
    """The lowest and the highest y of all that is drawn; 0 and 1 where nothing is known."""
    scores = [score for curve in chart.curves for score in curve.scores] + ([chart.level] if chart.level else [])
    numbers = [n for s in scores for n in (s.value, s.low, s.high) if math.isfinite(n)]
    if chart.y_scale == "log":
        numbers = [number for number in numbers if number > 0]
    return (min(numbers), max(numbers)) if numbers else (0.0, 1.0)


def set_limits(axes: "Axes", chart: Chart) -> None:
    """From the bound of the figure, where it is 0, to a little above the highest end of an interval."""
    axes.set_xscale(chart.x_scale)
    axes.set_yscale(chart.y_scale)
    low, high = extent(chart)
    if chart.y_scale == "log":
        room = (high / low) ** 0.06 if high > low else 1.5
        axes.set_ylim(low / room, high * room)
    else:
        room = 0.06 * (high - low) or 0.5 * abs(high) or 0.5
        floor = 0.0 if chart.limits[0] == 0 and low >= 0 else low - room
        axes.set_ylim(floor, high + room if high + room <= chart.limits[1] else max(high, chart.limits[1]) + room / 3)
    across = [x for curve in chart.curves for x in curve.x if math.isfinite(x)]
    if across and min(across) == max(across) and not chart.ticks:
        x = across[0]
        axes.set_xlim((x / 2, x * 2) if chart.x_scale == "log" else (x - 0.5, x + 0.5))


def set_ticks(axes: "Axes", chart: Chart) -> None:
    """Few ticks, in words that a reader uses."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator

    for axis, scale, unit, most in (
        (axes.xaxis, chart.x_scale, chart.x_unit, 8),
        (axes.yaxis, chart.y_scale, chart.y_unit, 5),
    ):
        whole = axis is axes.xaxis and all(float(x).is_integer() for curve in chart.curves for x in curve.x)
        axis.set_major_locator(LogLocator(numticks=most) if scale == "log" else MaxNLocator(most, integer=whole))
        axis.set_minor_locator(NullLocator())
        axis.set_minor_formatter(NullFormatter())
        axis.set_major_formatter(FuncFormatter(lambda value, _, unit=unit: tick(value, unit)))
    if chart.ticks:
        axes.xaxis.set_major_locator(FixedLocator(list(chart.ticks)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: chart.ticks.get(value, "")))


def tick(value: float, unit: Unit = "number") -> str:
    """A number at an axis."""
    if unit == "share":
        return f"{100 * value:.4g} %"
    if unit == "seconds":
        step, name = next((pair for pair in HOURS if abs(value) >= pair[0] * (1 - 1e-9)), HOURS[-1])
        return f"{value / step:.3g} {name}" if value else "0"
    size = abs(value)
    if size >= 1e6 or 0 < size < 1e-4:
        digits, power = f"{value:.2e}".split("e")
        return f"{float(digits):g}e{int(power)}".replace("-", "−")
    return f"{value:,.6g}".replace("-", "−") if size < 1e3 else f"{value:,.0f}".replace("-", "−")


def label_axes(axes: "Axes", chart: Chart) -> None:
    """What the axes are, in words that are shown letter for letter."""
    axes.set_xlabel(chart.x, fontsize=SMALL, color=INK, parse_math=False)
    if chart.y:
        axes.set_ylabel(chart.y, fontsize=SMALL, color=INK, parse_math=False)
