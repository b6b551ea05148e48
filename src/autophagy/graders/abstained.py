"""Abstention: whether a text says that it has no answer."""

import re
from collections.abc import Sequence

from ..core.decorators import grader
from ..core.questions import Answer, Question
from ..text.normalised import exact_match

SOURCE = r"(?:documents?|passages?|context|texts?|sources?|articles?|paragraphs?|excerpts?)"
PHRASES = re.compile(
    rf"""(?:(?:sorry|unfortunately|(?:i'm|i\ am)\ (?:sorry|afraid))\W+ | based\ on\ [^.,]*,\s* | (?:the\ )?answer:\s*)?
    (?:
        (?:(?:it|this|that|the\ answer|the\ information)\ (?:is|was)\ )?
            (?: not\ (?:\w+\ ){{0,3}}(?:in|by|from)\ (?:the|these|any|your)\ (?:\w+\ )?{SOURCE}\b
              | (?:unknown|unanswerable|n/a|not\ (?:known|given|stated|specified|mentioned))$ )
      | (?:there\ is\ )?(?:no\ answer|(?:no|not\ enough|insufficient)\ information)\b
      | (?:i|we)\ (?:do\ not|don't|cannot|can't|could\ not|couldn't)\ (?:really\ )?
            (?:know|tell|say|find|answer|determine)\b
      | (?:i'm|i\ am|we\ are)\ (?:not\ sure|unable\ to\ (?:answer|find|determine|tell))\b
      | (?:the|these|your)\ (?:\w+\ )?{SOURCE}\ (?:do\ not|don't|does\ not|doesn't|did\ not|didn't|\w+\ no)\b
      | none\ of\ (?:the|these)\ (?:\w+\ )?{SOURCE}\b
      | (?:(?:it|this|that|the\ question|the\ answer)\ )?
            (?:cannot|can't|could\ not)\ be\ (?:answered|determined|found)\b
    )""",
    re.VERBOSE,
)
TURN = re.compile(r"\b(?:but|however|although|though|nevertheless|nonetheless|that said)\b")


@grader("abstained", title="Abstains where it should", headline=False, about="unanswerable")
def abstained(question: Question, answer: Answer) -> float:
    """Whether the answer says that it is not known, or not in the documents."""
    return float(abstains(answer.text, question.answers))


def stated(question: Question, answer: Answer) -> str:
    """The text of an answer, empty where it abstains."""
    return "" if abstains(answer.text, question.answers) else answer.text


def abstains(text: str, answers: Sequence[str] = ()) -> bool:
    """Whether the text is empty, or begins by saying that the answer is not known or not in the documents.

    A text that then turns to an answer all the same ("I do not know, but ...") does not abstain, and neither does one
    that is an accepted answer by exact match.
    """
    words = " ".join(text.lower().replace("’", "'").split()).strip(" \"'*_`.")
    if not words:
        return True
    if answers and exact_match(text, answers):
        return False
    return bool(PHRASES.match(words)) and not TURN.search(words)
