"""The two designs of daily looks that are valid however often one looks, and which of them a bank allows.

*Use-once*: each recorded answer is compared with one new answer, once. *Fixed prompts*: the same prompts are asked each
time, and compared with the mean of their recorded answers, whose own error is allowed for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ...core.files import Line
from ...statistics.baseline import PromptMoments, change, recorded_variance
from ...statistics.betting import betting_interval, log_beyond
from ...statistics.mixture import NormalMixture
from ...statistics.sequential import FIRST_SHARE
from .bank import RIGHT, TaskBank

Design = Literal["use-once", "fixed prompts"]
USE_ONCE: Design = "use-once"
FIXED: Design = "fixed prompts"
LAST = 90  # days that a bank must last for each recorded answer to be used once
SOONEST, TUNED = 0.1, 0.05  # fixed prompts look for ten points soonest, at this alpha
Floats = NDArray[np.float64]


class Window(Protocol):
    """The answers to a task since some look, and what they are compared with."""

    @property
    def n(self) -> int:
        """How many answers there are."""

    @property
    def now(self) -> float:
        """Their mean mark."""

    @property
    def change(self) -> float:
        """By how much it differs from that of the recorded answers."""

    def evidence(self, tolerance: float) -> float:
        """The log evidence that it changed by more than the tolerance."""

    def interval(self, alpha: float) -> tuple[float, float]:
        """Where the true change lies, at all looks together with probability 1 - alpha."""


@dataclass(frozen=True)
class Pairs:
    """Recorded and new answers, each recorded one used once: marks (pairs,) both."""

    before: Floats
    after: Floats

    @property
    def n(self) -> int:
        """How many pairs there are."""
        return len(self.after)

    @property
    def now(self) -> float:
        """The mean mark of the new answers."""
        return float(self.after.mean())

    @property
    def change(self) -> float:
        """The mean of new minus recorded."""
        return float((self.after - self.before).mean())

    def evidence(self, tolerance: float) -> float:
        """By bets on the changes of the pairs."""
        return log_beyond(self.after - self.before, tolerance)

    def interval(self, alpha: float) -> tuple[float, float]:
        """The changes that the bets do not refute."""
        return betting_interval(self.after - self.before, alpha)


@dataclass(frozen=True)
class FixedPrompts:
    """The answers since to prompts, and those before: the recorded ones, and those of earlier looks."""

    recorded: PromptMoments
    since: PromptMoments

    @property
    def n(self) -> int:
        """How many answers there are since."""
        return int(self.since.counts.sum())

    @property
    def now(self) -> float:
        """The mean mark of the answers since."""
        return float(self.since.sums.sum() / self.since.counts.sum())

    @cached_property
    def _change(self) -> tuple[float, float]:
        mean, variance = change(self.recorded, self.since)
        return float(mean), float(variance)

    @property
    def change(self) -> float:
        """The mean of the answers since minus the recorded mean of their prompts."""
        return self._change[0]

    def evidence(self, tolerance: float) -> float:
        """By the normal mixture, on the scale of information."""
        return float(_mixture().log_beyond(*self._change, tolerance))

    def interval(self, alpha: float) -> tuple[float, float]:
        """The changes within the mixture's bound."""
        mean, variance = self._change
        half = float(_mixture().half(variance, alpha))
        return max(mean - half, -1.0), min(mean + half, 1.0)


def _mixture() -> NormalMixture:
    return NormalMixture.for_change(SOONEST, TUNED)


def window(bank: TaskBank, kind: str, design: Design, lines: Sequence[Line], start: int) -> Window | None:
    """What the looks from `start` on hold of a task; None where that is nothing.

    Fixed prompts are then compared with all answers before, those of earlier looks too: a model that did not change
    gave them alike, and the baseline of a late change is known much better than that of an early one.
    """
    cells = [line["tasks"].get(bank.task.name) for line in lines]
    since = [cell for cell in cells[start:] if cell]
    if not since:
        return None
    if design == USE_ONCE:
        return Pairs(_marks(since, kind, "before"), _marks(since, kind, "after"))
    earlier = [cell for cell in cells[:start] if cell]
    return FixedPrompts(bank.moments(kind) + _moments(bank, kind, earlier), _moments(bank, kind, since))


def _marks(cells: Sequence[Line], kind: str, which: str) -> Floats:
    return np.array([mark for cell in cells for mark in cell[kind][which]], dtype=np.float64)


def _moments(bank: TaskBank, kind: str, cells: Sequence[Line]) -> PromptMoments:
    places = [bank.places[prompt] for cell in cells for prompt, _ in cell["used"]]
    return PromptMoments.of(places, _marks(cells, kind, "after"), len(bank.prompts))


def choose(banks: Mapping[str, TaskBank], each: Mapping[str, int]) -> Design:
    """The design that the bank allows where a look has so many answers of `each` task."""
    if days(banks, each) >= LAST or not all(bank.repeated for bank in banks.values()):
        return USE_ONCE
    return FIXED


def days(banks: Mapping[str, TaskBank], each: Mapping[str, int], used: Mapping[str, int] | None = None) -> int:
    """For how many looks of so many answers of `each` task the recorded answers last that are not `used` yet."""
    spent = used or {}
    return min(((banks[name].answers - spent.get(name, 0)) // n for name, n in each.items() if n), default=0)


def smallest(bank: TaskBank, alpha: float, tolerance: float) -> float:
    """Half the interval that is left of a change before the first look, if one looked for ever: less is never found."""
    return tolerance + float(_mixture().half(recorded_variance(bank.moments(RIGHT)), alpha * FIRST_SHARE))
