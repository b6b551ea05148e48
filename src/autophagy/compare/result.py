"""The result of a comparison: the marks of its answers, and the figures of its arms."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..charts.chart import Chart, Curve
from ..core.known import or_nan
from ..core.places import shown
from ..results.result import Result
from ..results.scored import Scored
from ..statistics.intervals import SHARE, Score
from ..statistics.paired import mean
from .record import Comparison
from .rows import AnswerRows
from .summary import summarise

RIGHT = {
    "correct": "right",
    "answerable": "right where there is an answer",
    "unanswerable": "right where there is none",
}
COSTS = {
    "seconds_per_query": "seconds a query",
    "tokens_per_query": "tokens a query",
    "joules_per_query": "joules a query",
    "money_per_query": "money a query",
    "setup_seconds": "seconds to prepare",
}
PER_QUERY = ("seconds_per_query", "tokens_per_query")  # the costs that are shown although they have no interval


@dataclass(frozen=True, repr=False)
class CompareResult(Result):
    """What a comparison found; it is summarised when it is first asked for."""

    record: Comparison
    verb = "compare"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The comparison as the command line's JSON has it."""
        return summarise(self.record)

    @property
    def title(self) -> str:
        """The documents and the model."""
        spec = self.record.spec()
        return f"{shown(str(spec.documents))} with {spec.model}"

    @property
    def verdict(self) -> list[str]:
        """The diagnoses, the figures that support them, and what people's labels say of the judge, if there are any."""
        labelled = self.document["labels"]
        found = [*(finding["says"] for finding in self.document["findings"]), self.document["support"]]
        return found + (labelled["verdict"] if labelled else [])

    def rows(self) -> list[dict[str, Any]]:
        """A row for each arm, seed, question and mark; NaN where the mark does not apply or is unknown."""
        asked = self.record.dataset()["questions"]
        return [
            {"arm": row["arm"], "seed": row["seed"], "question": row["question"],
             "type": asked.get(row["question"], {}).get("type"), "metric": name,
             "value": or_nan(value)}
            for row in self.record.answers()
            for name, value in _values(row)
        ]  # fmt: skip

    def scores(self) -> list[Scored]:
        """The share right of each arm, its marks, and what it costs; a cost has no interval."""
        return [
            Scored({"arm": arm["arm"]}, metric, title, score)
            for arm in self.document["arms"]
            for metric, title, score in self._figures(arm)
        ]

    @property
    def headline_score(self) -> Scored | None:
        """How often the best arm that could be put into service is right."""
        rows = AnswerRows.of(self.record)
        asked = rows.questions
        shares = {
            arm: mean(rows.matrix(arm, "correct", asked), rows.clusters(asked))
            for arm in rows.names
            if not rows.facts(arm)["control"]
        }
        known = [arm for arm, share in shares.items() if share.n]
        if not known:
            return None
        best = max(known, key=lambda arm: shares[arm].value)
        return Scored({"arm": best}, "correct", RIGHT["correct"], shares[best])

    def figure_names(self) -> Mapping[str, str]:
        """The shares right, the marks of the graders, and the costs."""
        return {name: name for name in (*RIGHT, *self.record.graders(), *COSTS)}

    def headline_figures(self) -> list[str]:
        """The shares right, the marks that stand in the table of the terminal, and what a query takes."""
        marks = [name for name, mark in self.record.graders().items() if mark.headline and name not in RIGHT]
        known = {each.metric for each in self.scores() if each.score.n}
        return [name for name in (*RIGHT, *marks, *PER_QUERY) if name in known]

    def places(self) -> list[str]:
        """The labels of the arms."""
        return list(map(str, self.record.spec().arms))

    last_generation = 0  # it has none

    def charts(self) -> Mapping[str, Chart]:
        """Each mark, a point an arm."""
        scores = self.scores()
        return {
            metric: self._chart(metric, [each for each in scores if each.metric == metric])
            for metric in dict.fromkeys(each.metric for each in scores if each.metric not in COSTS)
        }

    def _figures(self, arm: Mapping[str, Any]) -> Iterator[tuple[str, str, Score]]:
        for name, title in RIGHT.items():
            yield name, title, Score.read(arm[name])
        for name, score in arm["marks"].items():
            if name not in RIGHT:
                yield name, self.document["graders"][name]["title"], Score.read(score)
        for name, title in COSTS.items():
            if arm[name] is not None:
                yield name, title, Score(arm[name], math.nan, math.nan, arm["correct"]["n"])

    def _chart(self, metric: str, scores: list[Scored]) -> Chart:
        title = scores[0].title[:1].upper() + scores[0].title[1:]
        arms = [str(each.where["arm"]) for each in scores]
        curves = [
            Curve(arm, [place], [each.score], style="points")
            for place, (arm, each) in enumerate(zip(arms, scores, strict=True))
        ]
        ticks = {float(place): arm for place, arm in enumerate(arms)}
        ends = (-0.5, len(arms) - 0.5)
        mark = self.record.graders().get(metric)
        limits = mark.bounds if mark else SHARE
        return Chart(metric, title, "arm", title, curves, limits=limits, ticks=ticks, x_limits=ends)


def result(record: Comparison) -> CompareResult:
    """The result of a run folder."""
    return CompareResult(record)


def _values(row: Mapping[str, Any]) -> Iterator[tuple[str, float | None]]:
    yield from row["marks"].items()
    for name in ("seconds", "tokens_in", "tokens_out"):
        yield name, row[name]
