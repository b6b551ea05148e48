"""Abstention: whether a text says that it has no answer."""

from collections.abc import Sequence

from ..core.decorators import grader
from ..core.questions import Answer, Question
from ..text.unseen import visible


@grader("abstained", title="Abstains where it should", headline=False, about="unanswerable")
def abstained(question: Question, answer: Answer) -> float:
    """Whether the answer says that it is not known, or not in the documents."""
    return float(abstains(answer.text, question.answers))


def stated(question: Question, answer: Answer) -> str:
    """The text of an answer without characters of no width, empty where it abstains."""
    text = visible(answer.text)
    return "" if abstains(text, question.answers) else text


def abstains(text: str, answers: Sequence[str] = ()) -> bool:
    """Whether the text says that the answer is not known, not in the documents, or will not be given.

    A text that then turns to an answer all the same ("I do not know, but ...") does not abstain, and neither does one
    that is an accepted answer, or is measured by one such as "unknown". A text that says nothing does not abstain: it
    is no answer, and right nowhere.
    """
    from .said.equal import equal  # its patterns take a tenth of a second to compile
    from .said.refusal import refuses

    return refuses(text) and not any(equal(gold, text) or refuses(gold) for gold in answers)
