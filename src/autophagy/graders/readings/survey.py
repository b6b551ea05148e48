"""Survey: the option that an answer takes, by the rule that LLMDrift published."""

import re

from ...core.decorators import reading
from ...core.questions import Answer, Question
from ...text.unseen import visible
from .letter import letter

OPTION = re.compile(r"\(([A-Za-z])\)")  # "(A)", by LLMDrift's own pattern
REFUSED = re.compile(r"\([A-Za-z]\)\. Refused")  # the option that stands for no answer


@reading("survey")
def survey(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    """The first letter in round brackets, none where an option is written as "(E). Refused".

    Leniently, what `letter` reads leniently where no letter is in brackets. As published, an answer that names several
    options is read as the first of them, and "(E) Refused" without the full stop as E.

    Ref: Chen, Zaharia and Zou (2023), `answer_survey_mc_score` and `format_mc` of lchen001/LLMDrift.
    """
    text = visible(answer.text)
    if REFUSED.search(text):
        return None
    found = OPTION.search(text)
    if found:
        return found[1].upper()
    return letter(question, answer, lenient=True) if lenient else None
