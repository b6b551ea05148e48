"""Yes or no: what a text says to a question that asks for it."""

import re

from ...text.values.forms import one_form
from .conclusion import last_word, not_taken_back, stated, without_wrapping

YES = frozenset({"yes", "true", "y", "yeah", "yep", "yup", "ja", "oui", "sí", "si", "sim", "да", "是", "はい"})
NO = frozenset({"no", "false", "n", "nope", "nah", "nein", "non", "não", "нет", "否", "いいえ"})
SAYS_YES = (
    r"yes|true|yeah|yep|yup|ja|oui|sí|correct|indeed|certainly|absolutely|definitely|of\ course|sim|是的?|はい|да|"
    r"affirmative"
)
SAYS_NO = (
    r"no|false|nope|nah|nein|non|não|incorrect|not\ (?:true|correct|at\ all|really|necessarily)|by\ no\ means|"
    r"(?:certainly|definitely|absolutely)\ not|never|"
    r"I\ (?:don't|do\ not)\ (?:think|believe)\ (?:so|it\ (?:is|does))|否|不是|いいえ|нет|negative"
)
OPENING = re.compile(
    rf"""\W{{0,20}}(?:(?:well|sure|based\ on[^.,]*|according\ to[^.,]*|so|then|therefore|thus),?\s+)?
    (?:(?:the|my|this|that|it|statement|claim|answer)\s+(?:\w+\s+)?(?:is|was)\s+|that's\s+|it's\s+|this\s+is\s+)?[\s"'*_(]{{0,20}}
    (?:(?P<no>{SAYS_NO})|(?P<yes>{SAYS_YES}))(?![\w'])
    (?!\s+(?:one|doubt|longer|matter|more|less|idea|information|evidence\s+(?:is|was))\b)""",
    re.VERBOSE | re.IGNORECASE,
)
# "yes and no", "it depends": neither
BOTH = re.compile(
    r"\W{0,20}(?:(?:yes|ja|oui|sí)\s*(?:and|or|/|und|oder|et|ou|y)\s*(?:no|nein|non)|it depends)\b", re.IGNORECASE
)
NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|nobody|nothing|none|neither|nor|without|nicht|kein\w*|pas|jamais)\b|n't\b", re.IGNORECASE
)
# verbs that deny by themselves, unless the question asks for just that
DENYING = re.compile(
    r"\b(?:exclud|lack|prohibit|forbid|forbad|bann|refus|reject|den(?:y|ie)|prevent|omit|disallow)\w*", re.I
)
# "It does.", "Unfortunately not."
ECHO = re.compile(
    r"\W*(?:(?:it|he|she|they|you|we|i|this|that|there)\s+(?:\w+ly\s+)?(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|"
    r"should|may|must)(?P<no>\s*(?:not|n't))?|(?:unfortunately|sadly|probably|surely|certainly|i'm\s+afraid|apparently)\s+(?P<no2>not))"
    r"\s*(?:[.!,;—-]|\Z)",
    re.IGNORECASE,
)
OPPOSED = ("un", "in", "im", "ir", "il", "dis", "non")  # before a word of the question they turn it: unsafe
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
EMPTY = frozenset({"does", "what", "this", "that", "have", "with"})
CONTENT = re.compile(r"[^\W\d_]{4,}|\d+")  # words that carry sense: four letters and more, and numbers


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
    first = SENTENCE.split(one_form(plain).strip(), maxsplit=1)[0]
    if echo := ECHO.match(first):
        return not (echo["no"] or echo["no2"])
    asked, held = (_content(one) for one in (question, first))
    turned = {
        word
        for word in CONTENT.findall(question.casefold())
        if any(f"{start}{word}" in first.casefold() for start in OPPOSED)
    }
    held |= {word[:5] for word in turned}
    if not asked or len(asked & held) < (0.5 if turned else 0.6) * len(asked):
        return None
    denied = bool(DENYING.search(first)) and not DENYING.search(question)
    return not (NEGATION.search(first) or denied or turned)


def _turned(text: str, lean: bool) -> bool:
    """Whether a text that opened one way closes the other way: that says nothing."""
    last = last_word(text)
    other = leaning(last) if last else None
    return other is not None and other != lean


def _content(text: str) -> set[str]:
    return {word[:5].casefold() for word in CONTENT.findall(one_form(text))} - EMPTY
