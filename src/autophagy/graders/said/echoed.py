"""Yes or no as a sentence says, denies or turns round what was asked: "Smoking is prohibited", "It does not"."""

import re

from ...text.values.forms import one_form
from .opposites import ALIKE, COMPARED, OPPOSED, stem, told_as_asked
from .words import PRONOUNS, STOPPED

NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|nobody|nothing|none|neither|nor|without|unable|nicht|kein\w*|pas|jamais)\b|n't\b|"
    r"\bfail(?:s|ed)?\s+to\b",
    re.IGNORECASE,
)
# in front of what was asked they deny it: a tuple instead of a list, every day except Mondays
BUT_FOR = re.compile(
    r"\b(?:instead\s+of|rather\s+than|as\s+opposed\s+to|except(?:\s+for)?|unlike)\s+([^.,;]+)", re.IGNORECASE
)
# verbs that deny by themselves, unless the question asks for just that
DENYING = re.compile(
    r"\b(?:exclud|lack|prohibit|forbid|forbad|bann|refus|reject|den(?:y|ie)|prevent|omit|disallow)\w*", re.I
)
ALL = re.compile(r"\b(?:both|all|each|every|same)\b", re.IGNORECASE)
ONLY_ONE = re.compile(r"\bonly\s+(?:one|the\s+\w+|some|a\s+few)\b|\bone\s+of\s+(?:them|the)\b", re.IGNORECASE)
# "It does.", "Unfortunately not."
ECHO = re.compile(
    r"\W*(?:(?:it|he|she|they|you|we|i|this|that|there)\s+(?:\w+ly\s+)?(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|"
    r"should|may|must)(?P<no>\s*(?:not|n't))?|(?:unfortunately|sadly|probably|surely|certainly|i'm\s+afraid|apparently)\s+(?P<no2>not))"
    r"\s*(?:[.!,;—-]|\Z)",
    re.IGNORECASE,
)
PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")  # before a word of the question they turn it: unsafe
FILLERS = frozenset({"does", "still", "currently", "ever", "one", "them", "possible", "able", "really", "actually"})
WORD = re.compile(r"[^\W\d_]{3,}|\d+")
THAN = re.compile(
    r"\b(?:is|was|are|were|does|do|did|has|have|had)\s+(?P<one>.+?)\s+(?:\w+er|more|less|fewer|better|worse)\b.*?\s+than\s+"
    r"(?P<other>[^?,]+)",
    re.IGNORECASE,
)
SHARE = 0.6  # of what is asked must be said again
SHORT = 0.5  # where a pronoun stands for some of it, or a word for its opposite


def echoed(question: str, sentence: str) -> bool | None:
    """Whether a sentence says (True) or denies (False) what the question asks; None where it speaks of other things."""
    if echo := ECHO.match(sentence):
        return not (echo["no"] or echo["no2"])
    told = told_as_asked(question, sentence)
    if (order := _order(question, told)) is not None:
        return order != bool(NEGATION.search(told))
    pronoun = re.match(r"\W*(\w+)", told)
    named = bool(pronoun) and pronoun[1].lower() in PRONOUNS if pronoun else False
    asked = _words(re.sub(r"(?<=.)\b[A-Z]\w+", " ", question) if named else question)
    held, low = _words(told), told.casefold()
    turned = {word for word in asked if any(f"{start}{word}" in low for start in PREFIXES)}
    opposed = {word for word in asked - held if not _known(word, held) and OPPOSED.get(word, set()) & held}
    said = {word for word in asked if word in turned | opposed or _known(word, held)}
    loose = bool(turned or opposed) or bool(re.search(r"\b(?:it|one|them|any|that|so)\b", low))
    if not asked or len(said) < (SHORT if loose else SHARE) * len(asked):
        return None
    return not _denied(question, told, asked, bool(turned or opposed))


def _denied(question: str, told: str, asked: set[str], turned: bool) -> bool:
    """Whether a sentence that speaks of what was asked denies it."""
    if turned and re.search(
        r"(?:\bnot|n't|\bnever)\s+(?:\w+\s+)?(?:un|in|im|il|dis|prohibit|forbid|reject|refus|den|illeg)", told
    ):
        return False  # not illegal
    if any(_words(found[1]) & asked for found in BUT_FOR.finditer(told)):
        return True
    denying = bool(DENYING.search(told)) and not DENYING.search(question)
    one = ALL.search(question) is not None and ONLY_ONE.search(told) is not None
    return bool(NEGATION.search(told)) or turned or denying or one


def _order(question: str, told: str) -> bool | None:
    """Whether a comparison of the two things that are asked of has them in the order of the question; None without."""
    asked, found = THAN.search(question), COMPARED.search(told)
    if not (asked and found):
        return None
    first, second = _words(asked["one"]), _words(asked["other"])
    one, other = _words(found["one"]), _words(found["other"])
    if first & one and second & other:
        return True
    return False if first & other and second & one else None


def _known(word: str, held: set[str]) -> bool:
    """Whether a word is among others in one of its forms, or as another that says the same."""
    if word in held or ALIKE.get(word, set()) & held:
        return True
    return any(min(len(word), len(one)) > 3 and (word.startswith(one) or one.startswith(word)) for one in held)


def _words(text: str) -> set[str]:
    """The words that carry sense, without their endings."""
    words = {word.casefold() for word in WORD.findall(one_form(text))}
    return {stem(word) for word in words if word not in FILLERS and (word not in STOPPED or stem(word) in OPPOSED)}
