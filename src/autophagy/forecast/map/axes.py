"""The two axes of a phase map: which number of a plan runs from where to where."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.errors import UsageError
from ...core.parts import did_you_mean
from ...core.written import written
from ..plan import ForecastPlan

COUNTS = ("samples", "synthetic", "memory", "budget", "choices")
AMOUNTS = ("fixed", "fresh")  # a count, or a share where the whole axis lies below 1
REALS = ("bias", "weight", "phi", "psi", "correction", "extrapolation")
CELLS = (97, 65)  # of the horizontal and of the vertical axis, unless they are given
MOST_CELLS = 1000  # along one axis: a finer map could not be seen
RATIO = 10  # counts that span more than this are spaced in equal ratios
# "fresh=0..0.5:20": a name, two ends and how many values
PATTERN = re.compile(r"\s*([A-Za-z_]\w*)\s*=\s*([^.\s].*?)\s*\.\.\s*([^:\s]+?)\s*(?::\s*(\d+))?\s*")


@dataclass(frozen=True)
class Axis:
    """One number of a plan, or one numeric setting of its family, and the values that it takes along the axis."""

    name: str
    values: tuple[float, ...]
    ratios: bool = False

    def apply(self, plan: ForecastPlan, value: float) -> ForecastPlan:
        """The plan with the axis's number at this value."""
        if self.name in plan.settings:
            return plan.but(settings={**plan.settings, self.name: value})
        return plan.but(**{self.name: value})


def parse_axis(text: str, plan: ForecastPlan, cells: int) -> Axis:
    """Read `bias=0.8..1` or `samples=8..512:33`, the number of values after the colon.

    Whole numbers stay whole, and are spaced in equal ratios where they span more than a factor of ten; `fixed` and
    `fresh` are shares where they end below 1. Raises UsageError for anything else.
    """
    match = PATTERN.fullmatch(text)
    if not match:
        raise UsageError(f"{text!r} is no axis: write NAME=LOW..HIGH or NAME=LOW..HIGH:CELLS, as bias=0.8..1.")
    name, (low, high) = match[1], (_number(part, text) for part in (match[2], match[3]))
    count = int(match[4] or cells)
    settings = [key for key, value in plan.settings.items() if _numeric(value)]
    known = [*COUNTS, *AMOUNTS, *REALS, *settings]
    if name not in known:
        raise UsageError(f"a map has no axis {name!r}{did_you_mean(name, known)}: choose from {', '.join(known)}.")
    if not low < high:
        raise UsageError(f"the axis {text!r} runs from {low:g} to {high:g}: give a low end below the high one.")
    if not 2 <= count <= MOST_CELLS:
        raise UsageError(f"the axis {text!r} has {count} cells: give 2 to {MOST_CELLS}.")
    shares = name in AMOUNTS and high < 1
    if name in COUNTS or (name in AMOUNTS and not shares) or isinstance(plan.settings.get(name), int):
        return _whole(name, low, high, count)
    return Axis(name, tuple(float(value) for value in np.linspace(low, high, count)))


def parse_axes(words: Sequence[str], plan: ForecastPlan) -> tuple[Axis, Axis]:
    """The horizontal and the vertical axis of a map, from two texts."""
    if len(words) != 2:
        raise UsageError(f"a map has two axes and {len(words)} were given: write --map X=LOW..HIGH Y=LOW..HIGH.")
    x, y = (parse_axis(text, plan, cells) for text, cells in zip(words, CELLS, strict=True))
    if x.name == y.name:
        raise UsageError(f"both axes of the map are {x.name}: name two numbers.")
    return x, y


def _whole(name: str, low: float, high: float, count: int) -> Axis:
    """Whole numbers from `low` to `high`, each once: fewer than `count` where there are not so many."""
    ratios = low >= 1 and high / low > RATIO
    spaced = np.geomspace(low, high, count) if ratios else np.linspace(low, high, count)
    values = tuple(sorted({round(value) for value in spaced.tolist()}))
    if len(values) < 2:
        raise UsageError(f"the axis {name} holds one whole number only: give it a wider range.")
    return Axis(name, values, ratios)


def _number(text: str, axis: str) -> float:
    number = written(text)
    if not isinstance(number, int | float) or not math.isfinite(number):
        raise UsageError(f"{text!r} in the axis {axis!r} is no number: write NAME=LOW..HIGH, as bias=0.8..1.")
    return float(number)


def _numeric(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
