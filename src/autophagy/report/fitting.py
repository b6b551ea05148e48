"""Tables that fit the terminal: a figure and its interval are never broken over lines."""

import textwrap
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Column, Table

from .console import UNBROKEN

GAP = 2  # blanks between two columns


def fitting(console: Console, tables: Iterable[Table]) -> Table:
    """The first of the tables, which get narrower, that is no wider than the terminal; else the last."""
    endless = console.options.update(max_width=UNBROKEN)  # else a table is measured as if it fitted
    for table in tables:
        if Measurement.get(console, endless, table).maximum <= console.width:
            break
    return table


def upright(console: Console, table: Table) -> Table:
    """The table; where the terminal would cut its cells, a line for each cell behind the name of its column."""
    if sum(map(_least, table.columns)) + GAP * (len(table.columns) - 1) <= console.width:
        return table
    lines = Table(title=table.title, title_justify="left", box=None, pad_edge=False, show_header=False)
    lines.add_column(overflow="fold")
    lines.add_column(overflow="fold")
    for number, row in enumerate(zip(*(column.cells for column in table.columns), strict=True)):
        if number:
            lines.add_row()
        for column, cell in zip(table.columns, row, strict=True):
            lines.add_row(column.header, cell)
    return lines


def _least(column: Column) -> int:
    """The letters that a column needs so that none of its cells is cut."""
    texts = map(str, (column.header, *column.cells))
    return max(cell_len(part) for text in texts for part in ([text] if column.no_wrap else text.split() or [""]))


def add_figures(table: Table, head: str, cells: Sequence[str], *, folded: bool = False) -> None:
    """A column for these cells, which stand to the right and stay on one line each; a `folded` heading may take more.

    The cells are added with the rows.
    """
    width = max(map(len, [*cells, *head.split()]), default=1)
    table.add_column("\n".join(textwrap.wrap(head, width)) if folded else head, justify="right", no_wrap=True)
