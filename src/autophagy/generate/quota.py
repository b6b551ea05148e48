"""A quota: the most rows that are kept for each value of a column, as people write it."""

import re
from dataclasses import dataclass
from typing import Self

from ..core.errors import UsageError

# "topic=100", "topic=5/1000words"
WRITTEN = re.compile(r"\s*([^=\s](?:[^=]*[^=\s])?)\s*=\s*(\d{1,9})\s*(/\s*1,?000\s*words)?\s*", re.IGNORECASE)
NAMES = {"source": "document"}  # of a passage; the source of a row is its writer, of which a run has one
SIZED = ("document", "root")  # columns whose values are texts that were there before


@dataclass(frozen=True)
class Quota:
    """At most `most` kept rows for each value of a column, or for each 1,000 words of what the value names."""

    column: str
    most: int
    by_words: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "recipe=50" or "document=5/1000words"; raises UsageError for anything else."""
        found = WRITTEN.fullmatch(text)
        if not found or not int(found[2]):
            raise UsageError(f"--quota {text} cannot be read: write COLUMN=N, as recipe=50 or document=5/1000words.")
        column = NAMES.get(found[1], found[1])
        if found[3] and column not in SIZED:
            raise UsageError(
                f"--quota {text} counts words and {column} has none: only {' and '.join(SIZED)} can have N/1000words."
            )
        return cls(column, int(found[2]), bool(found[3]))

    def __str__(self) -> str:
        return f"{self.most:,}{' for each 1,000 words' if self.by_words else ''}"
