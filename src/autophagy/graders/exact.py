"""Exact match, by the rules of the SQuAD evaluation."""

import math

from ..core.decorators import grader
from ..core.questions import Answer, Question
from ..text.normalised import exact_match
from .abstained import stated


@grader("exact", title="Exact match", headline=False, decides=True)
def exact(question: Question, answer: Answer) -> float:
    """Whether the answer matches an accepted one, ignoring case, punctuation and articles.

    An abstention counts as the empty text. NaN where no answer but a rule says what is right.
    """
    return math.nan if question.ruled else exact_match(stated(question, answer), question.answers)
