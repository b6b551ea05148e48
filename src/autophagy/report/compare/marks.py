"""How arms and their figures look on the page of a comparison: a letter, a colour, and intervals as small drawings."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, ClassVar

from ...charts.colours import COLOURS, colour
from ...statistics.intervals import figure
from ...text.durations import unit_of
from ...text.percent import percent
from ..table import Cell

CONTROL = len(COLOURS) - 1  # the hue of arms that nobody would put into service
UNKNOWN = "unknown"
DAY = 86400.0  # seconds
UNASKED = Cell("–", quiet=True)  # a figure that an arm cannot have, as a closed book has no recall

Figures = Mapping[str, Any]  # a figure with its interval: value, low, high and n, null where unknown


@dataclass(frozen=True)
class Look:
    """An arm as the page shows it; a control is a bound to compare with, that nobody would put into service."""

    arm: str
    letter: str
    hue: int
    control: bool
    kind: ClassVar[str] = "arm"
    mark: ClassVar[str] = ""

    @property
    def label(self) -> str:
        """What its curve is called in every chart."""
        return self.arm

    @property
    def colour(self) -> str:
        """The colour of its hue."""
        return colour(self.hue)

    @property
    def name(self) -> str:
        """The name of the plug-in alone."""
        return self.arm.partition(":")[0]

    @property
    def settings(self) -> str:
        """The settings, as they stand below the name."""
        return _spaced(self.arm.partition(":")[2])


@dataclass(frozen=True)
class Versus:
    """Two arms that are compared."""

    a: Look
    b: Look
    kind: ClassVar[str] = "versus"


@dataclass(frozen=True)
class Drawing:
    """A figure as a point on its interval, in hundredths of the width; None for an end or a zero that is not drawn."""

    colour: str
    value: float
    low: float | None
    high: float | None
    zero: float | None
    kind: ClassVar[str] = "drawing"


def looks(arms: Iterable[Mapping[str, Any]]) -> dict[str, Look]:
    """A letter for each arm and a colour for each that could be put into service; the controls are grey."""
    found: dict[str, Look] = {}
    used = 0
    for place, arm in enumerate(arms):
        name, control = arm["arm"], arm["control"]
        hue = CONTROL if control else used % CONTROL
        used += not control
        letter = ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)
        found[name] = Look(name, letter, hue, control)
    return found


def quiet(text: str) -> Cell:
    """The text of a figure, in grey where it is unknown."""
    return Cell(text, quiet=text == UNKNOWN)


def share(score: Figures, missing: Cell | None = None, more: str = "") -> Cell:
    """A share with its interval, in per cent, and `more` words behind it."""
    if score["value"] is None:
        return missing or quiet(UNKNOWN)
    return Cell(percent(score["value"], 0), small=_between(score, _percent, more))


def points(score: Figures, bold: bool = False) -> Cell:
    """A difference of shares in points, with its interval."""
    if score["value"] is None:
        return quiet(UNKNOWN)
    return Cell(_points(score["value"]), small=_between(score, _points), bold=bold)


def in_line(cell: Cell) -> str:
    """A figure with its interval where no smaller letters can be."""
    return f"{cell.text} ({cell.small})" if cell.small else cell.text


def drawn(score: Figures, colour: str) -> Drawing | str:
    """A share between 0 and 1 as a point on its interval."""
    return _drawing(score, 0, 1, colour)


def points_drawn(score: Figures) -> Drawing | str:
    """A difference of shares as a point on its interval, with a line at no difference."""
    return _drawing(score, -1, 1, "var(--ink)")


def number(value: float | None) -> str:
    """A number with the digits that a reader can use."""
    return UNKNOWN if value is None else figure(value)


def duration(seconds: float | None) -> str:
    """Seconds in the unit that suits them."""
    if seconds is None:
        return UNKNOWN
    step, unit = unit_of(seconds)
    return f"{seconds / step:#.3g}".rstrip(".") + f" {unit}" if 0 < abs(seconds) < 1000 * DAY else _long(seconds)


def _long(seconds: float) -> str:
    return f"{seconds / DAY:,.0f} d" if seconds else "0 s"


def size(count: float | None) -> str:
    """Bytes in the unit that suits them."""
    return _prefixed(count, "B")


def energy(joules: float | None) -> str:
    """Joules in the unit that suits them."""
    return _prefixed(joules, "J")


def money(value: float | None, currency: str) -> str:
    """Money in its currency, without powers of ten."""
    return UNKNOWN if value is None else f"{plain(value)} {currency}"


def plain(value: float) -> str:
    """An amount with two digits that count, or to a whole number; never as a power of ten."""
    if not value:
        return "0"
    digits = max(0, 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}"


def _prefixed(value: float | None, unit: str) -> str:
    if value is None:
        return UNKNOWN
    steps = ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""), (1e-3, "m"), (1e-6, "µ"))
    step, prefix = next((pair for pair in steps if abs(value) >= pair[0]), (1.0, ""))
    return f"{figure(value / step)} {prefix}{unit}" if value else f"0 {unit}"


def _percent(value: float) -> str:
    return f"{100 * value:.0f}"


def _points(value: float) -> str:
    return f"{100 * value:+z.0f}".replace("-", "−")


def in_words(text: str, looks: Mapping[str, Look]) -> list[str | Cell]:
    """A sentence in which the names of arms stand out and their settings stand back."""
    named = "|".join(re.escape(arm) for arm in sorted(looks, key=len, reverse=True))
    if not named:
        return [text]
    parts = re.split(rf"(?<![\w+])({named})(?!\w|\+|:\S)", text)
    shown = [
        Cell(looks[part].name, small=looks[part].settings, bold=True) if place % 2 else part
        for place, part in enumerate(parts)
    ]
    return [part for part in shown if part]


def _spaced(settings: str) -> str:
    return settings.replace(",", ", ")


def _between(score: Figures, words: Callable[[float], str], more: str = "") -> str:
    """The ends of an interval; that it is unknown where it is."""
    if score["low"] is None or score["high"] is None:
        return f"interval unknown{more}"
    return f"{words(score['low'])} to {words(score['high'])}{more}"


def _drawing(score: Figures, least: float, most: float, colour: str) -> Drawing | str:
    """A drawing of what lies between `least` and `most`; nothing of an unknown figure."""
    if score["value"] is None:
        return ""
    place = {
        name: None if score[name] is None else 100 * (score[name] - least) / (most - least)
        for name in ("value", "low", "high")
    }
    zero = -100 * least / (most - least) if least < 0 else None
    return Drawing(colour, value=place["value"] or 0.0, low=place["low"], high=place["high"], zero=zero)
