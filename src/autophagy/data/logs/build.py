"""Building: the rows of files -> one Log, with what was set aside and why."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ...core.errors import DataError
from ...core.logged import Log, Logged, Task
from ..readers.notes import clip
from ..readers.records import Record
from .guess import guessed

REASON = 160  # characters of why a row is none


class NotRead(ValueError):
    """Why a row holds no recorded answer."""


@dataclass(frozen=True, slots=True)
class LogFile:
    """The rows of a file, None where one cannot be read; `places` count them from 1, `name` is what a note calls it."""

    name: str
    rows: Sequence[Record | None]
    places: Sequence[int]
    notes: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """The name without folder and endings."""
        return Path(self.name).name.partition(".")[0]


@dataclass
class LogBuilder:
    """Recorded answers with their tasks, as they are read; of several answers under one name the first is kept."""

    tasks: dict[str, Task] = field(default_factory=dict)
    rows: list[Logged] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    repeated: Counter[str] = field(default_factory=Counter)
    _names: set[tuple[str, str, str, int]] = field(default_factory=set)

    def put(self, row: Logged) -> None:
        """Add an answer, unless one to the same question by the same model and with the same number is there."""
        name = (row.task, row.question.id, row.model, row.sample)
        if name in self._names:
            self.repeated[row.task] += 1
            return
        self._names.add(name)
        self.rows.append(row)

    def read(self, file: LogFile, of_row: Callable[[Record], Iterable[Logged]]) -> None:
        """Add the answers of all rows of a file; a row of which NotRead is raised is counted."""
        self.notes += file.notes
        for place, row in zip(file.places, file.rows, strict=True):
            try:
                if row is None:
                    raise NotRead("it is no record")
                for found in of_row(row):
                    self.put(found)
            except NotRead as why:
                self.unread.append(f"row {place} of {file.name}: {clip(str(why), REASON)}")

    def guess(self, given: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> None:
        """Find a rule for every task that has none, unless it is `given`, and tell of it."""
        by_task: dict[str, list[Logged]] = {}
        for row in self.rows:
            by_task.setdefault(row.task, []).append(row)
        for name, rows in by_task.items():
            if name not in self.tasks:
                self.tasks[name], told = guessed(name, rows, given.get(name))
                self.notes += filter(None, [told])

    def log(self, where: str) -> Log:
        """The Log of all that was read; raises DataError where nothing was."""
        if not self.rows:
            shown = f" ({self.unread[0]})" if self.unread else ""
            raise DataError(f"{where} holds no recorded answer{shown}: give rows with a prompt and an answer.")
        used = {row.task for row in self.rows}
        tasks = {name: task for name, task in self.tasks.items() if name in used}
        return Log(tasks, self.rows, len(self.unread), (*dict.fromkeys(self.notes), *self._told()))

    def _told(self) -> list[str]:
        told = []
        if self.unread:
            many = f"{len(self.unread):,} of {len(self.unread) + len(self.rows):,} rows could not be read"
            told.append(f"{many}; the first is {self.unread[0]}.")
        for task, times in self.repeated.items():
            what = "answer has" if times == 1 else "answers have"
            told.append(f"{task}: {times:,} {what} the question, model and number of another; the first counts.")
        return told


def joined(logs: Mapping[str, Log]) -> Log:
    """Several logs, by where each was read, as one; raises DataError where two mark a task of one name otherwise."""
    tasks: dict[str, Task] = {}
    for where, log in logs.items():
        for name, task in log.tasks.items():
            if tasks.setdefault(name, task) != task:
                raise DataError(f"{where} marks task {name!r} by other rules than another file: compare each alone.")
    whole = LogBuilder(tasks)
    for log in logs.values():
        whole.notes += log.notes
        for row in log.rows:
            whole.put(row)
    found = whole.log(", ".join(logs))
    return Log(found.tasks, found.rows, sum(log.unreadable for log in logs.values()), found.notes)
