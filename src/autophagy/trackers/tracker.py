"""What an experiment tracker is told of a run, and what each of them must be able to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

PROJECT = "autophagy"  # what the runs lie under in a tracker, where its own settings name nothing else


@dataclass(frozen=True)
class TrackedRun:
    """A run as a tracker begins it: its name, its folder, its spec, and what its `step` counts.

    `before` is what `begin` returned when the run was first begun, and "" for a new one.
    """

    name: str
    folder: Path
    config: Mapping[str, Any]
    step: str
    before: str = ""


class Tracker(Protocol):
    """One experiment tracker; whatever it raises ends the tracking, and never the run."""

    def begin(self, run: TrackedRun) -> str:
        """Start or go on, and return what tells the tracker's run from all others.

        Where that is not `run.before`, all that was recorded before is told again.
        """

    def log(self, figures: Mapping[str, float], step: int) -> None:
        """Take figures at a step; steps may come in any order."""

    def end(self, sentences: Sequence[str], done: bool) -> None:
        """Finish: what the run comes to, and whether it is complete."""
