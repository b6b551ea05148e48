"""Multiple choice: by the log-probabilities of the choices where there are any, else by the choice that is named."""

import math
from collections.abc import Sequence

import numpy as np

from ..core.decorators import grader
from ..core.questions import Answer, Question


@grader("choice", title="Right choice", headline=False, about="choices", decides=True)
def choice(question: Question, answer: Answer) -> float:
    """Whether the option that the answer takes is an accepted one, in multiple-choice questions.

    0 where none is taken, NaN without choices or answers. Of choices that are equally likely each counts as its share.
    """
    if not (question.choices and question.answers):
        return math.nan
    taken = likeliest(answer.scores) if len(answer.scores) == len(question.choices) else ()
    if not taken:
        from .said.named import named_choice  # its patterns take a tenth of a second to compile

        named = named_choice(answer.text, question.choices)
        taken = () if named is None else (named,)
    return float(np.mean([question.choices[place] in question.answers for place in taken])) if taken else 0.0


def likeliest(scores: Sequence[float]) -> tuple[int, ...]:
    """The places of the highest score, all of those that tie; none where a score is unknown."""
    if any(math.isnan(score) for score in scores):
        return ()
    return tuple(place for place, score in enumerate(scores) if score == max(scores))
