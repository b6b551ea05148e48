"""Shares as bars below each other, each with its name before it and its figures behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..charts.axes import told
from ..charts.colours import colour
from ..statistics.intervals import Score
from ..text.percent import percent
from ..text.plural import plural
from .signs import name
from .table import Inline

SHOWN, MOST = 12, 100  # bars that are seen at once, and those that a page holds at all
WORDS = 6  # that a topic is called by
SOURCES = 5  # that have most of a finding


@dataclass(frozen=True)
class Slice:
    """A part of a bar: its label, its share of the bar's whole width, and its colour."""

    label: str
    share: float
    colour: str

    @property
    def width(self) -> str:
        """The share in per cent, as a style has it."""
        return f"{100 * self.share:.4g}%"


@dataclass(frozen=True)
class Bar:
    """A bar with its name before it and its figures behind it; its ground shows the `whole` that it is a part of."""

    name: Sequence[Inline]
    parts: Sequence[Slice]
    figures: str
    whole: bool = True

    @property
    def label(self) -> str:
        """What a screen reader says of it."""
        return ", ".join(f"{part.label} {percent(part.share, 1)}" for part in self.parts if part.share) or "none"


@dataclass(frozen=True)
class BarList:
    """Bars below each other, the rest of them folded, and what is left out in words."""

    shown: Sequence[Bar]
    folded: Sequence[Bar]
    left_out: str = ""


def bars(every: Sequence[Bar], what: str, shown: int = SHOWN) -> BarList:
    """Bars in their order; `what` is the noun of what each stands for."""
    left = len(every) - MOST
    told = f"{left:,} more {what}s are not shown: the JSON beside this page has all." if left > 0 else ""
    return BarList(every[:shown], every[shown:MOST], told)


def most(sources: Mapping[str, int], shade: str) -> BarList | None:
    """The sources that have most of a finding; None where there is one alone."""
    total = sum(sources.values())
    ranked = sorted(sources.items(), key=lambda each: (-each[1], each[0]))
    if len(ranked) < 2 or not total:
        return None
    drawn = [Bar(name(s), [Slice("of what was found", n / total, shade)], f"{n:,}") for s, n in ranked]
    rest = sum(n for _, n in ranked[SOURCES:])
    left = f"{plural(len(ranked) - SOURCES, 'more source')} with {plural(rest, 'row')}." if rest else ""
    return BarList(drawn[:SOURCES], [], left)


NAMES = {"und": "not recognised"}
TITLES = {"topic": "Topics", "language": "Languages"}


def surveyed(document: Mapping[str, Any]) -> list[tuple[str, BarList]]:
    """The estimated shares of topics and languages among all rows, and among what is kept, where they are known."""
    return [
        (TITLES[each["by"]], bars([_group(group, _most(each["groups"])) for group in each["groups"]], each["by"]))
        for each in document.get("shares", ())
        if each["by"] in TITLES
    ]


def _most(groups: Sequence[Mapping[str, Any]]) -> float:
    return max((group["corpus"]["value"] or 0.0 for group in groups), default=0.0) or 1.0


def _group(group: Mapping[str, Any], most: float) -> Bar:
    """A group, called by its typical words where it has some, with its share before and after."""
    before, after, real = (Score.read(group[name]) for name in ("corpus", "kept", "reference"))
    said = [told(before, "share")]
    said += [f"{told(after, 'share')} of what is kept"] if after.n else []
    said += [f"{told(real, 'share')} of the reference"] if real.n else []
    said += ["a hole: far less than the reference has"] if group["hole"] else []
    share = before.value / most if before.n else 0.0
    called = ", ".join(group["words"][:WORDS]) or NAMES.get(group["name"], group["name"])
    return Bar(name(called), [Slice("of the largest", share, colour(0))], "; ".join(said), whole=False)


def composition(counts: Mapping[str, int], what: str, notes: Mapping[str, str] | None = None) -> BarList:
    """How many rows there are of each value, as bars beside the largest."""
    largest, total = max(counts.values(), default=0) or 1, sum(counts.values()) or 1
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    drawn = []
    for value, n in ranked:
        note = (notes or {}).get(value, "")
        figures = f"{n:,} ({portion(n / total)}){f': {note}' if note else ''}"
        drawn.append(Bar(name(value), [Slice("of the largest", n / largest, colour(0))], figures, whole=False))
    return bars(drawn, what.lower())


def portion(share: float) -> str:
    """A share in per cent; a small one is not nothing, nor a large one everything."""
    if 0 < share < 0.0005:
        return "<0.1 %"
    return percent(share, 1) if share == 1 or share < 0.9995 else ">99.9 %"
