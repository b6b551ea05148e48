"""The result of a loop: its figures by regime, seed and generation."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..charts.chart import LEVEL, Chart, Curve
from ..core.places import shown
from ..results.result import Result
from ..results.scored import Scored, Where
from ..statistics.intervals import Score, interval
from .legend import Legend, summary
from .record import Record
from .table import Table, tabulate
from .verdict import Baseline, verdict


@dataclass(frozen=True, repr=False)
class LoopResult(Result):
    """What a loop found, finished or not; it is read when it is first asked for."""

    record: Record
    verb = "loop"

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The recorded lines that can be read."""
        return self.record.readable()[0]

    @cached_property
    def legend(self) -> Legend:
        """What is known of the figures and of the regimes."""
        return self.record.legend()

    @cached_property
    def table(self) -> Table:
        """The values as regime -> generation -> figure -> seed -> number."""
        return tabulate(self.lines)

    @property
    def title(self) -> str:
        """The data and the model."""
        data = self.record.environment().get("data", {}).get("name", "data")
        return f"{shown(str(data))} with {self.record.spec().model}"

    @property
    def verdict(self) -> list[str]:
        """What the run shows, the short sentence first."""
        return verdict(self.lines, self.record.baseline(), self.legend)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each regime, seed, generation and metric; NaN where it is unknown."""
        return [
            {"regime": line["regime"], "seed": line["seed"], "generation": line["generation"], "metric": name,
             "value": float("nan") if value is None else float(value)}
            for line in self.lines
            for name, value in line["scores"].items()
        ]  # fmt: skip

    def scores(self) -> list[Scored]:
        """The mean over seeds of each metric, by regime and generation; figures of the headline first."""
        rows = summary(self.lines, self.legend)
        return [
            Scored(
                {"regime": row["regime"], "generation": row["generation"]},
                name,
                self.legend.figure(name).title,
                row["scores"][name],
            )
            for name in self._names
            for row in rows
            if name in row["scores"]
        ]

    @property
    def headline_score(self) -> Scored | None:
        """The first figure of the verdict under the first regime, at its last generation."""
        for regime, generations in self.table.items():
            last = max(generations)
            for name in self._names:
                score = self.legend.score(name, generations[last].get(name, {}).values())
                if score.n:
                    where: Where = {"regime": regime, "generation": last}
                    return Scored(where, name, self.legend.figure(name).title, score)
        return None

    def figure_names(self) -> Mapping[str, str]:
        """The figures, in the order of the headline, those that no generation has yet among them."""
        return {name: name for name in dict.fromkeys([*self._names, *self.legend.ordered(self.legend.figures)])}

    def headline_figures(self) -> list[str]:
        """The figures that carry the verdict, or all of a run that has none of them."""
        return self.legend.headline(self._names) or self._names

    def levels(self) -> list[Scored]:
        """What held-out real rows score, with its interval over the draws of them."""
        scores = ((name, self._level(name)) for name in self._names)
        return [
            Scored({"regime": LEVEL}, name, self.legend.figure(name).title, score) for name, score in scores if score.n
        ]

    def places(self) -> list[str]:
        """The labels of the regimes."""
        return list(map(str, self.record.spec().regimes))

    @property
    def last_generation(self) -> int:
        """That of the spec."""
        return int(self.record.spec().generations)

    def charts(self) -> Mapping[str, Chart]:
        """Each figure over the generations, a curve a regime."""
        baseline = self.record.baseline()
        return {
            name: over_generations(name, self.table, self.legend, baseline)
            for name in self._names
            if self.legend.figure(name).chart
        }

    @cached_property
    def _names(self) -> list[str]:
        return self.legend.ordered(name for line in self.lines for name in line["scores"])

    def _level(self, name: str) -> Score:
        return self.legend.score(name, [draw.get(name) for draw in self.record.baseline()])


def over_generations(name: str, table: Table, legend: Legend, baseline: Baseline) -> Chart:
    """A figure over the generations, a curve a regime, and what held-out real rows score."""
    figure = legend.figure(name)
    level = legend.score(name, [draw.get(name) for draw in baseline])
    curves = []
    for regime, generations in table.items():
        cells = [cell.get(name, {}) for cell in generations.values()]
        seeds = sorted({seed for cell in cells for seed in cell})
        curves.append(
            Curve(
                regime,
                list(generations),
                [interval(cell.values(), bounds=figure.limits) for cell in cells],
                {seed: [cell.get(seed, float("nan")) for cell in cells] for seed in seeds},
            )
        )
    return Chart(name, figure.heading, "generation", figure.heading, curves, level if level.n else None,
                 figure.limits)  # fmt: skip


def result(record: Record) -> LoopResult:
    """The result of a run folder."""
    return LoopResult(record)
