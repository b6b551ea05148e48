"""What a curator found in texts and the verdict that shows it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..core.plugin import Verdict

SHOWN = 3  # places that are told of in the details of a row
AROUND = 40  # characters before and after a place that are quoted


class Place(NamedTuple):
    """The characters from start to end of a text, and what is to be said of them."""

    start: int
    end: int
    words: str


def verdict_of(found: Mapping[int, Sequence[Place]], rows: int, reason: str) -> Verdict:
    """The verdict on a batch of so many rows, of which `found` maps some to the places where something stands.

    The score of a row is the number of its places, its span the first one, its details what is said of the first ones.
    """
    score, spans = np.zeros(rows), np.full((rows, 2), -1, np.int64)
    details = np.full(rows, "", dtype=np.dtypes.StringDType())
    for row, places in found.items():
        if places:
            score[row], spans[row], details[row] = len(places), places[0][:2], _told(places)
    return Verdict(score == 0, score, reason, details=details, spans=spans)


def _told(places: Sequence[Place]) -> str:
    words = list(dict.fromkeys(place.words for place in places))
    more = f"; and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return "; ".join(words[:SHOWN]) + more


def quoted(text: str, start: int, end: int, around: int = AROUND) -> str:
    """A place of a text with what stands around it, on one line."""
    before = "…" if start > around else ""
    after = "…" if end + around < len(text) else ""
    return before + " ".join(text[max(0, start - around) : end + around].split()) + after
