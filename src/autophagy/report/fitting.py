"""Tables that fit the terminal: a figure and its interval are never broken over lines."""

import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from .console import UNBROKEN


def fitting(console: Console, tables: Iterable[Table]) -> Table:
    """The first of the tables, which get narrower, that is no wider than the terminal; else the last."""
    endless = console.options.update(max_width=UNBROKEN)  # else a table is measured as if it fitted
    for table in tables:
        if Measurement.get(console, endless, table).maximum <= console.width:
            break
    return table


def add_figures(table: Table, head: str, cells: Sequence[str], *, folded: bool = False) -> None:
    """A column for these cells, which stand to the right and stay on one line each; a `folded` heading may take more.

    The cells are added with the rows.
    """
    width = max(map(len, [*cells, *head.split()]), default=1)
    table.add_column("\n".join(textwrap.wrap(head, width)) if folded else head, justify="right", no_wrap=True)
