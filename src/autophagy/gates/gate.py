"""A gate: several requirements, what an undecided one counts for, and what is said of them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Self, get_args

from ..core.errors import UsageError
from ..core.parts import did_you_mean
from ..results.result import Result
from ..results.scored import Scored
from ..statistics.intervals import figure
from .requirement import Requirement, Ruling, State

Undecided = Literal["fail", "pass", "value"]
SHOWN = 3  # places that a sentence names
# how to get a verdict where an interval holds the bound
NARROWER = "more seeds or questions narrow an interval, and --undecided pass or --undecided value is less strict"
MORE_SEEDS = "one seed gives no interval: run more --seeds, or go by the value alone with --undecided value"
BY_VALUE = "there is no interval: --undecided value goes by the value alone"


@dataclass(frozen=True)
class Gate:
    """Requirements that a result must meet; an `undecided` one fails, passes, or is decided by its value alone."""

    requirements: tuple[Requirement, ...] = ()
    undecided: Undecided = "fail"

    @classmethod
    def parse(cls, texts: Iterable[str] | None, undecided: str = "fail") -> Self:
        """Read requirements as they are written; raises UsageError for one that is none."""
        ways = get_args(Undecided)
        if undecided not in ways:
            guess = did_you_mean(undecided, ways)
            raise UsageError(f"an undecided requirement cannot {undecided!r}{guess}: choose from {', '.join(ways)}.")
        return cls(tuple(map(Requirement.parse, dict.fromkeys(texts or ()))), undecided)  # type: ignore[arg-type]

    def check(self, result: Result) -> None:
        """Raise UsageError where the result, finished or not, will never have what a requirement names."""
        for requirement in self.requirements:
            requirement.check(result)

    def check_names(self, named: Iterable[str], kind: str) -> None:
        """Raise UsageError where a requirement names no figure of these, which a run of that kind will have."""
        known = {name: name for name in named}
        for requirement in self.requirements:
            requirement.check_name(known, kind)

    def rule(self, result: Result) -> list[Ruling]:
        """What each requirement comes to at each of its places; raises UsageError where it names something unknown."""
        self.check(result)
        return [ruling for requirement in self.requirements for ruling in requirement.rule(result)]

    def passes(self, ruling: Ruling) -> bool:
        """Whether a ruling lets a build go on."""
        if ruling.state != "undecided" or self.undecided == "fail":
            return ruling.state == "held"
        return self.undecided == "pass" or ruling.requirement.bound.met(ruling.scored.score.value)

    def sentences(self, rulings: Sequence[Ruling]) -> list[str]:
        """A sentence for each requirement: that it holds, or where it does not."""
        return [
            self._sentence(requirement, [each for each in rulings if each.requirement == requirement])
            for requirement in self.requirements
        ]

    def _sentence(self, requirement: Requirement, rulings: Sequence[Ruling]) -> str:
        stopped = [each for each in rulings if not self.passes(each)]
        text = f"the requirement {requirement.text}"
        if not stopped:
            open_ones = [each for each in rulings if each.state == "undecided"]
            if open_ones:
                return f"{text} passes, though it is undecided: {_named(open_ones)}."
            return f"{text} holds: {_named(rulings)}."
        parts = [_told(state, [each for each in stopped if each.state == state]) for state in get_args(State)]
        advice = f"; {_advice(stopped)}" if all(each.state == "undecided" for each in stopped) else ""
        return f"{text} {'; it '.join(filter(None, parts))}{advice}."


def _told(state: State, rulings: Sequence[Ruling]) -> str:
    """What became of a requirement at the places that came to one state; nothing where there is none."""
    if not rulings:
        return ""
    says = {"failed": "fails", "undecided": "is undecided"}.get(state, "is unknown")
    if state == "unknown" and rulings[0].scored.score.n:
        says = "is unknown, since the run has not ended"
    return f"{says}: {_named(rulings)}"


def _advice(rulings: Sequence[Ruling]) -> str:
    """What would decide what is undecided."""
    scores = [ruling.scored.score for ruling in rulings]
    if any(math.isfinite(score.low) for score in scores):
        return NARROWER
    return MORE_SEEDS if all(score.n == 1 for score in scores) else BY_VALUE


def _named(rulings: Sequence[Ruling]) -> str:
    """The figures and where they stand; of many, the first few."""
    more = len(rulings) - SHOWN
    first = " and ".join(_figure(each.scored) for each in rulings[:SHOWN])
    return f"{rulings[0].scored.title} is {first}{f' and {more} more' if more > 0 else ''}"


def _figure(scored: Scored) -> str:
    score = scored.score
    places = ", ".join(f"{name} {part}" for name, part in scored.where.items())
    known = "unknown" if not score.n else figure(score.value) if math.isnan(score.low) else str(score)
    alone = " without an interval" if score.n and math.isnan(score.low) else ""
    return f"{known}{alone}{f' ({places})' if places else ''}"
