"""Lines: a carriage return alone ends one, unless it stands within a cell, as a cell that was typed may hold it."""

from collections import Counter

MARKS = ",;\t|"  # what may part cells


def lines_of(text: str) -> tuple[list[str], int]:
    """The lines of a text, and how many carriage returns within cells became blanks.

    One stands within a cell where the line has as many marks as most lines have, and its parts have not.
    """
    whole = text.replace("\r\n", "\n").split("\n")
    if not any("\r" in line for line in whole):
        return whole, 0
    shapes = Counter(_shape(line) for line in whole if line and "\r" not in line)
    usual = shapes.most_common(1)[0][0] if shapes else ()
    lines: list[str] = []
    joined = 0
    for line in whole:
        parts = line.split("\r")
        within = len(parts) > 1 and any(usual) and _shape(line) == usual
        lines += [" ".join(parts)] if within else parts
        joined += len(parts) - 1 if within else 0
    return lines, joined


def _shape(line: str) -> tuple[int, ...]:
    return tuple(line.count(mark) for mark in MARKS)
