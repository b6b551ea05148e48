"""The result of a snapshot: how right the answers are, task by task, how noisy, how long, how fast and at what cost."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ...charts.chart import Ends
from ...core.errors import DataError
from ...core.logged import Log
from ...results.result import Result
from ...results.scored import Scored
from ...statistics.intervals import SHARE, Score
from .figures import document_of
from .record import SnapshotRecord
from .verdict import verdict

MARKED = {"lenient": "right in any format", "strict": "right in the format asked for"}
COUNTED = {"characters": "characters, median", "tokens_out": "tokens per answer, median"}
UNKNOWN = Score(math.nan, math.nan, math.nan, 0)


@dataclass(frozen=True, repr=False)
class SnapshotResult(Result):
    """What was recorded."""

    record: SnapshotRecord
    verb = "drift"

    @cached_property
    def log(self) -> Log:
        """The recorded answers; none where there is none yet."""
        try:
            return self.record.log()
        except DataError:
            return Log({}, [])

    @cached_property
    def document(self) -> dict[str, Any]:
        """The snapshot as the command line's JSON has it; raises RecordError where it is damaged."""
        spec, environment = self.record.spec(), self.record.environment()
        found = {"model": spec.model, "repeats": spec.repetitions}
        found |= {name: environment.get(name) for name in ("decoding", "digests", "probe", "fingerprint")}
        found |= {"reported": environment.get("model")} | document_of(self.log, self.record.lines(), environment)
        return found | {"verdict": verdict(found, str(self.record.folder))}

    @property
    def title(self) -> str:
        """The suites, and the model."""
        spec = self.record.spec()
        return f"{', '.join(Path(name).name for name in spec.suites)} answered by {spec.model}"

    @property
    def verdict(self) -> list[str]:
        """What was recorded, how noisy the answers are, and what is missing."""
        return list(self.document["verdict"])

    def rows(self) -> list[dict[str, Any]]:
        """The seconds, tokens and money of each answer."""
        return [
            {"task": row.task, "prompt": row.question.id, "sample": row.sample, "metric": name, "value": value}
            for row in self.log.rows
            for name, value in (
                ("seconds", row.answer.seconds),
                ("tokens_in", row.answer.tokens_in),
                ("tokens_out", row.answer.tokens_out),
                ("characters", float(len(row.answer.text))),
                ("money", row.money),
            )
        ]

    def scores(self) -> list[Scored]:
        """Of each task the share right, leniently and as it stands; then how long and how slow its answers are."""
        tasks = self.document["tasks"]
        return [
            Scored({"task": task["task"]}, name, title, score) for task in tasks for name, title, score in _scores(task)
        ]

    def charts(self) -> Mapping[str, Ends]:
        """The share right of each task: as it stands, and read leniently."""
        tasks = self.document["tasks"]
        if not tasks:
            return {}
        drawn = {task["title"]: (Score.read(task["strict"]), Score.read(task["lenient"])) for task in tasks}
        hues = dict.fromkeys(drawn, 0)
        names = ("as it stands", "read leniently")
        chart = Ends("right", "Share right", "share right", drawn, hues=hues, limits=SHARE, names=names, unit="share")
        return {chart.name: chart} if chart.is_known else {}


def _scores(task: Mapping[str, Any]) -> Iterator[tuple[str, str, Score]]:
    for name, title in MARKED.items():
        yield name, title, Score.read(task[name])
    for name, title in COUNTED.items():
        yield name, title, _plain(task[name], task["answers"])
    yield "seconds", "seconds, median", _plain(task["seconds"]["median"], task["answers"])


def _plain(value: float | None, n: int) -> Score:
    """A figure without an interval."""
    return UNKNOWN if value is None else Score(value, math.nan, math.nan, n)


def figures_of() -> list[str]:
    """The names of the figures of every snapshot."""
    return [*MARKED, *COUNTED, "seconds"]


def result(record: SnapshotRecord) -> SnapshotResult:
    """The result of a run folder."""
    return SnapshotResult(record)
