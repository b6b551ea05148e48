"""A chart as plain values: curves with their intervals, and what real rows score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..core.samples import Array
from ..statistics.intervals import UNBOUNDED, Score

Style = Literal["line", "bars", "dashed", "dotted", "points", "steps"]  # bars: a line with its intervals as bars
Scale = Literal["linear", "log"]
Unit = Literal["number", "share", "seconds"]
LEVEL = "held-out real rows"


@dataclass(frozen=True)
class Curve:
    """Scores over x with one label.

    `scores[i]` belongs to `x[i]`; an unknown value is a gap, an unknown interval leaves the value without one. `seeds`
    holds what each seed scored, as long as `x`, NaN where that is unknown. Curves of one `hue` have one colour: a place
    in COLOURS, by default the curve's place in the chart. `mark` is a letter on every point, which is `hollow` where
    the curve is there to be compared with alone. `strength` from 0 to 1 fades a curve, so that early generations stand
    back behind late ones.
    """

    label: str
    x: Sequence[float]
    scores: Sequence[Score]
    seeds: Mapping[int, Sequence[float]] = field(default_factory=dict)
    style: Style = "line"
    hue: int | None = None
    mark: str = ""
    hollow: bool = False
    strength: float = 1.0


@dataclass(frozen=True)
class Span:
    """A place on the x axis, such as a break-even, with its interval where there is one."""

    label: str
    at: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Outline:
    """A line without figures of its own: arrays of points (k, 2), and how they are drawn."""

    label: str
    parts: Sequence[Array]
    colour: str
    dashes: Any = "-"
    width: float = 2.0


@dataclass(frozen=True)
class Chart:
    """Curves over one axis; `level` is what held-out real rows score, a dashed line in its band.

    `limits` are the bounds of y, infinite where there is none. `ticks` and `y_ticks` name places on the
    axes. `x_limits` and `y_limits` are the ends of the axes, by default those of what is drawn. `lines` are drawn
    behind the curves.
    """

    name: str
    title: str
    x: str
    y: str
    curves: Sequence[Curve]
    level: Score | None = None
    limits: tuple[float, float] = UNBOUNDED
    level_label: str = LEVEL
    x_scale: Scale = "linear"
    y_scale: Scale = "linear"
    x_unit: Unit = "number"
    y_unit: Unit = "number"
    ticks: Mapping[float, str] = field(default_factory=dict)
    y_ticks: Mapping[float, str] = field(default_factory=dict)
    x_limits: tuple[float, float] | None = None
    y_limits: tuple[float, float] | None = None
    spans: Sequence[Span] = ()
    lines: Sequence[Outline] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a value to draw."""
        return any(score.n for curve in self.curves for score in curve.scores)


@dataclass(frozen=True)
class Bars:
    """Shares that add up: `parts` maps a label to its share at each place; `hues` names what a label is in ORIGINS."""

    name: str
    title: str
    x: str
    y: str
    places: Sequence[float]
    parts: Mapping[str, Sequence[float]]
    hues: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shades:
    """Values (up, across) as shades, NaN where there is none; `unit` says what is shaded.

    `lines` are drawn on top, `lines_title` is what they have in common, and `more` holds further values of each cell by
    name, for whoever reads the cell.
    """

    name: str
    title: str
    x: str
    y: str
    across: Sequence[float]
    up: Sequence[float]
    values: Array
    unit: str = ""
    x_scale: Scale = "linear"
    y_scale: Scale = "linear"
    lines: Sequence[Outline] = ()
    lines_title: str = ""
    more: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Ends:
    """Where several things ended: `rows` maps a label to its first and its last score, `hues` to its place in COLOURS.

    `names` are what the two scores are called; a first one that is unknown is not drawn. `level` is what held-out real
    rows score, and `limits` are the bounds of the figure, infinite where there is none.
    """

    name: str
    title: str
    x: str
    rows: Mapping[str, tuple[Score, Score]]
    level: Score | None = None
    limits: tuple[float, float] = UNBOUNDED
    level_label: str = "held-out real rows"
    hues: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, str] = ("first", "last")
    unit: Unit = "number"

    @property
    def is_known(self) -> bool:
        """Whether there is a value to draw."""
        return any(last.n for _, last in self.rows.values())
