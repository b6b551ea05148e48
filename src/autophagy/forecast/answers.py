"""Answers: the smallest fresh share, the most synthetic rows and the smallest sample size that keep a target."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.stats import binom

from ..core.errors import UsageError
from ..statistics.intervals import interval
from .families import laws_of, simulate
from .plan import MOST, Floats, Plan, Trajectories

STATISTICS = ("mean", "median", "worst_tenth")
IN_WORDS = {"mean": "on average", "median": "in the typical chain", "worst_tenth": "in nine chains of ten"}
GRID = 9  # places at which a search looks before it closes in
CLOSE, NEAR = 1.0005, 1.02  # the ratio of two counts at which a search ends, for a value and for its interval
PATTERN = re.compile(r"\s*([a-z][a-z0-9_]*)\s*(>=|<=)\s*(\S+)\s*")

Bounds = tuple[float, float, float]


@dataclass(frozen=True)
class Target:
    """What is to be kept at the last generation: a quantity, at least or at most a value."""

    quantity: str
    at_least: bool
    value: float

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Read "variance>=0.9"; raises UsageError where it says something else."""
        match = PATTERN.fullmatch(text)
        try:
            if match:
                return cls(match[1], match[2] == ">=", float(match[3]))
        except ValueError:
            pass
        raise UsageError(f"the target {text!r} is not one: write QUANTITY>=VALUE or QUANTITY<=VALUE, as variance>=0.9.")

    def __str__(self) -> str:
        return f"{self.quantity}{'>=' if self.at_least else '<='}{self.value:g}"

    def met(self, value: float) -> bool:
        """Whether the value is on the right side; an unknown one is not."""
        return value >= self.value if self.at_least else value <= self.value

    def statistic(self, values: Floats, name: str) -> Bounds:
        """(value, low, high) of a statistic over the chains (chains,), with its 95 % interval.

        The interval of a quantile runs between two order statistics, by the binomial law of how many chains lie
        below it, whatever the quantity's own law.
        """
        if name == "mean":
            score = interval(values)
            return score.value, score.low, score.high
        share = 0.5 if name == "median" else 0.1 if self.at_least else 0.9
        ranked, chains = np.sort(values), len(values)
        low, high = binom.ppf([0.025, 0.975], chains, share).astype(int)
        return float(np.quantile(ranked, share)), float(ranked[max(low - 1, 0)]), float(ranked[min(high, chains - 1)])


@dataclass(frozen=True)
class Search:
    """One way to change a plan: `at(count)` for counts from 0 or more up to `most`, looked at only where asked."""

    target: Target
    at: Callable[[int], Plan]
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
            middle = math.isqrt(low * high) if low > 64 else (low + high) // 2
            gaps = [self.look(count)[name][bound] - self.target.value for count in (low, high)]
            if step % 3 != 2 and low > 64 and all(map(math.isfinite, gaps)) and gaps[0] != gaps[1]:
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


def last(plan: Plan, target: Target) -> dict[str, Bounds]:
    """Each statistic of the target's quantity at the last generation; the mean from its closed form where one holds."""
    values = simulate(plan)[target.quantity][-1]
    found = {name: target.statistic(values, name) for name in STATISTICS}
    exact = closed_mean(plan, target.quantity)
    return found if exact is None else found | {"mean": (exact, exact, exact)}


def closed_mean(plan: Plan, quantity: str) -> float | None:
    """The exact expectation of a quantity at the last generation, where a law of the plan gives it."""
    for law in laws_of(plan):
        if law.quantity == quantity and law.approximate is None and math.isfinite(law.expected[-1]):
            return float(law.expected[-1])
    return None


def answer(plan: Plan, target: Target, trajectories: Trajectories) -> dict[str, Any]:
    """All answers to one target, as plain values, with a sentence for each.

    `now`: each statistic at the last generation and whether it meets the target. `held_until`: the last generation
    up to which it does. `fresh_share`: the smallest share of fresh rows among the fresh and synthetic rows that a
    generation adds, their sum held. `synthetic`: the most synthetic rows of each remembered generation beside the
    plan's real rows. `samples`: the smallest number of rows, all of the plan's counts scaled alike. Each is searched
    on the mean (from the closed form where one holds), on the median and on the worst tenth of the chains.
    """
    if target.quantity not in trajectories:
        raise UsageError(f"there is no quantity {target.quantity!r}: choose from {', '.join(trajectories)}.")
    values = trajectories[target.quantity]
    now = {name: target.statistic(values[-1], name) for name in STATISTICS}
    exact = closed_mean(plan, target.quantity)
    if exact is not None:
        now["mean"] = (exact, exact, exact)
    found: dict[str, Any] = {
        "generation": plan.generations,
        "now": {name: {**_named(bounds), "met": target.met(bounds[0])} for name, bounds in now.items()},
        "held_until": {name: _held(target, values, name) for name in STATISTICS},
    }
    sentences = [_now(target, plan, now)]
    for question, search, largest in _searches(plan, target):
        edges = {name: search.edge(name, largest=largest) for name in STATISTICS}
        found[question] = {name: _edge(question, search, name, edges[name]) for name in STATISTICS}
        sentences.append(_sentence(question, search, found[question], plan))
    if "synthetic" not in found:
        found["synthetic"] = None
    return {**found, "sentences": sentences}


def _searches(plan: Plan, target: Target) -> Iterator[tuple[str, Search, bool]]:
    """The questions that make sense of a plan, each with the plans to look at."""
    rows = plan.rows(min(2, plan.generations))
    added = rows.fresh + rows.synthetic
    if plan.generations > 1 and added:
        yield "fresh_share", Search(target, lambda f: plan.but(fresh=f, synthetic=added - f), 0, added), False
    if rows.fixed + rows.fresh and not _shares(plan):
        most = min(MOST // 1000, 10**4 * max(rows.fixed + rows.fresh, rows.synthetic, 1000))
        yield "synthetic", Search(target, lambda s: plan.but(synthetic=s), 0, most), True
    counts = [n for n in (rows.fixed, rows.fresh, rows.synthetic, rows.budget or 0) if n and not _shares(plan)]
    least = max(2, -(-plan.samples // min(counts, default=plan.samples)))
    most = min(MOST // 1000, 10**6 * max(plan.samples, 10**6))
    yield "samples", Search(target, lambda n: scaled(plan, n), least, most), False


def scaled(plan: Plan, samples: int) -> Plan:
    """The plan at another scale: all of its counts times the same factor, none of them below 1; shares stay."""

    def scale(amount: Any) -> Any:
        if amount is None or isinstance(amount, str) or amount == 0 or (isinstance(amount, float) and amount < 1):
            return amount
        return max(1, round(int(amount) * samples / plan.samples))

    counts = {name: scale(getattr(plan.numbers, name)) for name in ("fixed", "fresh", "synthetic", "budget")}
    return plan.but(samples=samples, **counts)


def _shares(plan: Plan) -> bool:
    return any(isinstance(x, float) and 0 < x < 1 for x in (plan.numbers.fixed, plan.numbers.fresh))


def _held(target: Target, values: Floats, name: str) -> int:
    """The last generation up to which the statistic meets the target at every generation; 0 where it never does."""
    met = [target.met(target.statistic(row, name)[0]) for row in values]
    return met.index(False) if False in met else len(met)


def _named(bounds: Bounds) -> dict[str, float | None]:
    known = (float(number) if math.isfinite(number) else None for number in bounds)
    return dict(zip(("value", "low", "high"), known, strict=True))


def _edge(question: str, search: Search, name: str, edge: dict[str, Any] | None) -> dict[str, Any]:
    """An answer as plain values, with the best that can be had where nothing reaches the target."""
    if edge is None:
        count, value = search.best(name)
        best = {"count": count, "value": value if math.isfinite(value) else None}
        return {"value": None, "low": None, "high": None, "reachable": False, "best": best}
    unit = search.most if question == "fresh_share" else 1
    numbers = {part: edge[part] / unit for part in ("value", "low", "high")}
    known: dict[str, Any] = {**numbers, "reachable": True, "count": edge["value"]}
    if edge["at_the_end"]:
        known["unbounded" if question == "synthetic" else "least_looked_at"] = True
    return known


def _now(target: Target, plan: Plan, now: dict[str, Bounds]) -> str:
    parts = [
        f"{bounds[0]:.4g} {IN_WORDS[name]} ({'met' if target.met(bounds[0]) else 'missed'})"
        for name, bounds in now.items()
    ]
    return f"{target} at generation {plan.generations}: {', '.join(parts)}."


def _sentence(question: str, search: Search, answers: dict[str, dict[str, Any]], plan: Plan) -> str:
    """One answer in words: for the mean, the typical chain and nine chains of ten."""
    target = search.target
    said, missed = [], []
    for name, found in answers.items():
        if found["reachable"]:
            said.append(f"{_amount(question, found)} {IN_WORDS[name]}")
        else:
            missed.append((name, found["best"]))
    opening = {
        "fresh_share": f"{target} needs a share of fresh rows of at least",
        "synthetic": f"{target} allows synthetic rows of each generation up to",
        "samples": f"{target} needs samples of at least",
    }[question]
    text = f"{opening} {', '.join(said)}." if said else ""
    if missed:
        lever = {"fresh_share": "share of fresh rows", "synthetic": "number of synthetic rows"}
        words = " and ".join(
            f"{IN_WORDS[name]} {'nothing that can be run' if best['value'] is None else format(best['value'], '.4g')}"
            for name, best in missed
        )
        unmet = f"No {lever.get(question, 'sample size')} reaches {target} here: the best is {words}."
        text = f"{text} {unmet}".strip()
    return text


def _amount(question: str, found: dict[str, Any]) -> str:
    """A share in per cent or a count, with its interval where it has a width."""
    if found.get("unbounded"):
        return f"{found['value']:.3g} (the most looked at)"
    text, low, high = (_shown(question, found[part]) for part in ("value", "low", "high"))
    return text if low == high else f"{text} [{low}, {high}]"


def _shown(question: str, number: float) -> str:
    if question == "fresh_share":
        return f"{100 * number:.4g} %"
    return f"{number:,.0f}" if number < 1e7 else f"{number:.4g}"
