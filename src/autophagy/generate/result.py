"""The result of a generation: its rows, what they cost, and how varied they are."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..charts.chart import Chart, Curve, Ends
from ..results.result import Result
from ..results.scored import Scored
from ..statistics.intervals import Score
from .record import DROPPED, GenerationRecord
from .variety.titles import title_of

MAP, SHARES, NAN = "map", "shares", math.nan
UNFINISHED = "This generation has not finished: go on with --resume."
UNSEEN = "share of the next rows that will be new"
SAME, CONSISTENT = "pairs of answers that agree", "verdicts of the judge that are the same in both orders"
RATES = {
    "right_given_kept": "share of the kept rows that are right",
    "phi": "share of the right rows that are kept",
    "psi": "share of the wrong rows that are kept",
    "breakdown": "breakdown point: share of wrong rows up to which the verifier helps",
}
PER_TOKENS = "new rows per 1,000 tokens"
TITLES = {"per_call": "new rows per call", "new": "share of the offered rows that are new"}


@dataclass(frozen=True, repr=False)
class GenerateResult(Result):
    """What was made."""

    record: GenerationRecord
    verb = "generate"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The generation as the command line's JSON has it; raises RecordError where it has not finished."""
        return {"run": str(self.folder)} | self.record.document()

    @property
    def title(self) -> str:
        """What it began with, and the writer."""
        spec = self.record.spec()
        return f"{Path(spec.begun).name}, written by {Path(spec.model).name}"

    @property
    def verdict(self) -> list[str]:
        """How many rows there are and what they cost."""
        return list(self.document["verdict"]) if self.record.counted else [UNFINISHED]

    @property
    def kept(self) -> Any:
        """The rows that were kept, as an Arrow table."""
        return self.record.table()

    @property
    def dropped(self) -> Any:
        """The rows that were dropped, each with its reason, as an Arrow table."""
        return self.record.table(DROPPED)

    def rows(self) -> list[dict[str, Any]]:
        """How many rows and items of each recipe were kept, or dropped for which reason."""
        found = self.document["yield"]["by_recipe"] if self.record.counted else {}
        return [
            {"recipe": recipe, "metric": reason, "value": float(count)}
            for recipe, counts in found.items()
            for reason, count in counts.items()
        ]

    def scores(self) -> list[Scored]:
        """The yield, then each figure of variety of the made rows and of the seeds."""
        if not self.record.counted:
            return []
        yields = self.document["yield"]
        found = [Scored({}, name, title, Score.read(yields[name])) for name, title in TITLES.items()]
        if outlook := self.document.get("outlook"):
            found.append(Scored({}, "unseen_share", UNSEEN, Score.read(outlook["unseen_share"])))
        if answers := self.document.get("answers"):
            found.append(Scored({}, "same_answers", SAME, Score.read(answers["same"])))
            judge = answers["judge"]
            found += [Scored({}, "judge_consistent", CONSISTENT, Score.read(judge["consistent"]))] if judge else []
        found += [
            Scored({"verifier": verifier}, name, title, Score.read(rates[name]))
            for verifier, rates in self.document.get("verified", {}).items()
            for name, title in RATES.items()
        ]
        found += [
            Scored({"recipe": name}, "per_1000_tokens", PER_TOKENS, Score.read(each["per_1000_tokens"]))
            for name, each in self.document.get("recipes", {}).items()
        ]
        return found + [
            Scored({"rows": side}, name, title_of(name), Score.read(score))
            for name, sides in self.document["variety"].items()
            for side, score in sides.items()
        ]

    def charts(self) -> Mapping[str, Chart | Ends]:
        """Each figure of variety: the seeds, then the made rows."""
        if not self.record.counted:
            return {}
        drawn: dict[str, Chart | Ends] = {
            name: Ends(
                name,
                title_of(name),
                title_of(name),
                {"made rows": (Score.read(sides["seeds"]), Score.read(sides["made"]))},
                names=("seeds", "made"),
            )
            for name, sides in self.document["variety"].items()
        }
        return {**drawn, MAP: self._map(), **self._shares()}

    def _shares(self) -> dict[str, Chart | Ends]:
        """How the calls were shared by several recipes as they went."""
        told = self.document.get("shares", {"calls": [], "by_recipe": {}})
        if len(told["calls"]) < 2 or len(told["by_recipe"]) < 2:
            return {}
        curves = [
            Curve(name, told["calls"], [Score(share, NAN, NAN, 1) for share in shares])
            for name, shares in told["by_recipe"].items()
        ]
        axes = ("calls so far", "share of the calls")
        return {SHARES: Chart(SHARES, "Share of the calls by recipe", *axes, curves, limits=(0.0, 1.0), y_unit="share")}

    def _map(self) -> Chart:
        """Seeds and made rows, those near each other that use the same words."""
        curves = []
        for side, label in (("seeds", "seeds"), ("made", "made rows")):
            points = self.document["map"][side]
            places = [Score(point["y"], NAN, NAN, 1) for point in points]
            curves += [Curve(label, [point["x"] for point in points], places, style="points")] if points else []
        return Chart(MAP, "Seeds and made rows", "first component of the words", "second component", curves)


def figures_of() -> list[str]:
    """The names of all figures that a generation can have."""
    from .variety.figures import FIGURES  # which a list of runs does not need

    alone = ("unseen_share", "same_answers", "judge_consistent", "per_1000_tokens", "seed_topics_reached")
    return [*TITLES, *RATES, *FIGURES, *alone]


def result(record: GenerationRecord) -> GenerateResult:
    """The result of a run folder."""
    return GenerateResult(record)
