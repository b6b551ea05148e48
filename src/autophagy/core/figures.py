"""What a reader is told of a figure: its title and caption, its bounds, and which direction is better."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from math import inf
from typing import Any, Literal

DIRECTIONS = ("higher", "lower", "real")
Direction = Literal["higher", "lower", "real"] | float
Role = Literal["lost classes", "early sign", "skewed", "style", "capability", "typical", "rare"]


@dataclass(frozen=True)
class Figure:
    """One figure that a metric returns, or a histogram. A figure of several takes what it leaves out from its metric.

    `title` stands within a sentence as it is ("recall", "Fréchet distance"), by default the name in words. `caption` is
    one sentence, and `group` the heading that the chart stands under. `bounds` (low, high) cut its intervals, None for
    no bound. `better` is "higher", "lower", "real" (nearer to real rows) or a number (nearer to it).

    `headline` is the place among the figures of a verdict, the smallest first; None leaves the figure to the charts.
    `gist` names in everyday words what is lost or gained, such as "variety". `chart` is false for the ends of intervals
    and quantiles, which stand in the tables alone. A histogram has the title of its `axis`.

    `role` tells the verdict of a reading that its value does not show by itself: "lost classes" counts classes of the
    real rows that are gone; "early sign" is one of lost variety where the figure is above that of real rows; "skewed"
    has a mean over seeds that no typical seed has; "style" and "capability" are what a student takes from its teacher;
    "typical" and "rare" are how unusual half and nearly all of the texts are at most.
    """

    title: str = ""
    caption: str = ""
    group: str = ""
    bounds: tuple[float | None, float | None] | None = None
    better: Direction | None = None
    headline: int | None = None
    gist: str = ""
    role: Role | None = None
    chart: bool = True
    axis: str = ""

    @property
    def limits(self) -> tuple[float, float]:
        """The bounds as numbers, infinite where there is none."""
        low, high = self.bounds or (None, None)
        return (-inf if low is None else low, inf if high is None else high)

    @property
    def is_share(self) -> bool:
        """Whether the figure lies between 0 and 1."""
        return self.limits == (0, 1)

    @property
    def heading(self) -> str:
        """The title as it stands at the head of a chart or a column."""
        return self.title[:1].upper() + self.title[1:]

    def named(self, name: str, whole: "Figure") -> "Figure":
        """The figure of this name, with what it leaves out taken from that of its metric."""
        shared = {key: getattr(whole, key) for key in ("group", "bounds", "better") if getattr(self, key) in ("", None)}
        return replace(self, title=self.title or in_words(name), **shared)

    def json(self) -> dict[str, Any]:
        """What is not as it is by default, as a record has it."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) != f.default}


def in_words(name: str) -> str:
    """A figure's name as a title."""
    return name.replace("_", " ")


def read_figures(recorded: Mapping[str, Any]) -> dict[str, Figure]:
    """The figures of a record by name; raises ValueError where they are not what `json` made."""
    found: dict[str, Figure] = _reader().validate_python(recorded)
    return found


@cache
def _reader() -> Any:
    """What reads the figures of a record, which takes longer to make than to use."""
    from pydantic import TypeAdapter

    return TypeAdapter(dict[str, Figure])
