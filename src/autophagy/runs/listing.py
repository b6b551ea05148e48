"""A list of runs: what each is of, how far it came, and its headline figure."""

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..core.errors import AutophagyError
from ..core.folder import HEADLINE, RunFolder
from ..core.locks import held, in_use
from ..core.memory import told
from ..cost.footprint import Footprint, footprint
from ..results.scored import Scored
from .open import read
from .search import RunFiles, RunSearch

RunState = Literal["done", "running", "stopped", "damaged"]
UNDONE = ("running", "stopped")
# what the reading of a damaged file may end in: a list goes on without its run
DAMAGE = (AutophagyError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True)
class ListedRun:
    """A run in a list; `done` of `total` steps (0 where unknown), `size` in bytes, `changed` in seconds since 1970.

    Of a damaged run `reason` says what is wrong, and what cannot be read is empty.
    """

    folder: Path
    state: RunState
    size: int
    changed: float
    verb: str = ""
    data: str = ""
    model: str = ""
    done: int = 0
    total: int = 0
    headline: Scored | None = None
    footprint: Footprint | None = None
    reason: str = ""

    @property
    def progress(self) -> str:
        """The state, and how far a run came that is not done."""
        if self.state not in UNDONE:
            return self.state
        return f"{self.state}, {self.done}{f' of {self.total}' if self.total else ''}"

    @property
    def figure(self) -> str:
        """The headline as a line has it."""
        if self.headline is None:
            return self.reason
        place = ", ".join(str(part) for _, part in self.headline.of)
        return f"{self.headline.title} {self.headline.score}{f' ({place})' if place else ''}"

    def age(self, now: float | None = None) -> float:
        """The seconds since it was last written to."""
        return max(0.0, (time.time() if now is None else now) - self.changed)

    def has(self, text: str) -> bool:
        """Whether its folder, or anything that its line says, has a text in it, whatever the case."""
        words = (str(self.folder), self.verb, self.data, self.model, self.progress, self.figure)
        return any(text.casefold() in word.casefold() for word in words)

    def json(self) -> dict[str, Any]:
        """The run as the command line's JSON has it."""
        return {
            "folder": str(self.folder),
            "verb": self.verb or None,
            "data": self.data or None,
            "model": self.model or None,
            "state": self.state,
            "done": self.done if self.state in UNDONE else None,
            "total": self.total or None,
            "headline": self.headline.json() if self.headline else None,
            "bytes": self.size,
            "changed": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.changed)),
            "footprint": self.footprint.json() if self.footprint and self.footprint.sessions else None,
            "reason": self.reason or None,
        }


def find_runs(folder: str | Path) -> tuple[list[ListedRun], list[str]]:
    """Every run below a folder, the one that was written to last first, and a sentence about what cannot be read."""
    search = RunSearch(Path(folder))
    locked = held()
    runs = [_listed(files, locked) for files in search.runs]
    return sorted(runs, key=lambda run: run.changed, reverse=True), search.unreadable


def last_run(folder: str | Path) -> ListedRun | None:
    """The run below a folder that was written to last; None where there is none."""
    files = max(RunSearch(Path(folder)).runs, key=lambda run: run.changed, default=None)
    return _listed(files, held()) if files else None


def _listed(files: RunFiles, locked: frozenset[int]) -> ListedRun:
    """A run folder as a line of the list."""
    folder = files.folder
    state: RunState = "running" if in_use(folder, locked) else "stopped"
    try:
        record, fields = read(folder)
        data, model = record.about(fields)
        if record.done:
            state, steps = "done", (0, 0)
        else:
            record.environment()
            steps = record.steps(fields)
        headline = _headline(record)
    except DAMAGE as error:
        reason = str(error) if isinstance(error, AutophagyError) else f"its files are damaged ({type(error).__name__})"
        return ListedRun(folder, "damaged", files.size, files.changed, reason=reason)
    verb = record.spec_type.runner.split(".")[1]
    about = told(data), model
    return ListedRun(folder, state, files.size, files.changed, verb, *about, *steps, headline, footprint(folder))


def _headline(record: RunFolder) -> Scored | None:
    """The headline that a finished run has left, or that of what is there so far."""
    if record.done:
        with suppress(*DAMAGE):
            kept = record.read_json(HEADLINE)
            return Scored.read(kept) if kept else None
    found: Scored | None = record.result().headline_score
    return found
