"""Where tables and sentences are printed: as wide as the terminal, and on one line each where there is none."""

import os
import sys

from rich.console import Console

UNBROKEN = 10_000  # characters of a line in a file or a pipe, where a break would only hide what grep looks for


def open_console() -> Console:
    """A rich console on standard output; COLUMNS sets its width, as everywhere."""
    wide = not (sys.stdout.isatty() or os.environ.get("COLUMNS"))
    return Console(width=UNBROKEN) if wide else Console()


def harmless(text: str) -> str:
    """A text of a run without what steers a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)
