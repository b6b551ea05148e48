"""Findings of curators as a table of the terminal, for audit and curate."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from ..text.percent import percent

EXAMPLE = 60  # characters of what was said of an example


def findings_table(document: Mapping[str, Any]) -> Table:
    """Each finding with its rows, its share of all rows, and its first example."""
    table = Table(title=None, box=None, pad_edge=False)
    table.add_column("finding")
    table.add_column("rows", justify="right", no_wrap=True)
    table.add_column("share", justify="right", no_wrap=True)
    table.add_column("for example", overflow="fold")
    for finding in document["findings"]:
        example = Text(_example(finding["examples"]))
        table.add_row(Text(finding["curator"]), f"{finding['count']:,}", percent(finding["share"], 2), example)
    return table


def _example(examples: list[dict[str, Any]]) -> str:
    """The place of the first example, what was said of it, and the row that it repeats."""
    if not examples:
        return ""
    first = examples[0]
    partner = first.get("partner")
    of = f" of {partner['file']} row {partner['row']}" if partner else ""
    said = str(first["reason"])
    said = said if len(said) <= EXAMPLE else f"{said[: EXAMPLE - 1]}…"
    return f"{first['file']} row {first['row']}{': ' if said or of else ''}{said}{of}"
