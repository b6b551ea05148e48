"""How an answer is marked, for the tests that give a gold and what was said."""

from autophagy.core.questions import Answer, Question
from autophagy.graders.correct import correct


def mark(golds, said, question="What is it?", choices=()):
    """1 where what was said is right by one of the golds, 0 where it is wrong, NaN where that is unknown."""
    golds = (golds,) if isinstance(golds, str) else golds
    return correct(Question("q", question, golds, choices=choices), Answer("q", said))
