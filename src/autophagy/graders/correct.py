"""What is right where nothing else decides it: the choice, else exact match, else the abstention."""

import math

from ..core.decorators import grader
from ..core.questions import Answer, Question
from .choice import choice
from .exact import exact


@grader("correct", title="Right", headline=False, decides=True)
def correct(question: Question, answer: Answer) -> float:
    """Whether the answer is right: the right option in a multiple-choice question, an exact match in any other.

    On a question that the documents do not answer, an abstention is right.
    """
    chosen = choice(question, answer)
    return exact(question, answer) if math.isnan(chosen) else chosen
