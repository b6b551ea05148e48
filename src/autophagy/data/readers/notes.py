"""What a reader tells of what it set aside: how many of how many, why, and the first as it stands in the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

LONGEST = 60  # characters of an example


@dataclass
class Aside:
    """Things of one kind that were set aside for `why`, a noun; `unit` is what their places are counted in."""

    why: str
    unit: str = "row"
    places: list[int | str] = field(default_factory=list)
    example: str = ""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.places)

    @property
    def place(self) -> int | str:
        """Where the first of them stands."""
        return self.places[0] if self.places else 0

    def add(self, place: int | str, example: object = "") -> None:
        """Count one; the first is kept as the example."""
        if not self.places:
            self.example = str(example)
        self.places.append(place)

    def note(self, total: int, what: str = "rows") -> str:
        """One sentence; empty where nothing was set aside."""
        if not self.count:
            return ""
        verb = "was" if self.count == 1 else "were"
        shown = f", the first in {self.unit} {self.place}" if self.place else ""
        shown += f": {clip(self.example)}" if shown and self.example else ""
        return f"{self.count:,} of {total:,} {what} {verb} set aside for {self.why}{shown}."


def clip(text: str, longest: int = LONGEST) -> str:
    """The text on one line, cut where it is long."""
    line = "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))  # steers no terminal
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def listed(names: Sequence[str], most: int = 20) -> str:
    """Names in a sentence, the first of them where there are many."""
    return ", ".join(clip(name) or "(no name)" for name in names[:most]) + (
        f" and {len(names) - most:,} more" if len(names) > most else ""
    )
