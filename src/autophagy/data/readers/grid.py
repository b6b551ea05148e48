"""The rows of a delimited text and how its cells are parted."""

from collections import Counter
from dataclasses import dataclass, field

from .notes import Aside

LINES = 100  # that the layout is found from


@dataclass(frozen=True)
class Dialect:
    """How cells are parted; an empty delimiter means one column, a blank any run of blanks.

    A mark of two characters is `doubled`, for which the delimiter stands in; blanks before a cell are part of it where
    the text is `exact`.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    doubled: str = ""
    exact: bool = False


@dataclass
class Grid:
    """The rows, the line of the file that each begins at, and what was set aside or passed over on the way."""

    dialect: Dialect
    rows: list[list[str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of cells that most rows have."""
        return Counter(map(len, self.rows[:LINES])).most_common(1)[0][0] if self.rows else 0
