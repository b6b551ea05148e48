"""Yes or no: a bare word or one in square brackets, by the rule that LLMDrift published."""

import re

from ...core.decorators import reading
from ...core.questions import Answer, Question
from ...text.unseen import visible
from .loose import loose

NAMED = {name: re.compile(rf"(?:^|[\s,.\[]){name}(?=$|[\s,.\]])", re.IGNORECASE) for name in ("yes", "no")}
LAST = re.compile(r"(?<!\w)(yes|no)(?!\w)", re.IGNORECASE)


@reading("yes_no")
def yes_no(question: Question, answer: Answer, *, lenient: bool = False) -> str | None:
    """Yes where the word stands anywhere in the answer, bare or as [Yes], else no where that does.

    Blanks, commas, full stops and square brackets part words, so that **yes** or "yes" is none; leniently, the last
    yes or no with any other sign around it is read where there is none. An answer with both is a yes, as published; one
    that was cut at its length is none.

    Ref: Chen, Zaharia and Zou (2023), `format_answer_yesno` of lchen001/LLMDrift.
    """
    if answer.cut:
        return None
    for name, pattern in NAMED.items():
        if pattern.search(visible(answer.text)):
            return name
    found = LAST.findall(loose(answer)) if lenient else []
    return found[-1].casefold() if found else None
