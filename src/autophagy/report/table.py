"""Tables as plain values: cells, rows under headings, a caption. `kit.html` makes them visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ..charts.chart import Style
from ..charts.colours import BROKEN, COLOURS

# What stands in a line of text: a text, one of the values below, one of a verb's own, or several of these in a row.
Inline = Any

SHAPES = (  # the markers of charts.colours, in their order
    "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
    "M1.5 1.5h9v9h-9z",
    "M6 .5L11.5 6L6 11.5L.5 6z",
    "M6 1L11.5 11H.5z",
    "M6 11L.5 1h11z",
    "M3 1L6 4L9 1L11 3L8 6L11 9L9 11L6 8L3 11L1 9L4 6L1 3z",
    "M4 1h4v3h3v4h-3v3h-4v-3h-3v-4h3z",
    "M6 .5l1.5 3.9l4.2 .2l-3.3 2.6l1.1 4L6 8.9l-3.5 2.3l1.1-4L.3 4.6l4.2-.2z",
)


@dataclass(frozen=True)
class Cell:
    """A figure or a name, and smaller words behind it; `quiet` where it says that nothing is known."""

    text: str
    small: str = ""
    bold: bool = False
    quiet: bool = False
    kind: ClassVar[str] = "cell"


@dataclass(frozen=True)
class Swatch:
    """A label behind its colour, or behind a mark of the style sheet such as `real` or `level`.

    A line whose `style` is not whole, and which so has no marker in charts, is shown as it is drawn.
    """

    label: str
    colour: str = ""
    mark: str = ""
    style: Style = "line"
    kind: ClassVar[str] = "swatch"

    @property
    def shape(self) -> str:
        """The marker that the colour has in charts, as a path of 12 by 12; a square for any other colour."""
        return SHAPES[COLOURS.index(self.colour) % len(SHAPES)] if self.colour in COLOURS else SHAPES[1]

    @property
    def dashes(self) -> str:
        """The ink and the gaps of a broken line; nothing of a whole one."""
        return " ".join(f"{length:g}" for length in BROKEN.get(self.style, ()))


@dataclass(frozen=True)
class Stack:
    """Several values below each other in one cell."""

    parts: Sequence[Inline]
    kind: ClassVar[str] = "stack"


@dataclass(frozen=True)
class Sign:
    """A character that cannot be seen, by its code."""

    text: str
    kind: ClassVar[str] = "sign"


@dataclass(frozen=True)
class Code:
    """Words to type."""

    parts: Sequence[Inline]
    kind: ClassVar[str] = "code"


@dataclass(frozen=True)
class Phrase:
    """Several values in a row that stay together, whatever a narrow screen makes of the cell."""

    parts: Sequence[Inline]
    kind: ClassVar[str] = "phrase"


@dataclass(frozen=True)
class Group:
    """Rows of a table under one heading, "" for none; the first cell of each row is its own heading."""

    heading: Inline
    rows: Sequence[Sequence[Inline]]


@dataclass(frozen=True)
class GroupedTable:
    """A table that scrolls by itself where it is wide."""

    head: Sequence[str]
    groups: Sequence[Group]
    caption: str
    wraps: bool = False


def table(head: Sequence[str], rows: Sequence[Sequence[Inline]], caption: str, *, wraps: bool = False) -> GroupedTable:
    """A table without headings between its rows; its cells are lines, or `wraps` where they hold longer texts."""
    return GroupedTable(head, [Group("", rows)], caption, wraps)
