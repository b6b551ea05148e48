"""A list of runs in the terminal."""

import os
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ...runs.listing import ListedRun
from ...text.durations import unit_of
from ..console import harmless, open_console

SIZES = ("B", "kB", "MB", "GB", "TB")
COLUMNS = ("run", "verb", "data", "model", "state", "headline", "size", "age")
RIGHT = ("size", "age")


def print_runs(runs: Sequence[ListedRun]) -> None:
    """A line for each run."""
    table = Table(box=None, pad_edge=False)
    for heading in COLUMNS:
        table.add_column(heading, justify="right" if heading in RIGHT else "left", no_wrap=heading in RIGHT)
    for run in runs:
        words = (name(run.folder), run.verb, run.data, run.model, run.progress, run.figure)
        cells = (*words, size(run.size), age(run.age()))
        table.add_row(*(Text(harmless(cell)) for cell in cells))
    open_console().print(table)


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
