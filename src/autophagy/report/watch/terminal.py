"""Daily looks in the terminal: where each stream stands, the latest looks, and the verdict."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ...drift.watch.verdict import verdict
from ...text.percent import percent
from ..console import harmless, open_console
from ..fitting import upright
from .words import moved

LATEST = 10  # looks that are shown


def print_looks(document: Mapping[str, Any]) -> None:
    """Where each stream stands, the latest looks, and what it comes to."""
    console = open_console()
    console.print(upright(console, _streams(document["streams"])))
    console.print()
    console.print(upright(console, _history(document["history"][-LATEST:])))
    console.print()
    for sentence in [*document["notes"], *verdict(document)]:
        console.print(Text(harmless(f"- {sentence}")))


def _streams(streams: Sequence[Mapping[str, Any]]) -> Table:
    heads = ("answers", "recorded", "now", "change in points", "since", "p (Holm)")
    table = _table(("task", "of"), heads)
    for stream in streams:
        cells = (
            f"{stream['answers']:,}",
            percent(stream["recorded"], 1),
            percent(stream["now"], 1),
            moved(stream["change"]),
            stream["since"] or "",
            f"{stream['p_holm']:.2g}",
        )
        _row(table, (stream["task"], stream["of"]), cells, "changed" if stream["changed"] else "no change")
    return table


def _history(looks: Sequence[Mapping[str, Any]]) -> Table:
    """The latest looks, each with the change of every stream as it stood then."""
    streams = [(task, kind) for task, kinds in looks[-1]["found"].items() for kind in kinds]
    table = _table(("look",), ("answers", *(" ".join(stream) for stream in streams)))
    for look in looks:
        found = [look["found"].get(task, {}).get(kind) for task, kind in streams]
        changes = [moved({"value": each["change"], **each}) if each else "" for each in found]
        _row(table, (look["date"],), (f"{look['answers']:,}", *changes), look["reason"])
    return table


def _table(lefts: Sequence[str], rights: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in lefts:
        table.add_column(name)
    for name in rights:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    return table


def _row(table: Table, lefts: Sequence[str], rights: Sequence[str], last: str) -> None:
    table.add_row(*(Text(harmless(cell)) for cell in (*lefts, *rights, last)))
