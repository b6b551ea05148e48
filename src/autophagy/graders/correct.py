"""What is right where nothing else decides it: the choice, the answer as a person reads it, or the abstention."""

import math

from ..core.decorators import grader
from ..core.questions import Answer, Question
from .abstained import abstains
from .choice import choice
from .instructions import instructions


@grader("correct", title="Right", headline=False, decides=True)
def correct(question: Question, answer: Answer) -> float:
    """Whether the answer is right: it names the right option, or gives an accepted answer, alone or in a sentence.

    Numbers, units, dates and symbols are compared by what they mean. A sentence that denies the answer, or names it as
    one of several, is wrong. On a question that the documents do not answer, an abstention is right; on one with
    instructions and no answers, an answer that follows them all.
    """
    chosen = choice(question, answer)
    if not math.isnan(chosen):
        return chosen
    if question.ruled:
        return instructions(question, answer)
    if not question.answers:
        return float(abstains(answer.text))
    if abstains(answer.text, question.answers):
        return 0.0
    from .said.gives import gives  # its patterns take a tenth of a second to compile

    return float(gives(question.text, question.answers, answer.text))
