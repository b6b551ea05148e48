"""A comparison of answers in the terminal: each task before and after, and the verdict."""

import logging
from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ...drift.finding import found
from ...drift.result import DriftResult
from ..console import harmless, open_console
from ..fitting import upright
from .words import chance, moved, points, unread

LOG = logging.getLogger(__name__)


def tell(path: str, notes: Sequence[str]) -> None:
    """Say how a log was read."""
    for note in notes:
        LOG.info("autophagy: %s: %s", path, harmless(note))


def print_drift(result: DriftResult) -> None:
    """What changed, task by task, and what it comes to."""
    console = open_console()
    for old, new in result.pairs:
        console.print(Text(harmless(f"{old} -> {new}" if old != new else new), style="bold"))
        console.print(upright(console, _table(result.tasks_of(old, new))))
        console.print()
    for sentence in result.verdict:
        console.print(Text(harmless(f"- {sentence}")))


def _table(tasks: Sequence[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("task")
    for name in ("prompts", "right", "difference", "up/down", "p (Holm)", "in any format", "unread", "characters"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("found")
    for task in tasks:
        cells = (
            task["task"],
            f"{task['prompts']:,}",
            moved(task),
            points(task["difference"]),
            f"{task['up']:,}/{task['down']:,}",
            chance(task),
            moved(task["lenient"]),
            unread(task),
            " -> ".join("?" if size is None else f"{size:,.0f}" for size in task["verbosity"]),
            ", ".join(found(task)) or "no change",
        )
        table.add_row(*(Text(harmless(cell)) for cell in cells))
    return table
