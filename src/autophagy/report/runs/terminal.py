"""A list of runs in the terminal."""

import os
from collections.abc import Sequence
from pathlib import Path

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ...runs.listing import ListedRun
from ...text.durations import unit_of
from ..console import harmless, open_console

SIZES = ("B", "kB", "MB", "GB", "TB")
COLUMNS = ("run", "verb", "data", "model", "state", "headline", "size", "age")
RIGHT = ("size", "age")
NARROW = 100  # letters of a line, below which the cells of a run do not stand beside each other


def print_runs(runs: Sequence[ListedRun]) -> None:
    """A line for each run; in a narrow terminal, which would cut or fold its cells, a line of its name and others."""
    console = open_console()
    lines = [[harmless(cell) for cell in _cells(run)] for run in runs]
    if console.width < NARROW:
        for folder, *cells, old in lines:
            told = ", ".join([*filter(None, cells), f"{old} ago"])
            console.print(Text(folder, style="bold"), Padding(Text(told), (0, 0, 0, 2)))
        return
    table = Table(box=None, pad_edge=False)
    for heading in COLUMNS:
        table.add_column(heading, justify="right" if heading in RIGHT else "left", no_wrap=heading in RIGHT)
    for line in lines:
        table.add_row(*map(Text, line))
    console.print(table)


def _cells(run: ListedRun) -> list[str]:
    words = [name(run.folder), run.verb, run.data, run.model, run.progress, run.figure]
    return [*words, size(run.size), age(run.age())]


def name(folder: Path) -> str:
    """A folder as it can be typed, with the bytes that are no text in view."""
    return os.fsencode(folder).decode("utf-8", "backslashreplace")


def size(count: int) -> str:
    """Bytes with three digits."""
    number, unit = float(count), 0
    while number >= 999.5 and unit < len(SIZES) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.3g} {SIZES[unit]}"


def age(seconds: float) -> str:
    """How long ago, in the largest whole unit."""
    step, unit = unit_of(seconds, smallest=1)
    return f"{seconds / step:.0f} {unit}"
