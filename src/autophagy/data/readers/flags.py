"""Marks behind single numbers, such as `12.3 e` or `4.5*`: what an office says of a figure, and no unit of it."""

import re
from collections.abc import Sequence

from ...core.samples import Array

LOOK = 1_000  # cells that are no numbers, among which one with a mark must be
# the letters of Eurostat, one or two behind a blank (estimated, provisional, a break ...), and stars of a footnote, or
# its number in brackets, as encyclopedias have it
FLAGGED = re.compile(r"(.*\d|:)(?:\s+[bcdefinprsuz]{1,2}|\s?\*{1,3}|\s?[†‡]|(?:\s?\[[a-zA-Z]{0,5} ?\d{0,3}\])+)")


def unflagged(cell: str) -> str:
    """A cell without the marks behind its number."""
    found = FLAGGED.fullmatch(cell)
    return str(found[1]) if found else cell


def without_flags(cells: Sequence[object], known: Array) -> tuple[list[object], str] | None:
    """The cells without their marks, and the first with one; None where none has, or none is a number without one.

    `known` (n,) are numbers already. Where every cell has letters, they are units, perhaps several.
    """
    if not known.any():
        return None
    odd = [place for place in (~known).nonzero()[0].tolist() if isinstance(cells[place], str)]
    if not any(FLAGGED.fullmatch(str(cells[place]).strip()) for place in odd[:LOOK]):
        return None
    bare, first = list(cells), ""
    for place in odd:
        if found := FLAGGED.fullmatch(str(cells[place]).strip()):
            bare[place] = found[1]
            first = first or str(cells[place])
    return bare, first
