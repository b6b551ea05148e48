"""Exact match, by the rules of the SQuAD evaluation."""

from ..core.decorators import grader
from ..core.questions import Answer, Question
from ..text.normalised import exact_match
from .abstained import stated


@grader("exact", title="Exact match", headline=False, decides=True)
def exact(question: Question, answer: Answer) -> float:
    """Whether the answer is an accepted one but for case, punctuation and articles; an abstention is the empty text."""
    return exact_match(stated(question, answer), question.answers)
