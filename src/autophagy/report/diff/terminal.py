"""Two runs side by side in the terminal."""

from rich.table import Table
from rich.text import Text

from ...diff.compared import Compared
from ...diff.result import DiffResult
from ...diff.settings import Differing
from ..console import harmless, open_console
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
        console.print(_figures(list(found.comparable.figures)))
    for sentence in found.comparable.alone:
        console.print(Text(harmless(f"Not compared: {sentence}.")))


def _differing(rows: list[Differing]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("differs in", "A", "B"):
        table.add_column(name)
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in (row.what, row.a, row.b)))
    return table


def _figures(rows: list[Compared]) -> Table:
    table = Table(box=None, pad_edge=False)
    places = list(dict.fromkeys(name for row in rows for name in row.where))
    for name in (*places, "figure"):
        table.add_column(name)
    for name in ("A", "B", "B - A", "p", ""):
        table.add_column(name, justify="right" if name else "left")
    for row in rows:
        cells = [str(row.where.get(name, "")) for name in places]
        cells += [row.title, str(row.a), str(row.b), str(row.difference), chance(row.adjusted), says(row)]
        table.add_row(*(Text(harmless(cell)) for cell in cells))
    return table
