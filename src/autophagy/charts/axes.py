"""The frame of a chart: its margins, limits, ticks and titles."""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..statistics.intervals import Score
from ..text.durations import unit_of
from ..text.line import cut
from ..text.percent import short_percent
from .chart import Chart, Scale, Shades, Unit
from .colours import Inks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

SMALL, POINT = 9.0, 72.0  # size of the words at an axis, and points an inch
TICK = 32.0  # points that a tick takes at least
UP, STEPS = 5, [1, 2, 2.5, 5, 10]  # ticks of an upright axis at most, and the steps between ticks
LONGEST = 40  # signs of a title or of a tick that stands by itself
ACROSS = 12  # signs an inch of ticks that stand side by side


def frame(axes: "Axes", inks: Inks) -> None:
    """A bottom line, horizontal rules, and small grey words."""
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(inks.line)
    axes.grid(axis="y", color=inks.grid, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=SMALL, labelcolor=inks.words, color=inks.line, length=0, pad=4)
    axes.tick_params(axis="x", length=3)


def layout(chart: Chart, size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Where the axes of a bare figure stand, as shares of it: with room for the longest tick."""
    width, height = size[0] * POINT, size[1] * POINT
    left = min(8 + 0.62 * SMALL * max(2, *map(len, _likely_ticks(chart))), 0.4 * width)
    bottom, top, right = 34, 22 if chart.y else 8, 10
    return left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height


def _likely_ticks(chart: Chart) -> list[str]:
    if chart.y_ticks:
        return list(chart.y_ticks.values())
    if chart.y_scale == "log":
        return [tick(10.0 ** math.floor(math.log10(end)), chart.y_unit) for end in extent(chart)]
    from matplotlib.ticker import MaxNLocator

    low, high = chart.y_limits or _up(chart)
    return [tick(place, chart.y_unit) for place in MaxNLocator(UP, steps=STEPS).tick_values(low, high)]


def extent(chart: Chart) -> tuple[float, float]:
    """The lowest and the highest y of all that is drawn; where nothing is known 0 and 1, or 1 as a logarithm."""
    scores = [score for curve in chart.curves for score in curve.scores] + ([chart.level] if chart.level else [])
    numbers = [n for s in scores for n in (s.value, s.low, s.high) if math.isfinite(n)]
    if chart.y_scale == "log":
        numbers = [number for number in numbers if number > 0]
    unknown = (1.0, 1.0) if chart.y_scale == "log" else (0.0, 1.0)  # a logarithm has no 0
    return (min(numbers), max(numbers)) if numbers else unknown


def limit(axes: "Axes", chart: Chart) -> None:
    """From the bound of the figure, where it is 0, to a little above the highest end of an interval."""
    axes.set_xscale(chart.x_scale)
    axes.set_yscale(chart.y_scale)
    axes.set_ylim(chart.y_limits or _up(chart))
    axes.set_xlim(chart.x_limits or _across(chart))


def _up(chart: Chart) -> tuple[float, float]:
    low, high = extent(chart)
    if chart.y_scale == "log":
        room = (high / low) ** 0.06 if high > low else 1.5
        return low / room, high * room
    from_zero = chart.limits[0] == 0 and low >= 0
    room = 0.06 * (high - (0 if from_zero else low)) or 0.5 * abs(high) or 0.5
    floor = 0.0 if from_zero else low - room
    return floor, high + room if high + room <= chart.limits[1] else max(high, chart.limits[1]) + room / 3


def _across(chart: Chart) -> tuple[float, float]:
    places = [x for curve in chart.curves for x in curve.x if math.isfinite(x)]
    if chart.x_scale == "log":
        places = [x for x in places if x > 0]
    low, high = (min(places), max(places)) if places else (0.0, 1.0)
    if chart.x_scale == "log":
        room = max((high / low) ** 0.03, 1.05) if high > low else 2.0
        return low / room, high * room
    room = 0.03 * (high - low) or 0.5
    return low - room, high + room


def set_ticks(axes: "Axes", chart: Chart) -> None:
    """Few ticks, in words that a reader uses."""
    places = {x for curve in chart.curves for x in curve.x}
    whole = all(float(x).is_integer() for x in places)
    alone = len(places) == 1 and not chart.ticks and chart.x_limits is None
    ticks = {x: tick(x, chart.x_unit) for x in places} if alone else chart.ticks
    figure = axes.get_figure(root=True)
    inches = figure.get_figwidth() if figure else 0.0
    room = max(6, int(ACROSS * inches / max(1, len(ticks))))
    most = min(8, max(3, int(axes.get_position().width * inches * POINT / TICK)))
    place_ticks(axes.xaxis, chart.x_scale, chart.x_unit, _cut(ticks, room), most, whole=whole)
    place_ticks(axes.yaxis, chart.y_scale, chart.y_unit, _cut(chart.y_ticks, LONGEST), UP)


def _cut(ticks: Mapping[float, str], most: int) -> Mapping[float, str]:
    return {place: cut(words, most) for place, words in ticks.items()}


def place_ticks(
    axis: "Axis",
    scale: Scale,
    unit: Unit = "number",
    ticks: Mapping[float, str] = MappingProxyType({}),
    most: int = 8,
    *,
    whole: bool = False,
) -> None:
    """At most so many ticks on one axis, at the places that are named, or at round numbers."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, Locator, LogLocator, MaxNLocator, NullLocator

    low, high = sorted(axis.get_view_interval())
    narrow = scale == "log" and low > 0 and high / low < 100
    locator: Locator = MaxNLocator(most, integer=whole, steps=STEPS)
    if scale == "log":
        locator = LogLocator(subs=(1.0, 2.0, 5.0) if narrow else (1.0,), numticks=most)
    axis.set_major_locator(FixedLocator(list(ticks)) if ticks else locator)
    axis.set_minor_locator(NullLocator())
    words = (lambda value, _: ticks.get(value, "")) if ticks else (lambda value, _: tick(value, unit))
    axis.set_major_formatter(FuncFormatter(words))


def ticks_of(axis: "Axis") -> dict[float, str]:
    """The ticks within the limits of an axis, each with its words."""
    low, high = sorted(axis.get_view_interval())
    slack = 1e-9 * (high - low)
    locator, words = axis.get_major_locator(), axis.get_major_formatter()
    values = [float(value) for value in locator.tick_values(low, high) if low - slack <= value <= high + slack]
    return {value: words(value, 0) for value in values}


def tick(value: float, unit: Unit = "number") -> str:
    """A number at an axis."""
    if unit == "share":
        return f"{100 * value:.4g} %"
    if unit == "seconds":
        step, name = unit_of(value)
        return f"{value / step:.3g} {name}" if value else "0"
    size = abs(value)
    if size < 1e-12:
        return "0"
    if size >= 1e6 or size < 1e-4:
        digits, power = f"{value:.2e}".split("e")
        return f"{float(digits):g}e{int(power)}".replace("-", "−")
    return f"{value:,.6g}".replace("-", "−") if size < 1e3 else f"{value:,.0f}".replace("-", "−")


def told(score: Score | float, unit: Unit) -> str:
    """A figure in the unit of its axis."""
    if isinstance(score, Score):
        if unit == "number":
            return str(score)
        value, low, high = (_plain(number, unit) for number in (score.value, score.low, score.high))
        return f"{value} [{low}, {high}]" if score.high > score.low else value
    return _plain(score, unit)


def _plain(number: float, unit: Unit) -> str:
    """A number in its unit, a share to two digits that count or in whole per cent."""
    if not math.isfinite(number):
        return "unknown"
    if unit != "share":
        return tick(number, unit)
    return short_percent(number)


def title_axes(axes: "Axes", chart: Chart | Shades, inks: Inks) -> None:
    """What the axes are, in words that are shown letter for letter."""
    figure = axes.get_figure(root=True)
    room = max(LONGEST, int(ACROSS * figure.get_figwidth())) if figure else LONGEST
    axes.set_xlabel(cut(chart.x, room), fontsize=SMALL, color=inks.words, parse_math=False)
    if chart.y:
        axes.set_ylabel(cut(chart.y, LONGEST), fontsize=SMALL, color=inks.words, parse_math=False)
