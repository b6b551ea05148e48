"""What a person sees in the terminal: progress with time left, the table of a run, the list of plug-ins."""

import logging
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from ..loop.work import StepReport


LOG = logging.getLogger(__name__)


def print_notes(name: str, notes: Sequence[str]) -> None:
    """Tell how some data were read; nothing where there is nothing to tell."""
    for line in (f"{name}:", *(f"- {note}" for note in notes)) if notes else ():
        LOG.info("%s", line)


class Progress:
    """A bar over all generations, or rows of a map, with the time left; plain lines where there is no terminal.

    Nothing is shown where the package's logger is not to tell as much.
    """

    notes: tuple[str, ...] = ()  # what was told of the data before anything ran

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bar = Bar(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=self._console, transient=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal and LOG.isEnabledFor(logging.INFO):
            self._bar.start()
        self._task = self._bar.add_task("preparing", total=None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar.live.is_started:
            self._bar.stop()

    def __call__(self, step: "StepReport | None", done: int, total: int) -> None:
        """Told once before the first step how many are done and how many there are, then of each step."""
        if step is None:
            self._bar.reset(self._task, total=total, completed=done, description="first generation")
        else:
            self._advance(f"{step.regime}, generation {step.generation}", total)

    def reading(self, name: str, notes: Sequence[str]) -> None:
        """Print how the data were read, before anything runs."""
        self.notes = tuple(notes)
        print_notes(name, notes)

    def row(self, done: int, total: int) -> None:
        """Told once before the first row of a map how many there are, then of each row."""
        if done == 0:
            self._bar.update(self._task, total=total, description="first row of the map")
        else:
            self._advance("rows of the map", total)

    def _advance(self, what: str, total: int) -> None:
        self._bar.update(self._task, advance=1, description=what)
        if not self._console.is_terminal:
            done, left = self._bar.tasks[0].completed, self._bar.tasks[0].time_remaining
            rest = "" if left is None or done == total else f", about {left:.0f} s left"
            LOG.info("%s (%.0f of %d%s)", what, done, total, rest)


EVERY = 3.0  # seconds between two lines of progress where there is no terminal


class Jobs(Progress):
    """A bar over the jobs of one stage after another; a line now and then where there is no terminal."""

    def __init__(self) -> None:
        super().__init__()
        self._stage, self._begun, self._told, self._first = "", 0.0, 0.0, 0

    def __call__(self, what: str, done: int, total: int) -> None:  # type: ignore[override]
        """Told of each job of a stage that is done, and of how many there are."""
        now = time.monotonic()
        if what != self._stage:
            self._stage, self._begun, self._told, self._first = what, now, now, done
            self._bar.reset(self._task, total=total, completed=done, description=what)
        self._bar.update(self._task, completed=done, total=total)
        if not self._console.is_terminal and now - self._told >= EVERY:
            self._told = now
            left = (now - self._begun) / max(1, done - self._first) * (total - done)
            LOG.info("%s: %s of %s, about %.0f s left", what, f"{done:,}", f"{total:,}", left)
