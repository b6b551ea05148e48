"""The result of a comparison of answers: the rates before and after, sentences, and the prompts that flipped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..charts.chart import Ends
from ..core.known import or_nan
from ..core.places import shown
from ..results.result import Result
from ..results.scored import Scored
from ..statistics.intervals import Score
from ..text.unseen import coded
from .labelled import labelled
from .order import pairs_of
from .record import DriftRecord
from .shift import Shift

RIGHT = "right"
UNFINISHED = "This comparison has not finished: run it once more."
FIGURES = {"strict": "right in the format asked for", "lenient": "right in any format", "refused": "declines"}


@dataclass(frozen=True, repr=False)
class DriftResult(Result):
    """What changed between the answers before and after."""

    record: DriftRecord
    verb = "drift"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The comparison as the command line's JSON has it; raises RecordError where it has not finished."""
        return self.record.document() | {"labels": labelled(self.record)}

    @property
    def title(self) -> str:
        """The models, or the logs where a model is compared with itself."""
        if not self.record.counted:
            return ", ".join(shown(str(path)) for path in self.record.spec().paths)
        return ", ".join(old if old == new else f"{old} and {new}" for old, new in self.pairs)

    @property
    def verdict(self) -> list[str]:
        """Whether the model is still the one that was tested, and in what it is another."""
        if not self.record.counted:
            return [UNFINISHED]
        labels = self.document["labels"]
        return [*self.document["verdict"], *(labels["verdict"] if labels else ())]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The models before and after, pair by pair."""
        return list(pairs_of(self.tasks))

    @property
    def tasks(self) -> list[dict[str, Any]]:
        """Each task of each pair of models."""
        return list(self.document["tasks"]) if self.record.counted else []

    def tasks_of(self, before: str, after: str) -> list[dict[str, Any]]:
        """The tasks of one pair of models."""
        return pairs_of(self.tasks)[before, after]

    def flips(self) -> Iterator[dict[str, Any]]:
        """The prompts whose mark flipped, with both answers."""
        return self.record.flips()

    def rows(self) -> list[dict[str, Any]]:
        """Each figure of each task before and after."""
        return [
            {"task": task["task"], "model": task[which], "side": side, "metric": name, "value": _nan(change[side])}
            for task in self.tasks
            for name, change in _changes(task).items()
            for side, which in (("before", "before_model"), ("after", "model"))
        ]

    def scores(self) -> list[Scored]:
        """The difference of each task, what is right as it stands first."""
        return [
            Scored(
                {"task": task["task"], "model": task["model"]},
                name,
                f"{FIGURES[name]}, after - before",
                Shift.read(change).difference,
            )
            for name in FIGURES
            for task in self.tasks
            for change in [_changes(task)[name]]
        ]

    def charts(self) -> Mapping[str, Ends]:
        """What is right before and after, task by task: one chart for each pair of models."""
        groups: dict[str, dict[str, tuple[Score, Score]]] = {}
        for task in self.tasks:
            change = Shift.read(task)
            groups.setdefault(task["model"], {})[task["title"]] = (change.before, change.after)
        return {
            f"{RIGHT} {model}" if len(groups) > 1 else RIGHT: Ends(
                f"{RIGHT} {model}",
                f"Right before and after: {coded(model)}",
                "share of prompts",
                rows,
                limits=(0.0, 1.0),
                names=("before", "after"),
                unit="share",
            )
            for model, rows in groups.items()
        }


def _changes(task: Mapping[str, Any]) -> dict[str, Any]:
    return {"strict": task, "lenient": task["lenient"], "refused": task["refused"]}


def _nan(score: Mapping[str, Any]) -> float:
    return or_nan(score["value"])


def result(record: DriftRecord) -> DriftResult:
    """The result of a run folder."""
    return DriftResult(record)
