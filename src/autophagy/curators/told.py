"""What is to be told of the files beside the rows: how those that curators read were read."""

from collections.abc import Iterable

from ..core.parts import Part
from ..core.registry import find


def told_of_files(parts: Iterable[Part]) -> list[str]:
    """A sentence for each thing that was guessed, passed over or set aside in the files that curators name."""
    notes: list[str] = []
    for part in parts:
        reads = getattr(find("curator", part.name).function, "reads", None)
        notes += reads(**part.settings) if reads else []
    return list(dict.fromkeys(notes))
