"""Refusal: whether an answer declines, which is what can be asked of prompts that have no right answer."""

import math

from ..core.decorators import grader
from ..core.questions import Answer, Question


@grader("refused", title="Declines to answer", headline=False, better="lower")
def refused(question: Question, answer: Answer) -> float:
    """Whether the answer declines: it will not or may not answer, has no opinion, or does not know.

    NaN where nothing was said. `abstained` is about what is not known alone.
    """
    from .said.declining import declines  # its patterns take a tenth of a second to compile

    return float(declines(answer.text)) if answer.text.strip() else math.nan
