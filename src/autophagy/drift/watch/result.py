"""The result of daily looks: how far each figure is from the recorded answers, look by look."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ...charts.chart import Chart
from ...core.errors import RecordError
from ...core.known import or_nan
from ...results.result import Result
from ...results.scored import Scored
from ...statistics.intervals import Score
from .charts import changes
from .document import document
from .looks import Looks
from .record import LOOKS, read_looks
from .verdict import WHAT, verdict


@dataclass(frozen=True, repr=False)
class WatchResult(Result):
    """What all looks at a baseline come to; they stand in the file `path`."""

    path: Path
    looks: Looks
    verb = "watch"
    value_is = "change"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The looks as the command line's JSON has them."""
        return document(self.looks)

    @property
    def title(self) -> str:
        """The folder or the file that is watched."""
        baseline = self.path.name.removesuffix(LOOKS).removesuffix(".")
        return baseline or self.path.parent.name or str(self.path.parent)

    @property
    def kind(self) -> str:
        """What it is the result of."""
        return "looks at a recorded model"

    @property
    def folder(self) -> Path:
        """The folder that the file of looks lies in."""
        return self.path.parent

    @property
    def verdict(self) -> list[str]:
        """Whether the model still answers as it was recorded, and in what it does not."""
        return verdict(self.document)

    @property
    def changed(self) -> bool:
        """Whether the model was seen to change."""
        return bool(self.document["changed"])

    def rows(self) -> list[dict[str, Any]]:
        """The change of each figure as it stood after each look; NaN where no answer counted yet."""
        return [
            {"look": number, "date": look["date"], "task": task, "metric": of, "value": _change(cells)}
            for number, look in enumerate(self.document["history"], 1)
            for task, kinds in look["found"].items()
            for of, cells in kinds.items()
        ]

    def scores(self) -> list[Scored]:
        """The change of each figure as it stands now; its interval is valid for all looks together."""
        return [
            Scored(
                {"task": stream["task"]},
                stream["of"],
                f"{WHAT[stream['of']]}, now - recorded",
                Score.read(stream["change"]),
            )
            for stream in self.document["streams"]
        ]

    def charts(self) -> Mapping[str, Chart]:
        """The change of each figure, look by look."""
        drawn = changes(self.document)
        return {drawn.name: drawn} if drawn.is_known else {}


def _change(cells: Mapping[str, Any]) -> float:
    return or_nan(cells["change"])


def is_looks(path: Path) -> bool:
    """Whether a path is a file of looks, by its name."""
    return path.name.endswith(LOOKS) and path.is_file()


def open_looks(path: Path) -> WatchResult:
    """The result of a file of looks; raises RecordError where it is none, or has no look yet."""
    looks = read_looks(path)
    if not looks.lines:
        raise RecordError(f"{path} has no look yet: autophagy drift watch adds one.")
    return WatchResult(path, looks)
