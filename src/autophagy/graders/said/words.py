"""Words that many rules share: copulas, and, or, and those with which a clause turns."""

COPULAS = frozenset({"is", "was", "are", "were", "isnt", "wasnt", "arent", "werent", "be", "would"})
AND = frozenset({"and", "und", "et", "y", "e"})
OR = frozenset({"or", "nor", "oder", "ou", "o", "或", "还"})
_TURNS = "but however although though whereas while yet because since sondern mais sino pero"
TURNS = frozenset(_TURNS.split())
