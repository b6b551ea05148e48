"""Yes or no: what a text says to a question that asks for it."""

import re

from ...text.values.forms import one_form
from .conclusion import last_word, not_taken_back, stated, without_wrapping
from .echoed import echoed

YES = frozenset({"yes", "true", "y", "yeah", "yep", "yup", "ja", "oui", "sí", "si", "sim", "да", "是", "はい"})
NO = frozenset({"no", "false", "n", "nope", "nah", "nein", "non", "não", "нет", "否", "いいえ"})
SAYS_YES = (
    r"yes|true|yeah|yep|yup|ja|oui|sí|correct|indeed|certainly|absolutely|definitely|of\ course|sim|是的?|はい|да|"
    r"affirmative"
)
SAYS_NO = (
    r"no|false|nope|nah|nein|non|não|incorrect|inaccurate|untrue|wrong|impossible|unlikely|by\ no\ means|never|"
    r"not\ (?:true|correct|right|accurate|possible|likely|at\ all|really|necessarily)|"
    r"(?:certainly|definitely|absolutely)\ not|"
    r"I\ (?:don't|do\ not)\ (?:think|believe)\ (?:so|it\ (?:is|does))|否|不是|いいえ|нет|negative"
)
OPENING = re.compile(
    rf"""\W{{0,20}}(?:(?:well|sure|based\ on[^.,]*|according\ to[^.,]*|so|then|therefore|thus),?\s+)?
    (?:(?:the|my|this|that|it|statement|claim|answer)\s+(?:\w+\s+)?(?:is|was|would\s+be|would\s+have\s+been)\s+|that's\s+|it's\s+|this\s+is\s+)?[\s"'*_(]{{0,20}}
    (?:(?P<no>{SAYS_NO})|(?P<yes>{SAYS_YES}))(?![\w'])
    (?!\s+(?:one|doubt|longer|matter|more|less|idea|information|evidence\s+(?:is|was))\b)""",
    re.VERBOSE | re.IGNORECASE,
)
# "yes and no", "it depends": neither
BOTH = re.compile(
    r"\W{0,20}(?:(?:yes|ja|oui|sí)\s*(?:and|or|/|und|oder|et|ou|y)\s*(?:no|nein|non)|it depends)\b", re.IGNORECASE
)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def polar(gold: str) -> bool | None:
    """True for a gold that says yes or true, False for no or false, None for any other."""
    word = one_form(gold).strip(" .!\"'").casefold()
    return True if word in YES else False if word in NO else None


def leaning(text: str) -> bool | None:
    """Whether a text opens with yes (True) or with no (False); None where it does neither, or both."""
    plain = one_form(text)
    if BOTH.match(plain):
        return None
    found = OPENING.match(plain)
    return None if not found else bool(found["yes"])


def decides(text: str, question: str) -> bool | None:
    """Whether a text answers yes or no: in so many words, or by saying or denying what was asked."""
    plain = not_taken_back(without_wrapping(text))
    said = stated(plain)
    for part in (said, plain, last_word(plain)):
        if part is not None and BOTH.match(one_form(part)):
            return None
        lean = leaning(part) if part else None
        if lean is not None:
            return None if part is plain and _turned(plain, lean) else lean
    return echoed(question, SENTENCE.split(one_form(plain).strip(), maxsplit=1)[0])


def _turned(text: str, lean: bool) -> bool:
    """Whether a text that opened one way closes the other way: that says nothing."""
    last = last_word(text)
    other = leaning(last) if last else None
    return other is not None and other != lean
