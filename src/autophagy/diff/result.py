"""The difference of two runs as a result: figures of both and B - A, sentences, and charts with both runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..charts.chart import Chart, Ends
from ..results.result import Result
from ..results.scored import Scored
from .both import both, counts_of, ends_of
from .compared import Comparable
from .same import Sameness
from .settings import Differing
from .verdict import verdict


@dataclass(frozen=True, repr=False)
class DiffResult(Result):
    """Run `a` and run `b`: what differs in what they are, and what in what they found."""

    a: Result
    b: Result
    comparable: Comparable
    differing: Sequence[Differing]
    verb = "diff"
    value_is = "B - A"

    @property
    def title(self) -> str:
        """The two folders, or what the runs are of."""
        return f"{_name(self.a)} and {_name(self.b)}"

    @property
    def done(self) -> bool:
        """Whether both runs are complete."""
        return self.a.done and self.b.done

    @cached_property
    def same(self) -> Sameness:
        """How far the recorded numbers are the same."""
        return Sameness.of(self.a, self.b)

    @property
    def verdict(self) -> list[str]:
        """What the two runs come to side by side, the short sentence first."""
        return verdict(self.comparable, self.same, self.differing, self.done)

    def rows(self) -> list[dict[str, Any]]:
        """The rows of both runs, each with its run, A or B."""
        return [{"run": name, **row} for name, run in (("A", self.a), ("B", self.b)) for row in run.rows()]

    def scores(self) -> list[Scored]:
        """B - A of each figure that was compared, with its interval."""
        return [Scored(each.where, each.metric, each.title, each.difference) for each in self.comparable.figures]

    def charts(self) -> Mapping[str, Chart | Ends]:
        """The charts of what was compared, with both runs, those of what differs first."""
        if self.a.counts_all:
            drawn = counts_of(self.comparable.figures)
            return {drawn.name: drawn} if drawn.is_known else {}
        mine, other = (
            {name: chart for name, chart in run.charts().items() if isinstance(chart, Chart)}
            for run in (self.a, self.b)
        )
        found = [each.metric for each in self.comparable.figures if each.differs]
        order = dict.fromkeys([*found, *(each.metric for each in self.comparable.figures)])
        names = [name for name in order if name in mine and name in other]
        if names:
            return {name: both(mine[name], other[name]) for name in names}
        if order:
            return {name: ends_of(self.comparable.figures, name) for name in order}
        return {name: both(mine[name], other[name]) for name in mine if name in other}

    def document(self) -> dict[str, Any]:
        """The difference as the command line's JSON has it."""
        return {
            "verb": self.a.verb,
            "a": _name(self.a),
            "b": _name(self.b),
            "same": self.same.equal and not self.same.alone,
            "numbers": {"shared": self.same.shared, "unequal": self.same.unequal, "alone": self.same.alone},
            "differing": [each.json() for each in self.differing],
            "paired_by": self.comparable.pairing,
            "pairing": self.comparable.why,
            "comparisons": [each.json() for each in self.comparable.figures],
            "not_compared": list(self.comparable.alone),
            "verdict": self.verdict,
        }


def _name(result: Result) -> str:
    return str(result.record.folder) if result.record else result.title
