"""Words that many rules share: copulas, and, or, pronouns, turns of a clause, and those without meaning."""

COPULAS = frozenset({"is", "was", "are", "were", "isnt", "wasnt", "arent", "werent", "be", "would"})
AND = frozenset({"and", "und", "et", "y", "e"})
OR = frozenset({"or", "nor", "oder", "ou", "o", "或", "还"})
_TURNS = "but however although though whereas while yet because since sondern mais sino pero"
TURNS = frozenset(_TURNS.split())
# words that carry no meaning of their own
STOP = """
a about above after again all also although an and any are around as at be because been being both but by can could did
do does done during each either for from further had has have having he her here hers him his how i if in into is it its
itself just like many may me might more most much my no nor not of off often on once one only or other our out over own
quite rather s same she should since so some such than that the their them then there these they this those through to
too under until up upon us use very was we well were what when where which while who whom whose why will with within
without would yes you your indeed certainly absolutely known thus hence however must shall need needs ought
"""
STOPPED = frozenset(STOP.split())
PRONOUNS = frozenset({"it", "he", "she", "they", "this", "that", "both", "neither", "these", "those", "i", "you", "we"})
