"""Two runs side by side in the terminal."""

from rich.table import Table
from rich.text import Text

from ...diff.compared import Compared
from ...diff.result import DiffResult
from ...diff.settings import Differing
from ...statistics.intervals import figure
from ..console import harmless, open_console
from ..fitting import add_figures, fitting, upright
from .words import chance, says


def print_diff(found: DiffResult) -> None:
    """The verdict, what differs in settings and surroundings, and the figures."""
    console = open_console()
    console.print(Text(harmless(f"A is {found.document()['a']}, B is {found.document()['b']}.")))
    console.print()
    for sentence in found.verdict:
        console.print(Text(harmless(f"- {sentence}")))
    if found.differing:
        console.print()
        console.print(_differing(list(found.differing)))
    if found.comparable.figures:
        console.print()
        figures = list(found.comparable.figures)
        table = fitting(console, (_figures(figures, narrow=narrow) for narrow in (False, True)))
        console.print(upright(console, table))
    for sentence in found.comparable.alone:
        console.print(Text(harmless(f"Not compared: {sentence}.")))


def _differing(rows: list[Differing]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("differs in", "A", "B"):
        table.add_column(name)
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in (row.what, row.a, row.b)))
    return table


def _figures(rows: list[Compared], *, narrow: bool) -> Table:
    """The figures of both runs and B - A with its interval; `narrow` leaves out the intervals of A and of B."""
    table = Table(box=None, pad_edge=False)
    places = list(dict.fromkeys(name for row in rows for name in row.where))
    for name in (*places, "figure"):
        table.add_column(name, no_wrap=name in places and not narrow)
    own = [figure(row.a.value) if narrow else str(row.a) for row in rows]
    other = [figure(row.b.value) if narrow else str(row.b) for row in rows]
    columns = {"A": own, "B": other, "B - A": [str(row.difference) for row in rows],
               "p": [chance(row.adjusted) for row in rows]}  # fmt: skip
    for head, cells in columns.items():
        add_figures(table, head, cells)
    table.add_column("", no_wrap=True)
    for row, *cells in zip(rows, *columns.values(), strict=True):
        words = [*(str(row.where.get(name, "")) for name in places), row.title, *cells, says(row)]
        table.add_row(*(Text(harmless(word)) for word in words))
    return table
