"""Curves with their bands, points with their intervals, and what real rows score."""

import math
from typing import TYPE_CHECKING, Any

from ..statistics.intervals import Score
from ..text.line import cut
from .chart import Chart, Curve, Outline
from .colours import BROKEN, COLOURED, DASHES, GREYED, GREYS, GROUND, INK, MARKERS, Inks, colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEW = 12  # points of a curve that each have a marker; of more, some have
MANY = 4  # curves, of which more have fainter bands and no seeds


def draw_curves(axes: "Axes", chart: Chart, *, grey: bool, seeds: bool) -> None:
    """All that a chart says, into axes whose limits are not set yet."""
    inks = GREYED if grey else COLOURED
    for outline in chart.lines:
        draw_outline(axes, outline)
    for place, curve in enumerate(chart.curves):
        _curve(axes, curve, place, _Look(chart, place, grey), seeds and len(chart.curves) <= MANY)
    if chart.level is not None and math.isfinite(chart.level.value):
        draw_level(axes, chart.level, shown(chart.level_label), inks)
    for span in chart.spans:
        if span.low is not None and span.high is not None:
            axes.axvspan(span.low, span.high, color=inks.real, alpha=0.15, linewidth=0).set_gid("span")
        line = axes.axvline(span.at, color=inks.words, linewidth=1.2, linestyle=(0, (4, 3)), label=shown(span.label))
        line.set_gid("span")


class _Look:
    """How one curve of a chart is drawn: its colour, its marker and its dashes."""

    def __init__(self, chart: Chart, place: int, grey: bool) -> None:
        curve, among = chart.curves[place], len(chart.curves)
        hue = place if curve.hue is None else curve.hue
        self.colour = GREYS[hue % len(GREYS)] if grey else colour(hue)
        self.marker = MARKERS[hue % len(MARKERS)]
        # dashes tell curves apart in grey, where no dash of a curve's own means something; each round is shifted by one
        free = grey and all(each.style not in BROKEN for each in chart.curves)
        self.dashes: tuple[float, ...] = DASHES[(place + place // len(MARKERS)) % len(DASHES)] if free else ()
        self.dashes = BROKEN.get(curve.style, self.dashes)
        self.marked = curve.style in ("line", "bars") or grey
        self.band = (0.12 if grey else 0.16) * min(1.0, MANY / among)  # of many, so that the lines stay to be seen
        alone = len({tuple(each.x) for each in chart.curves}) == 1 == len(curve.x) < among
        self.shift = 0.6 * (place / (among - 1) - 0.5) if alone else 0.0  # points of one place stand side by side
        self.first = place / max(1, among)  # how far along the first marker stands, so that they do not hide each other


def _curve(axes: "Axes", curve: Curve, place: int, look: _Look, seeds: bool) -> None:
    """A band, seeds as thin lines, a line and its markers; or points with their intervals as bars."""
    x, values = list(curve.x), [score.value for score in curve.scores]
    if curve.style == "points" or len(x) == 1:  # a band of one place cannot be seen
        _points(axes, curve, place, look)
        return
    if curve.style == "steps":
        width, alpha = 0.8 + 1.2 * curve.strength, 0.3 + 0.7 * curve.strength
        (line,) = axes.plot(
            x, values, color=look.colour, drawstyle="steps-mid", linewidth=width, alpha=alpha, label=shown(curve.label)
        )
        line.set_gid(f"c{place} line")
        return
    lows, highs = [score.low for score in curve.scores], [score.high for score in curve.scores]
    if curve.style == "bars":
        bars = axes.vlines(x, lows, highs, color=look.colour, linewidth=1.2, alpha=0.8)
        bars.set_gid(f"c{place} reach")
    elif any(map(math.isfinite, lows)):
        band = axes.fill_between(x, lows, highs, color=look.colour, alpha=look.band, linewidth=0)
        band.set_gid(f"c{place} band")
    for seed in curve.seeds.values() if seeds else ():
        axes.plot(x, list(seed), color=look.colour, linewidth=0.5, alpha=0.35)
    (line,) = axes.plot(x, values, color=look.colour, linewidth=2, label=shown(curve.label))
    line.set_gid(f"c{place} line")
    if look.dashes:
        line.set_dashes(look.dashes)
    if look.marked:
        line.set(marker=look.marker, markersize=5, markeredgewidth=0, markevery=_every(len(x), look.first))


def _every(n: int, first: float) -> Any:
    """Which points have a marker: all of a few, else some at even distances from a start of each curve's own."""
    if n <= FEW:
        return 1
    step = max(2, round(n / (FEW - 4)))
    return int(first * step), step


def _points(axes: "Axes", curve: Curve, place: int, look: _Look) -> None:
    values = [score.value for score in curve.scores]
    ends = [[_reach(score, -1) for score in curve.scores], [_reach(score, 1) for score in curve.scores]]
    places = [x + look.shift for x in curve.x]
    points = axes.errorbar(
        places, values, yerr=ends, fmt="none" if curve.mark else look.marker, color=look.colour,
        elinewidth=1.5, capsize=2.5, markersize=6, label=shown(curve.label), zorder=3,
    )  # fmt: skip
    for part in points.get_children():
        part.set_gid(f"c{place} points")
    if curve.mark:
        fill, rim, ink = (GROUND, look.colour, INK) if curve.hollow else (look.colour, GROUND, "#ffffff")
        axes.scatter(places, values, s=170, color=fill, edgecolor=rim, zorder=4).set_gid(f"c{place} points")
        for x, value in zip(places, values, strict=True):
            if math.isfinite(value):
                text = axes.text(x, value, curve.mark, color=ink, fontsize=9, weight="bold", zorder=5)
                text.set(ha="center", va="center_baseline", gid=f"c{place} mark", parse_math=False)


def _reach(score: Score, way: int) -> float:
    """How far an interval reaches down (-1) or up (1); 0 where it is unknown."""
    end = score.high if way > 0 else score.low
    return max(0.0, way * (end - score.value)) if math.isfinite(end) and math.isfinite(score.value) else 0.0


def draw_outline(axes: "Axes", line: Outline) -> None:
    """A line in all its parts, with one entry in a legend."""
    for place, points in enumerate(line.parts):
        label = shown(line.label) if place == 0 else None
        style = {"color": line.colour, "linestyle": line.dashes, "linewidth": line.width}
        axes.plot(points[:, 0], points[:, 1], label=label, **style)


def draw_level(axes: "Axes", level: Score, label: str, inks: Inks = COLOURED, *, upright: bool = False) -> None:
    """What real rows score: a dashed line within its band, across the axes or upright in them."""
    if math.isfinite(level.low) and level.high > level.low:
        span = axes.axvspan if upright else axes.axhspan
        span(level.low, level.high, color=inks.real, alpha=0.18, linewidth=0).set_gid("level")
    line = (axes.axvline if upright else axes.axhline)(level.value, color=inks.words, linewidth=1.3, label=label)
    line.set(linestyle=(0, (4, 3)), gid="level")


def shown(label: str, most: int = 48) -> str:
    """A label for a legend, which would leave one out that begins with an underscore."""
    label = cut(label, most)
    return f"\u200b{label}" if label.startswith("_") else label
