"""Token F1, by the rules of the SQuAD evaluation."""

import math
from collections import Counter
from collections.abc import Sequence

from ..core.decorators import grader
from ..core.questions import Answer, Question
from ..text.normalised import bare_answers, best, exact_match, normalised
from .abstained import stated


@grader("f1", title="Token F1", headline=False)
def f1(question: Question, answer: Answer) -> float:
    """The overlap of words (F1) between the answer and the accepted answer that fits best.

    An abstention has no words. NaN where no answer but a rule says what is right.
    """
    return math.nan if question.ruled else token_f1(stated(question, answer), question.answers)


def token_f1(text: str, answers: Sequence[str]) -> float:
    """The best F1 of the words shared with an accepted answer; without words on a side, 1 or 0 as both are empty.

    Ref: Rajpurkar et al. (2016), section 6.1.
    """
    if bare_answers(answers):
        return exact_match(text, answers)
    words = normalised(text).split()
    return best(answers, lambda gold: _overlap(words, normalised(gold).split()))


def _overlap(words: list[str], gold: list[str]) -> float:
    if not words or not gold:
        return float(words == gold)
    shared = (Counter(words) & Counter(gold)).total()
    return 2 * shared / (len(words) + len(gold))
