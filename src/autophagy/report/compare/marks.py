"""How arms and their figures look on the page of a comparison: a letter, a colour, and intervals as small drawings."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from string import ascii_uppercase
from typing import Any

from ...statistics.intervals import figure
from ..colours import COLOURS

CONTROL = "#8a8f98"
UNKNOWN = '<span class="unknown">unknown</span>'
UNASKED = '<span class="unknown">–</span>'  # a figure that an arm cannot have, as a closed book has no recall
STEPS = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))

Figures = Mapping[str, Any]  # a figure with its interval: value, low, high and n, null where unknown


@dataclass(frozen=True)
class Look:
    """An arm as the page shows it; a control is a bound to compare with, that nobody would put into service."""

    arm: str
    letter: str
    colour: str
    control: bool

    @property
    def name(self) -> str:
        """The name of the plug-in alone."""
        return self.arm.partition(":")[0]

    @property
    def badge(self) -> str:
        """The letter on its colour."""
        kind = "badge control" if self.control else "badge"
        return f'<i class="{kind}" style="--hue:{self.colour}" title="{escape(self.arm)}">{self.letter}</i>'

    @property
    def html(self) -> str:
        """The badge, the name, and the settings below it."""
        settings = self.arm.partition(":")[2].replace(",", ", ")
        below = f"<small>{escape(settings)}</small>" if settings else ""
        return f'<span class="arm">{self.badge}<span><b>{escape(self.name)}</b>{below}</span></span>'


def looks(arms: Iterable[Mapping[str, Any]]) -> dict[str, Look]:
    """A letter for each arm and a colour for each that could be put into service; the controls are grey."""
    found: dict[str, Look] = {}
    used = 0
    for place, arm in enumerate(arms):
        name, control = arm["arm"], arm["control"]
        colour = CONTROL if control else COLOURS[used % len(COLOURS)]
        used += not control
        letter = ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)
        found[name] = Look(name, letter, colour, control)
    return found


def share(score: Figures, missing: str = UNKNOWN, more: str = "") -> str:
    """A share with its interval, in per cent, and `more` words behind it."""
    if score["value"] is None:
        return missing
    return f"{_percent(score['value'])} %{_between(score, _percent, more)}"


def drawn(score: Figures, colour: str) -> str:
    """A share between 0 and 1 as a point on its interval."""
    return _drawing(score, 0, 1, colour)


def points(score: Figures) -> str:
    """A difference of shares in points, with its interval."""
    if score["value"] is None:
        return UNKNOWN
    return f"{_points(score['value'])}{_between(score, _points)}"


def points_drawn(score: Figures) -> str:
    """A difference of shares as a point on its interval, with a line at no difference."""
    return _drawing(score, -1, 1, "var(--ink)")


def number(value: float | None) -> str:
    """A number with the digits that a reader can use."""
    return UNKNOWN if value is None else figure(value)


def duration(seconds: float | None) -> str:
    """Seconds in the unit that suits them."""
    if seconds is None:
        return UNKNOWN
    step, unit = next((pair for pair in STEPS if abs(seconds) >= pair[0]), STEPS[-1])
    return (
        f"{seconds / step:#.3g}".rstrip(".") + f" {unit}" if 0 < abs(seconds) < 1000 * STEPS[0][0] else _long(seconds)
    )


def _long(seconds: float) -> str:
    return f"{seconds / STEPS[0][0]:,.0f} d" if seconds else "0 s"


def size(count: float | None) -> str:
    """Bytes in the unit that suits them."""
    return _prefixed(count, "B")


def energy(joules: float | None) -> str:
    """Joules in the unit that suits them."""
    return _prefixed(joules, "J")


def money(value: float | None, currency: str) -> str:
    """Money in its currency, without powers of ten."""
    return UNKNOWN if value is None else f"{plain(value)} {escape(currency)}"


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


def in_words(text: str, looks: Mapping[str, Look]) -> str:
    """A sentence in which the names of arms stand out and their settings stand back."""
    named = "|".join(re.escape(escape(arm)) for arm in sorted(looks, key=len, reverse=True))
    if not named:
        return escape(text)

    def shown(match: re.Match[str]) -> str:
        name, _, settings = match[0].partition(":")
        below = f" <small>{settings.replace(',', ', ')}</small>" if settings else ""
        return f"<b>{name}</b>{below}"

    return re.sub(rf"(?<![\w+])(?:{named})(?!\w|\+|:\S)", shown, escape(text))


def _between(score: Figures, said: Callable[[float], str], more: str = "") -> str:
    if score["low"] is None or score["high"] is None:
        return f" <small>interval unknown{more}</small>"
    return f" <small>{said(score['low'])} to {said(score['high'])}{more}</small>"


def _drawing(score: Figures, least: float, most: float, colour: str) -> str:
    """A drawing 100 wide; it says nothing to a screen reader, since the numbers stand beside it."""
    if score["value"] is None:
        return ""
    x = {
        name: 100 * (value - least) / (most - least)
        for name, value in score.items()
        if name != "n" and value is not None
    }
    zero = f'<path d="M{-100 * least / (most - least):.1f} 0V14" class="zero"/>' if least < 0 else ""
    line = f'<path d="M{x["low"]:.1f} 7H{x["high"]:.1f}" class="reach"/>' if "low" in x and "high" in x else ""
    return (
        f'<svg class="range" style="--hue:{colour}" viewBox="-4 0 108 14" width="108" height="14" aria-hidden="true">'
        f'<path d="M0 7H100" class="whole"/>{zero}{line}<circle cx="{x["value"]:.1f}" cy="7" r="3.6"/></svg>'
    )
