"""One requirement: a figure, perhaps at a place of a result, that must lie on one side of a value."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from ..core.bound import Bound
from ..core.errors import UsageError
from ..core.parts import did_you_mean
from ..results.result import Result
from ..results.scored import TIME, Scored, last
from ..statistics.intervals import Score

State = Literal["held", "failed", "undecided", "unknown"]


@dataclass(frozen=True)
class Ruling:
    """What a requirement came to at one place: its whole interval decides, and a part of it decides nothing."""

    requirement: "Requirement"
    scored: Scored
    state: State

    def json(self) -> dict[str, Any]:
        """The ruling as the JSON of a verb has it."""
        return {
            "text": self.requirement.text,
            "where": dict(self.scored.where),
            "metric": self.scored.metric,
            "score": self.scored.score.json(),
            "state": self.state,
        }


@dataclass(frozen=True)
class Requirement:
    """A bound on a figure at the end of every regime or arm, or at a place that is named."""

    text: str
    bound: Bound
    place: str = ""
    generation: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "recall>=0.8", "replace/recall>=0.8" or "replace/recall@5:80%"; raises UsageError for anything else."""
        bound = Bound.parse(text, "requirement", "recall")
        place, _, figure = bound.name.rpartition("/")
        name, at, generation = (part.strip() for part in figure.partition("@"))
        if not name or (at and not (generation.isdecimal() and int(generation))):
            raise UsageError(f"the requirement {text!r} names no figure: write recall, replace/recall or recall@5.")
        bound = Bound(name, bound.sign, bound.value)
        return cls(text.strip(), bound, place.strip(), int(generation) if at else None)

    def check(self, result: Result) -> None:
        """Raise UsageError where the result, finished or not, will never have the figure or the place."""
        self.check_name(result.figure_names(), result.kind)
        places = result.places()
        if self.place and not self._of(places):
            guess = did_you_mean(self.place, places)
            known = f"choose from {', '.join(places)}" if places else "leave the place out"
            raise UsageError(f"{self.text} names no place of {result.kind}{guess}: {known}.")
        if self.generation is not None and not 1 <= self.generation <= result.last_generation:
            ends = f"its last one is {result.last_generation}" if result.last_generation else "it has none: leave @ out"
            raise UsageError(f"{self.text} names no generation of {result.kind}: {ends}.")

    def check_name(self, named: Mapping[str, str], kind: str) -> None:
        """Raise UsageError where none of the figures goes by the name; `named` has the figure of each name."""
        if self.bound.name not in named:
            guess = did_you_mean(self.bound.name, named)
            known = ", ".join(dict.fromkeys(named.values())) or "none"
            raise UsageError(f"{self.text} names no figure of {kind}{guess}: its figures are {known}.")

    def rule(self, result: Result) -> list[Ruling]:
        """What the requirement comes to at each place that it is of."""
        name = result.figure_names()[self.bound.name]
        scores = [each for each in result.scores() if each.metric == name]
        if self.place:
            wanted = self._of(result.places())
            scores = [each for each in scores if any(part in wanted for _, part in each.of)]
        if self.generation is None:
            scores = last(scores)
            ended = result.done
        else:
            scores, ended = [each for each in scores if each.where.get(TIME) == self.generation], True
        if not scores:
            scores = [Scored({}, name, name.replace("_", " "), Score(math.nan, math.nan, math.nan, 0))]
        states = [self._state(each.score, result.counts_all) if ended else "unknown" for each in scores]
        return [Ruling(self, each, state) for each, state in zip(scores, states, strict=True)]

    def _of(self, places: Sequence[str]) -> Collection[str]:
        """The places that the requirement is of: the one of that label, or all of that plug-in."""
        if self.place in places:
            return [self.place]
        return [label for label in places if label.partition(":")[0] == self.place]

    def _state(self, score: Score, exact: bool) -> State:
        if not score.n or not math.isfinite(score.value):
            return "unknown"
        if exact and math.isnan(score.low):  # a count of all rows, of which nothing is left open
            return "held" if self.bound.met(score.value) else "failed"
        if not (math.isfinite(score.low) and math.isfinite(score.high)):
            return "undecided"
        ends = {self.bound.met(score.low), self.bound.met(score.high)}
        return "undecided" if len(ends) == 2 else "held" if ends == {True} else "failed"
