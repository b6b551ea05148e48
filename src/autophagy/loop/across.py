"""The regimes against each other: one figure, and the short sentence that a verdict leads with."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ..core.figures import Figure
from ..statistics.intervals import CONFIDENCE, Score, difference, finite
from ..text.line import capital
from ..text.percent import percent
from .change import Change, Seeds, is_worse
from .legend import Legend
from .table import Lines, Table

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MANIFOLD = 3.0  # from here on "3.2 times what it was" is easier to take in than a percentage


@dataclass(frozen=True)
class Across:
    """One figure of every regime at the last generation that all have reached.

    `words` say how each was trained, `named` also with its label. `starts` and `ends` are the values at the
    first and at that generation (label -> seed -> number), `changes` lead from one to the other, and `real` is what
    held-out real rows score.
    """

    figure: Figure
    generation: int
    words: Mapping[str, str]
    named: Mapping[str, str]
    starts: Mapping[str, Seeds]
    ends: Mapping[str, Seeds]
    changes: Mapping[str, Change]
    real: float

    @classmethod
    def of(cls, name: str, table: Table, lines: Lines, legend: Legend, real: float) -> "Across":
        """The figure of that name, in the regimes that know it."""
        known = legend.figure(name)
        first, last = common(table)
        cells = {label: generations[last].get(name, {}) for label, generations in table.items()}
        ends = {label: cell for label, cell in cells.items() if finite(cell.values()).size}
        starts = {label: table[label][first].get(name, {}) for label in ends}
        changes = {label: Change.of(known, starts[label], end) for label, end in ends.items()}
        words = {label: legend.words(label, lines) for label in ends}
        named = {label: legend.named(label, lines) for label in ends}
        return cls(known, last, words, named, starts, ends, changes, real)

    def worsened(self, looks: int) -> bool:
        """Whether the figure has become worse under some regime, at the 5 % level divided by so many looks."""
        return any(
            not change.held
            and is_worse(change, self.real)
            and difference(self.ends[label], self.starts[label], confidence=1 - (1 - CONFIDENCE) / looks).decided
            for label, change in self.changes.items()
        )

    def lead(self) -> str:
        """What the loop cost, for a reader who will read no further; empty where a single seed decides nothing.

        No more is claimed than the intervals decide.
        """
        best, worst = (choose(self.changes, key=self._badness) for choose in (min, max))
        # a change of one seed has no interval, and claims nothing
        if min(self.changes[label].by.n for label in (best, worst)) < 2:
            return ""
        gist = self.figure.gist or self.figure.title
        text = (
            f"{capital(self._trained(worst))}, the model {outcome(self.changes[worst], gist)} "
            f"in {_count(self.generation)} generations"
        )
        if best == worst:
            return f"{text}."
        text += f"; {self._trained(best)}, it {outcome(self.changes[best], gist)}"
        decided = self._gap(best, worst).decided
        return f"{text}." if decided else f"{text}. The difference between the two is not decided."

    def extremes(self) -> str:
        """The regimes with the highest and the lowest value, and by how much they differ; empty where none does."""
        low, high = (choose(self.changes, key=lambda label: self.changes[label].end.value) for choose in (min, max))
        if self.changes[low].end.value == self.changes[high].end.value:
            return ""
        text = (
            f"At generation {self.generation}, {self.figure.title} is highest when {self.named[high]}, "
            f"{self.changes[high].end}, and lowest when {self.named[low]}, {self.changes[low].end}"
        )
        gap = self._gap(high, low)
        if gap.n < 2:
            return f"{text}."
        allowing = f", allowing for {self._pairs} pairs of regimes" if self._pairs > 1 else ""
        decides = "they differ by" if gap.decided else "their difference is not decided:"
        return f"{text}; over the same {gap.n} seeds {decides} {gap}{allowing}."

    @property
    def _pairs(self) -> int:
        return max(1, len(self.ends) * (len(self.ends) - 1) // 2)

    def _gap(self, one: str, other: str) -> Score:
        """The difference of two regimes that were picked after looking: its interval allows for every pair."""
        return difference(self.ends[one], self.ends[other], confidence=1 - (1 - CONFIDENCE) / self._pairs)

    def _badness(self, label: str) -> float:
        """The larger, the worse; where no direction is better a high value counts as good."""
        value, better = self.changes[label].end.value, self.figure.better
        goal = self.real if better == "real" else better
        if isinstance(goal, float) and math.isfinite(goal):
            return abs(value - goal)
        return value if better == "lower" else -value

    def _trained(self, label: str) -> str:
        """How a regime was trained; with its label where another regime is told in the same words."""
        alike = list(self.words.values()).count(self.words[label]) > 1
        return self.named[label] if alike else self.words[label]


def common(table: Table) -> tuple[int, int]:
    """The first and the last generation that all regimes have reached; 0 where there is none."""
    reached = set.intersection(*(set(generations) for generations in table.values()))
    return min(reached, default=0), max(reached, default=0)


def outcome(change: Change, gist: str) -> str:
    """What the model did to what a figure measures, as the end of a sentence that begins with it."""
    if change.held:
        return f"kept its {gist}"
    if not change.by.decided:
        return f"showed no decided change in its {gist}"
    fell, start = change.by.value < 0, change.start.value
    verb = "fall" if fell else "rise"
    if start <= 0 or change.figure.limits[0] != 0:  # a percentage is of an amount that begins at 0
        return f"saw its {gist} {verb}"
    share = abs(change.by.value) / start
    if fell and change.figure.better != "lower":
        return f"lost {_percent(share)} of its {gist}"
    if 1 + share >= MANIFOLD:
        return f"saw its {gist} rise to {1 + share:,.1f} times what it was"
    return f"saw its {gist} {verb} by {_percent(share)}"


def _percent(share: float) -> str:
    if share < 0.005:
        return "less than 1 %"
    return "more than 99 %" if 0.995 <= share < 1 else percent(share, 0)


def _count(number: int) -> str:
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"
