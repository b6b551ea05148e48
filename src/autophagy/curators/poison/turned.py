"""Orders to a model whose letters were turned by thirteen places (rot13), which readers pass over and models read."""

import codecs
from collections.abc import Sequence

from ...core.samples import Array
from ...text.column import column
from ...text.gate import rows_with
from ..found import Place
from .instructions import instructions

# you, your, instruct, above, previous and the, turned: orders hold one, and texts that were not turned hardly ever do
GATE = r"lbh|Lbh|LBH|vafgehp|Vafgehp|VAFGEHP|nobir|NOBIR|cerivbh|CERIVBH|\b(?:gur|Gur|GUR)\b"


def turned(texts: Array | Sequence[str]) -> dict[int, list[Place]]:
    """By the number of a text the orders to a model in it that rot13 hides, where they stand."""
    passed = rows_with(column(texts), GATE)
    plain = [codecs.decode(str(texts[row]), "rot13") for row in passed]
    return {
        passed[number]: [Place(place.start, place.end, f"rot13 that spells {place.words}") for place in places]
        for number, places in (instructions(plain) if plain else {}).items()
    }
