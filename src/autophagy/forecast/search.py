"""The search for the plan that just meets a target, at counts that are looked at only where they are asked for."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..core.errors import UsageError
from .families import laws_of, simulate
from .laws import exact_means
from .plan import ForecastPlan
from .target import STATISTICS, Bounds, Target

GRID = 9  # places at which a search looks before it closes in
CLOSE, NEAR = 1.0005, 1.02  # the ratio of two counts at which a search ends, for a value and for its interval
SHORT = 64  # counts up to which a bracket is halved evenly; a longer one in ratios


@dataclass(frozen=True)
class TargetSearch:
    """One way to change a plan: `at(count)` for counts from 0 or more up to `most`, looked at only where asked."""

    target: Target
    at: Callable[[int], ForecastPlan]
    least: int
    most: int

    @cached_property
    def _seen(self) -> dict[int, dict[str, Bounds]]:
        return {}

    def look(self, count: int) -> dict[str, Bounds]:
        """Each statistic of the target's quantity at the last generation; a plan that cannot be run has none."""
        if count not in self._seen:
            try:
                self._seen[count] = last(self.at(count), self.target)
            except UsageError:
                self._seen[count] = dict.fromkeys(STATISTICS, (math.nan, math.nan, math.nan))
        return self._seen[count]

    @cached_property
    def grid(self) -> list[int]:
        """The counts to look at first: both ends and, between them, equal ratios."""
        begin = max(self.least, 1)
        between = np.unique(np.rint(np.geomspace(begin, self.most, GRID)).astype(np.int64))
        return sorted({self.least, *(int(count) for count in between)})

    def edge(self, name: str, *, largest: bool) -> dict[str, Any] | None:
        """The smallest (or largest) count that meets the target, with its interval; None where none does.

        The interval is where the ends of the statistic's own 95 % interval cross the target, read off the plans
        that the search has looked at. All plans draw common random numbers.
        """
        places = self.grid[::-1] if largest else self.grid
        good = next((i for i, count in enumerate(places) if self.target.met(self.look(count)[name][0])), None)
        if good is None:
            return None
        if good == 0:
            return {"value": places[0], "low": places[0], "high": places[0], "at_the_end": True}
        value = self._close_in(name, 0, places[good - 1], places[good], CLOSE)
        ends = [self._end(name, bound, value) for bound in (1, 2)]
        return {"value": value, "low": min(*ends, value), "high": max(*ends, value), "at_the_end": False}

    def _close_in(self, name: str, bound: int, bad: int, fine: int, close: float) -> int:
        """The count next to the edge between one that misses the target and one that meets it.

        Halves the bracket, in ratios where it is long, every third step; between, it looks where the line through
        both ends crosses the target, a little to the side of the farther end so that both ends close in.
        """
        step = 0
        while abs(fine - bad) > 1 and max(fine, bad) > close * max(min(fine, bad), 1):
            low, high = sorted((bad, fine))
            middle = math.isqrt(low * high) if low > SHORT else (low + high) // 2
            gaps = [self.look(count)[name][bound] - self.target.value for count in (low, high)]
            if step % 3 != 2 and low > SHORT and all(map(math.isfinite, gaps)) and gaps[0] != gaps[1]:
                place = min(max(gaps[0] / (gaps[0] - gaps[1]), 0.0), 1.0)
                nudge = math.log(close) / 2 * (1 if place < 0.5 else -1)
                middle = round(math.exp(math.log(low) + place * math.log(high / low) + nudge))
            middle = min(max(middle, low + 1), high - 1)
            step += 1
            if self.target.met(self.look(middle)[name][bound]):
                fine = middle
            else:
                bad = middle
        return fine

    def _end(self, name: str, bound: int, near: int) -> int:
        """The count at which one end of the statistic's interval crosses the target, the crossing next to `near`."""
        if self.look(near)[name][1] == self.look(near)[name][2]:
            return near
        counts = [count for count in sorted(self._seen) if math.isfinite(self._seen[count][name][bound])]
        met = [self.target.met(self._seen[count][name][bound]) for count in counts]
        edges = [i for i in range(1, len(counts)) if met[i] != met[i - 1]]
        if not edges:
            return counts[-1] if abs(counts[-1] - near) < abs(counts[0] - near) else counts[0]
        i = min(edges, key=lambda i: min(abs(counts[i] - near), abs(counts[i - 1] - near)))
        bad, fine = (counts[i - 1], counts[i]) if met[i] else (counts[i], counts[i - 1])
        return self._close_in(name, bound, bad, fine, NEAR)

    def best(self, name: str) -> tuple[int, float]:
        """The count on the grid with the best value of a statistic, and that value."""
        known = [(count, self.look(count)[name][0]) for count in self.grid]
        known = [(count, value) for count, value in known if math.isfinite(value)]
        if not known:
            return self.least, math.nan
        return (max if self.target.at_least else min)(known, key=lambda pair: pair[1])


def last(plan: ForecastPlan, target: Target) -> dict[str, Bounds]:
    """Each statistic of the target's quantity at the last generation; the mean from its closed form where one holds."""
    values = simulate(plan)[target.quantity][-1]
    bounds = {name: target.statistic(values, name) for name in STATISTICS}
    exact = closed_mean(plan, target.quantity)
    return bounds if exact is None else bounds | {"mean": (exact, exact, exact)}


def closed_mean(plan: ForecastPlan, quantity: str) -> float | None:
    """The exact expectation of a quantity at the last generation, where a law of the plan gives it."""
    known = exact_means(laws_of(plan)).get(quantity)
    return float(known[-1]) if known is not None and math.isfinite(known[-1]) else None
