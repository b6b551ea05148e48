"""How made rows begin: the first signs of a writer that repeats itself."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ...curators.pool import own_words
from ..checks import text_of
from ..made import MadeRow

WORDS, SHOWN = 3, 12  # of an opening, and how many openings a page has room for


def openings(made: Sequence[MadeRow]) -> list[dict[str, Any]]:
    """The commonest first three words, with how many rows begin so."""
    counts = Counter(" ".join(own_words(text_of(row.row))[:WORDS]).lower() for row in made)
    return [{"words": words, "rows": rows} for words, rows in counts.most_common(SHOWN)]
