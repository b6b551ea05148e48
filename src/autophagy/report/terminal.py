"""What a person sees in the terminal: progress with time left, the table of a run, the list of plug-ins."""

import inspect
import sys
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from ..core.files import Line
from ..core.registry import KINDS, entries
from ..loop.record import Record
from ..loop.run import Step
from ..loop.verdict import verdict
from ..statistics.intervals import Score, summary

SHOWN = ("recall", "precision", "coverage", "frechet", "vendi", "lost_classes", "variance_ratio", "mean_error")


class Progress:
    """A bar over all generations, or rows of a map, with the time left; plain lines where there is no terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bar = Bar(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=self._console, transient=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._bar.start()
        self._task = self._bar.add_task("preparing", total=None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._console.is_terminal:
            self._bar.stop()

    def __call__(self, step: Step | None, total: int) -> None:
        """Told once before the first step how many are left, then of each step."""
        if step is None:
            self._bar.update(self._task, total=total, description="first generation")
        else:
            self._advance(f"{step.regime}, generation {step.generation}", total)

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
            rest = "" if left is None else f", about {left:.0f} s left"
            with suppress(BrokenPipeError):  # nobody watches: go on all the same
                print(f"{what} ({done:.0f} of {total}{rest})", file=sys.stderr)


def run_document(record: Record) -> dict[str, Any]:
    """A run as the command line's JSON has it."""
    lines, level = record.lines(), record.level()
    seconds = {(t["regime"], t["generation"]): sum(t["seconds"].values()) for t in record.timings()}
    seeds = len({line["seed"] for line in lines}) or 1
    told = ("regime", "seed", "generation", "mixture", "kept", "dropped", "scores", "unknown")
    return {
        "run": str(record.folder),
        "spec": record.spec().to_dict(),
        "generations": [
            {name: line[name] for name in told if name in line}
            | {"seconds": round(seconds.get((line["regime"], line["generation"]), 0.0) / seeds, 4)}
            for line in lines
        ],
        "summary": [
            {**row, "scores": {name: score.json() for name, score in row["scores"].items()}} for row in summary(lines)
        ],
        "level": level,
        "verdict": verdict(lines, level),
    }


def print_run(record: Record) -> None:
    """The first and the last generation of each regime, and the verdict."""
    lines = record.lines()
    console = Console()
    rows: list[dict[str, Any]] = summary(lines)
    names = [name for name in SHOWN if any(name in row["scores"] for row in rows)][:5]
    table = Table(title=None, box=None, pad_edge=False)
    table.add_column("regime")
    table.add_column("generation", justify="right")
    for name in names:
        table.add_column(name.replace("_", " "), justify="right")
    for regime in dict.fromkeys(row["regime"] for row in rows):
        own = [row for row in rows if row["regime"] == regime]
        for row in dict.fromkeys((0, len(own) - 1)):
            scores: dict[str, Score] = own[row]["scores"]
            cells = [str(scores[name]) if name in scores else "" for name in names]
            table.add_row(Text(regime), str(own[row]["generation"]), *map(Text, cells))
    console.print(table)
    console.print()
    for sentence in verdict(lines, record.level()):
        console.print(Text(f"- {sentence}"))
    unknown = {name: reason for line in lines for name, reason in line.get("unknown", {}).items()}
    for name, reason in unknown.items():
        console.print(Text(f"- {name.replace('_', ' ')} is unknown in places: {reason}"))
    console.print(Text(f"\nRun folder: {record.folder}"))


def list_document(kind: str | None) -> dict[str, list[Line]]:
    """Every plug-in by kind, with its caption and its settings."""
    kinds = [one for one in KINDS if kind in (None, f"{one}s")]
    return {
        f"{one}s": [
            {
                "name": entry.name,
                "caption": entry.caption,
                "settings": {k: _plain(v) for k, v in entry.settings.items()},
            }
            for entry in entries(one).values()
        ]
        for one in kinds
    }


def print_list(kind: str | None) -> None:
    """Every plug-in by kind, as tables."""
    console = Console()
    for kinds, rows in list_document(kind).items():
        if not rows:
            continue
        table = Table(
            title=kinds, title_justify="left", title_style="bold", box=None, pad_edge=False, show_header=False
        )
        for row in rows:
            settings = ", ".join(f"{name}={value}" for name, value in row["settings"].items())
            table.add_row(Text(row["name"]), Text(row["caption"]), Text(settings, style="dim"))
        console.print(table)
        console.print()


def _plain(value: Any) -> Any:
    if value is inspect.Parameter.empty:
        return "required"
    return value if isinstance(value, str | int | float | bool | None) else str(value)
