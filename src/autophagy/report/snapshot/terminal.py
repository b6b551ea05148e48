"""A snapshot in the terminal: each task with its figures, and the verdict."""

from typing import Any

from rich.table import Table
from rich.text import Text

from ...drift.snapshot.result import SnapshotResult
from ..console import harmless, open_console
from ..fitting import upright
from .words import number, same, share

HEADS = ("prompts", "answers", "right", "in any format", "unread", "identical", "characters", "tokens", "seconds")


def print_snapshot(result: SnapshotResult) -> None:
    """What was recorded, and what it comes to."""
    console = open_console()
    if result.document["tasks"]:
        console.print(upright(console, _table(result.document["tasks"])))
        console.print()
    for sentence in result.verdict:
        console.print(Text(harmless(f"- {sentence}")))


def _table(tasks: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("task")
    for head in HEADS:
        table.add_column(head, justify="right", no_wrap=True)
    for task in tasks:
        cells = (
            task["task"],
            f"{task['prompts']:,}",
            f"{task['answers']:,}",
            share(task["strict"]),
            share(task["lenient"]),
            f"{task['unreadable']['strict']:,}",
            same(task),
            number(task["characters"]),
            number(task["tokens_out"]),
            number(task["seconds"]["median"], "{:.2f}"),
        )
        table.add_row(*(Text(harmless(cell)) for cell in cells))
    return table
