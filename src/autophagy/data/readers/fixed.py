"""Columns at fixed places, whose cells may hold blanks -> tabs between the cells.

A line of dashes below the names tells the places, as sqlcmd and astropy draw it, or else gaps that all lines share, as
in what kubectl and pandas print.
"""

import re
from collections.abc import Sequence

from .above import RULED
from .numbers import is_missing, number

DASHES = re.compile(r"\s*(?:-{2,}|={2,})(?:\s+(?:-{2,}|={2,}))+\s*")
WIDE = 2  # blanks of a gap between columns, where no dashes show them
FEWEST = 4  # lines of a table without dashes
NEARLY_ALL = 0.9  # of the lines
LONGEST = 2_000  # characters of a line
MARKS = ",;|"  # what else may part cells

Places = tuple[int, list[int]]  # the line of the names, and where each column begins


def fixed_cells(text: str) -> str:
    """The text with tabs between its cells, one line for each of its own; empty where it is no such table."""
    lines = text.rstrip("\n").split("\n")
    if "\t" in text or max(map(len, lines)) > LONGEST:
        return ""
    found = _ruled(lines) or _gaps(lines)
    if not found:
        return ""
    names, starts = found
    return "\n".join(
        line if place < names else "" if DASHES.fullmatch(line) else "\t".join(_cut(line, starts))
        for place, line in enumerate(lines)
    )


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line; as it stands where words go over a gap, as in a count of the rows below the table."""
    if len(line) <= starts[1] or not _fits(line, starts):
        return [line.strip()]
    return [line[a:b].strip() for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]


def _ruled(lines: Sequence[str]) -> Places | None:
    """The places that a line of dashes tells; None where there is none, or cells go over its gaps."""
    drawn = next((place for place, line in enumerate(lines[:RULED]) if DASHES.fullmatch(line)), 0)
    if not drawn:
        return None
    starts = [found.start() for found in re.finditer(r"\S+", lines[drawn])]
    body = [_fits(line, starts) for line in lines[drawn - 1 :] if len(line) > starts[1]]
    return (drawn - 1, starts) if len(body) > FEWEST and sum(body) >= NEARLY_ALL * len(body) else None


def _fits(line: str, starts: Sequence[int]) -> bool:
    return all(line[start - 1 : start] in ("", " ") for start in starts[1:])


def _gaps(lines: Sequence[str]) -> Places | None:
    """The places behind gaps that all lines share, where a whole column holds numbers below its name."""
    full = [line for line in lines if line.strip()]
    even = any(len({line.count(mark) for line in full}) == 1 and mark in full[0] for mark in MARKS)
    if len(full) < FEWEST or even or len({len(line.split()) for line in full}) == 1:
        return None
    width = max(map(len, full))
    inked = "".join("x" if any(line[at : at + 1].strip() for line in full) else " " for at in range(width))
    starts = [0, *(found.end() for found in re.finditer(rf"(?<=x) {{{WIDE},}}(?=x)", inked))]
    if len(starts) < 2:
        return None
    first, *body = [_cut(line.ljust(width), starts) for line in full]
    return (0, starts) if all(first) and any(_are_numbers(column) for column in zip(*body, strict=True)) else None


def _are_numbers(column: Sequence[str]) -> bool:
    known = [cell for cell in column if not is_missing(cell)]
    return 2 * len(known) > len(column) and all(number(cell) == number(cell) for cell in known)
