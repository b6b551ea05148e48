"""Faults: what of a file could not be read, why, and where the first of each kind stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..readers.notes import clip

Fact = dict[str, Any]


@dataclass
class Faults:
    """Counts what was set aside and keeps what is to be told.

    `broken` says why the file could not be read to its end, where it could not. `lacking` are the columns that there
    are where the one that was asked for is not among them.
    """

    reasons: dict[str, Fact] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)  # a sentence -> how many texts it is true of, 0 of the file
    broken: str = ""
    lacking: list[str] | None = None

    @property
    def count(self) -> int:
        """The rows that were set aside."""
        return sum(fact["count"] for fact in self.reasons.values())

    def add(self, reason: str, row: int, example: object = "", count: int = 1) -> None:
        """Set a row aside, or several from there on; the first of its kind is shown."""
        shown = example.decode(errors="replace") if isinstance(example, bytes) else str(example)
        fact = self.reasons.setdefault(reason, {"reason": reason, "count": 0, "row": row, "example": clip(shown[:400])})
        fact["count"] += count

    def tell(self, sentence: str, count: int = 0) -> None:
        """Keep a sentence about the file, or about so many of its texts."""
        self.notes[sentence] = self.notes.get(sentence, 0) + count


def in_row(reason: Mapping[str, Any]) -> str:
    """What follows the file of a reason, such as " row 7"; nothing where it is of the whole file."""
    return f" row {reason['row']:,}" if reason["row"] else ""
