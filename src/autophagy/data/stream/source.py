"""A source of rows: a file, and what is known of it before it is read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A file: its path, the name it is shown by, its format, its bytes and when it was last written (nanoseconds)."""

    path: Path
    name: str
    format: str
    size: int
    written: int
