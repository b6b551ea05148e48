"""A figure of a result with its interval, and where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..statistics.intervals import Score

Where = Mapping[str, str | int]  # what a figure is of: {"regime": "replace", "generation": 3}
TIME = "generation"  # the part of a place that goes on


@dataclass(frozen=True)
class Scored:
    """The score of a metric at a place of a result, such as one regime at one generation."""

    where: Where
    metric: str
    title: str
    score: Score

    @property
    def row(self) -> dict[str, Any]:
        """The score as one row of a table, NaN where an end is unknown."""
        score = self.score
        return {**self.where, "metric": self.metric, "value": score.value, "low": score.low, "high": score.high,
                "n": score.n}  # fmt: skip

    def json(self) -> dict[str, Any]:
        """The score with where it stands, as JSON has it."""
        return {"where": dict(self.where), "metric": self.metric, "title": self.title, "score": self.score.json()}

    @classmethod
    def read(cls, recorded: Mapping[str, Any]) -> "Scored":
        """What `json` made."""
        return cls(dict(recorded["where"]), recorded["metric"], recorded["title"], Score.read(recorded["score"]))

    @property
    def of(self) -> tuple[tuple[str, str | int], ...]:
        """The place without its generation: the regime or the arm."""
        return tuple((name, part) for name, part in self.where.items() if name != TIME)


def last(scores: Iterable[Scored]) -> list[Scored]:
    """The scores at the last generation of each place that has one, and all that have none."""
    scores = list(scores)
    ends: dict[tuple[tuple[str, str | int], ...], int] = {}
    for each in scores:
        ends[each.of] = max(ends.get(each.of, 0), int(each.where.get(TIME, 0)))
    return [each for each in scores if int(each.where.get(TIME, 0)) == ends[each.of]]
