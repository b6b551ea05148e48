"""A chart on a page: its drawing as SVG, the words around it, and the figures behind it as a table and as data."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..charts import Bars, Chart, Curve, Ends, Shades, draw, to_svg
from ..charts.axes import tick, told
from ..charts.bars import frame_of
from ..charts.colours import GROUND, INK, ORIGINS, colour
from ..charts.ends import height
from .table import GroupedTable, Inline, table

# inches, of which one is 72 units of the drawing: a quarter of a page, a third, and a half
TINY, SMALL, MIDDLE = (3.1, 2.2), (3.9, 2.5), (4.6, 3.0)
ENDS = 4.6  # inches that a drawing of ends is wide
DIGITS = 5  # of a number in the data, which is more than a screen can show
# shades that the colour scheme changes
SCHEME = {GROUND: "var(--card)", INK: "var(--quiet)"} | {shade: f"var(--{origin})" for origin, shade in ORIGINS.items()}


@dataclass(frozen=True)
class Plot:
    """A chart in its frame, as `kit.html` shows it; `key` is its id on the page, which must be the only one.

    `title` stands above it and `label` is what a screen reader says. `good` says which way is better, `note` what is
    missing.
    """

    key: str
    title: Inline
    label: str
    svg: str
    table: GroupedTable
    data: dict[str, Any]
    caption: Inline = ""
    good: str = ""
    note: str = ""


def plot(
    key: str,
    chart: Chart | Bars | Ends | Shades,
    *,
    title: Inline = "",
    label: str = "",
    caption: Inline = "",
    good: str = "",
    note: str = "",
    size: tuple[float, float] = SMALL,
) -> Plot:
    """A chart drawn for a page; raises MissingExtra where matplotlib is not installed."""
    size = (ENDS, height(chart)) if isinstance(chart, Ends) else size
    figure = draw(chart, size=size, bare=True)
    drawn, described = to_svg(figure, SCHEME), label or f"{chart.title} against {chart.x}"
    data = {"name": chart.name, "title": chart.title, "of": chart.x, **_frame(figure), **_values(chart)}
    return Plot(
        key, title or chart.title, f"{described}; the figures are in the table below it", drawn,
        behind(chart), data, caption, good, note,
    )  # fmt: skip


def _frame(figure: Any) -> dict[str, Any]:
    """Where the axes stand in the drawing, and their ends, so that the script can tell a place from a value."""
    axes, (width, height) = figure.axes[0], 72 * figure.get_size_inches()
    place = axes.get_position()
    box = [place.x0 * width, (1 - place.y1) * height, place.width * width, place.height * height]
    return {
        "box": [round(float(side), 1) for side in box],
        "x": [*map(float, axes.get_xlim()), axes.get_xscale() == "log"],
        "y": [*map(float, axes.get_ylim()), axes.get_yscale() == "log"],
    }


def _values(chart: Chart | Bars | Ends | Shades) -> dict[str, Any]:
    """What is drawn, as numbers."""
    if isinstance(chart, Shades):
        more = {
            name: [[short(float(value), 4) for value in row] for row in values] for name, values in chart.more.items()
        }
        return {"kind": "shades", "at": list(map(short, chart.across)), "up": list(map(short, chart.up)),
                "beside": chart.y, "shade": chart.unit, "more": more}  # fmt: skip
    if isinstance(chart, Ends):
        return {"kind": "ends", "at": [], "curves": []}
    if isinstance(chart, Bars):
        parts = [
            {"label": label, "colour": ORIGINS.get(chart.hues.get(label, ""), colour(place)), "at": list(chart.places),
             "value": list(map(short, values))}
            for place, (label, values) in enumerate(chart.parts.items())
        ]  # fmt: skip
        return {"kind": "bars", "curves": parts}
    styles = {curve.style for curve in chart.curves}
    kind = "lines" if styles <= {"line", "bars", "dashed", "dotted"} else "points" if "points" in styles else "steps"
    if all(len(curve.x) < 2 for curve in chart.curves):
        kind = "points"  # a line of one place is one
    level = [short(n) for n in (chart.level.value, chart.level.low, chart.level.high)] if chart.level else None
    curves = [_curve(curve, place) for place, curve in enumerate(chart.curves)]
    return {"kind": kind, "curves": curves, "level": level, "floor": chart.limits[0] == 0, "unit": chart.y_unit}


def _curve(curve: Curve, place: int) -> dict[str, Any]:
    known = [score for score in curve.scores if math.isfinite(score.low)]
    ends = {"low": [short(s.low) for s in curve.scores], "high": [short(s.high) for s in curve.scores]} if known else {}
    seeds = {str(seed): [short(value, 4) for value in values] for seed, values in curve.seeds.items()}
    return {
        "label": curve.label,
        "colour": colour(place if curve.hue is None else curve.hue),
        "at": [short(x) for x in curve.x],
        "value": [short(score.value) for score in curve.scores],
        **ends,
        **({"seeds": seeds} if len(seeds) > 1 else {}),
    }


def plots_in(values: Any) -> list[Plot]:
    """Every chart among the values of a template."""
    if isinstance(values, Plot):
        return [values]
    parts = values.values() if isinstance(values, dict) else values if isinstance(values, list | tuple) else ()
    return [each for part in parts for each in plots_in(part)]


def behind(chart: Chart | Bars | Ends | Shades) -> GroupedTable:
    """The figures of a chart: a row for each place on the x axis and a column for each curve."""
    caption = f"{chart.title}: the figures of the chart"
    if isinstance(chart, Ends):
        known = any(math.isfinite(first.value) for first, _ in chart.rows.values())
        rows = [
            [label, *(told(score, chart.unit) for score in pair[not known :])] for label, pair in chart.rows.items()
        ]
        return table(["series", *chart.names[not known :]], rows, caption)
    if isinstance(chart, Shades):
        rows = [
            [_number(up), *(_number(float(value)) for value in values)]
            for up, values in zip(chart.up, chart.values, strict=True)
        ]
        return table([f"{chart.y} \\ {chart.x}", *map(_number, chart.across)], rows, caption)
    if isinstance(chart, Bars):
        return _columns(frame_of(chart), {name: dict(zip(chart.places, part, strict=True))
                                          for name, part in chart.parts.items()}, caption)  # fmt: skip
    if all(len(curve.x) <= 1 and curve.style == "points" for curve in chart.curves):
        rows = [
            [curve.label, tick(x, chart.x_unit), told(score, chart.y_unit)]
            for curve in chart.curves
            for x, score in zip(curve.x, curve.scores, strict=True)
        ]
        return table(["series", chart.x, chart.y or "value"], rows, caption)
    columns = [dict(zip(curve.x, curve.scores, strict=True)) for curve in chart.curves]
    return _columns(chart, dict(enumerate(columns)), caption, [curve.label for curve in chart.curves])


def _columns(chart: Chart, columns: Any, caption: str, labels: Sequence[str] = ()) -> GroupedTable:
    places = sorted({x for column in columns.values() for x in column})
    rows = [
        [
            chart.ticks.get(x) or tick(x, chart.x_unit),
            *(told(column[x], chart.y_unit) if x in column else "" for column in columns.values()),
        ]
        for x in places
    ]
    if chart.level is not None:
        rows.append([chart.level_label, *[told(chart.level, chart.y_unit)] * len(columns)])
    return table([chart.x, *(labels or map(str, columns))], rows, caption)


def _number(value: float) -> str:
    return f"{value:.4g}" if math.isfinite(value) else "unknown"


def short(number: float, digits: int = DIGITS) -> float | None:
    """A number with few digits; NaN is a gap."""
    if not math.isfinite(number):
        return None
    cut = float(f"{number:.{digits}g}")
    return int(cut) if cut.is_integer() else cut
