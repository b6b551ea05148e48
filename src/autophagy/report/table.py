"""Tables as plain values: cells, rows under headings, a caption. `kit.html` makes them visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

# What stands in a line of text: a text, one of the values below, one of a verb's own, or several of these in a row.
Inline = Any


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
    """A label behind its colour, or behind a mark of the style sheet such as `real` or `level`."""

    label: str
    colour: str = ""
    mark: str = ""
    kind: ClassVar[str] = "swatch"


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
