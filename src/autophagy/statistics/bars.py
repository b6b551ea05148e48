"""Bars: how often each thing was said, with what could not be read as a bar of its own."""

from collections import Counter
from collections.abc import Iterable, Mapping

UNREADABLE = "unreadable"


def bars(readings: Iterable[str | None]) -> dict[str, int]:
    """How often each thing was read, the most frequent first, then by name; what could not be read comes last.

    What reads "unreadable" itself counts as unreadable.
    """
    counts = Counter(UNREADABLE if reading is None else reading for reading in readings)
    unreadable = counts.pop(UNREADABLE, 0)
    read = dict(sorted(counts.items(), key=lambda bar: (-bar[1], bar[0])))
    return read | ({UNREADABLE: unreadable} if unreadable else {})


def largest_share(counts: Mapping[str, int]) -> tuple[str, float]:
    """The bar that is highest and its share of all; ("", NaN) where there is none.

    A share near 1 is a constant answerer: right wherever its one answer is, which says nothing of what it can do.
    """
    if not counts:
        return "", float("nan")
    name = max(counts, key=lambda bar: counts[bar])
    return name, counts[name] / sum(counts.values())
