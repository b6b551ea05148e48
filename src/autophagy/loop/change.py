"""What became of one figure between two generations, over the seeds that both have."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..core.figures import Figure
from ..statistics.intervals import Score, difference, figure, finite, interval

Seeds = Mapping[int, float]  # seed -> the figure of that seed, NaN where it is unknown

HELD, PART = 0.05, 0.1  # a share held if its change, interval and all, is within this, and this part of where it began
ENOUGH = 5  # seeds from which on a median says something that the mean does not


@dataclass(frozen=True)
class Change:
    """A figure at its first and at its last generation, each over seeds, and by how much it changed, seed by seed."""

    figure: Figure
    start: Score
    end: Score
    by: Score
    median: float = float("nan")

    @classmethod
    def of(cls, known: Figure, before: Seeds, after: Seeds) -> "Change":
        """The change from one generation to another."""
        start, end = (interval(seeds.values(), bounds=known.limits) for seeds in (before, after))
        values = finite(after.values())
        return cls(known, start, end, difference(after, before), float(np.median(values)) if len(values) else np.nan)

    @property
    def held(self) -> bool:
        """Whether a share stayed where it was: its whole interval says so, not only its mean."""
        return self.figure.is_share and max(-self.by.low, self.by.high) <= min(HELD, PART * self.start.value)

    def __str__(self) -> str:
        """The change in words; `fell` or `rose` only where the paired interval says so."""
        name, start, end, by = self.figure.title, self.start, self.end, self.by
        if by.n == 0:
            return f"{name} is {end}, its change unknown"
        if by.n == 1:
            return f"{name} went from {figure(start.value)} to {figure(end.value)} in the one seed"
        if self.figure.role == "skewed" and end.n >= ENOUGH:
            name = f"{name} (in the median seed {figure(self.median)})"
        verb = "fell" if by.value < 0 else "rose"
        # seeds that all change alike leave no width to speak of, and decide all the same
        if by.low == by.high and by.value != 0:
            size = figure(abs(by.value))
            return f"{name} {verb} from {figure(start.value)} to {end}, by {size} in each of {by.n} seeds"
        if self.held:
            return f"{name} held at {end}, from {figure(start.value)}"
        if by.decided:
            return f"{name} {verb} from {figure(start.value)} to {end}, by {_size(by)} in the same seeds"
        return f"{name} shows no decided change, {figure(start.value)} to {end}, a difference of {by} in the same seeds"


def is_worse(change: Change, real: float) -> bool:
    """Whether a change, be it decided or not, leads away from what is better; `real` is what real rows score."""
    fell, goal = change.by.value < 0, change.figure.better
    if isinstance(goal, float):
        return abs(change.end.value - goal) > abs(change.start.value - goal)
    # what should be as real rows are is worse where it falls below them: a rise reads as a gain
    return {"higher": fell, "lower": not fell, "real": fell and change.end.value < real}.get(goal or "", False)


def _size(by: Score) -> Score:
    """How far something rose or fell, without the sign that the verb has."""
    return by if by.value >= 0 else Score(-by.value, -by.high, -by.low, by.n)
