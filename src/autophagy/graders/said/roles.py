"""Sentences that hold a name in another role than is asked for: "Paris killed Achilles" where Hector's killer is."""

import re
from itertools import pairwise

from ...text.values.same import same
from ...text.values.token import Token, Tokens
from ...text.values.tokens import tokens
from .denial import HARMLESS
from .marks import CLAUSE, SENTENCE, end_of, start_of
from .sentence import alike, content
from .verbs import is_verb
from .words import AND, COPULAS

_AUXILIARIES = "is was are were be been did does do has have had can could will would should may might must s"
AUXILIARIES = frozenset(_AUXILIARIES.split())
# who did it, or which town is it: the subject is asked for
SUBJECT = re.compile(r"\W*(?:who|(?:which|what)\s+(?:\w+\s+)?)\b\s*(?P<verb>\w+)(?:\s+(?P<rest>.+)|\W*)", re.IGNORECASE)
WINS = re.compile(
    r"\b(?:won|wins?|winners?|winning|champions?|gewann|gewonnen|sieger|gagné|vainqueur|ganó)\b", re.IGNORECASE
)
_BEAT = "defeated defeats defeating beat beats beating overcame thrashed besiegte schlug derrotó"
BEAT = frozenset(_BEAT.split())
_LOST = "lost; came 2th; finished 2th; fell to; was beaten; was defeated; were beaten; were defeated"
LOST = tuple(frozenset(words.split()) for words in _LOST.split(";"))
BETWEEN = frozenset({"also", "later", "then", "first", "who", "which", "had", "once"})  # a subject and its verb
INTO = frozenset({"into", "to", "from", "through", "over", "in", "at", "on"})  # behind a verb
PRONOUNS = frozenset({"it", "he", "she", "they", "this", "that", "which", "who", "there", "i", "we"})
# both sides do it, or are it
_MUTUAL = """
married wed met meets dated faced fought played plays joined joins borders touches equals brother sister sibling twin
cousin friend neighbour neighbor colleague partner spouse rival capital name
"""
MUTUAL = frozenset(_MUTUAL.split())
NOT = frozenset({"not", "never"})
# a question that denies by itself: who did not come, who refused to sign
DENIES = re.compile(
    r"\b(?:not|never|no|only|without|except|refus\w+|declin\w+|fail\w*|reject\w+|oppos\w+|avoid\w*|miss\w*|lack\w*|absent)\b"
    r"|n't\b",
    re.IGNORECASE,
)


def in_another_role(question: str, said: Tokens, start: int, end: int) -> bool:
    """Whether the phrase at a place did not do what the question asks: it was done to it, or it lost, or did not."""
    return (
        _suffered(question, said, start, end)
        or _compared(question, said, start)
        or _beaten(question, said, start, end)
        or _did_not(question, said, end)
        or _object(question, said, start, end)
    )


def _suffered(question: str, said: Tokens, start: int, end: int) -> bool:
    """Whether the verb of a question for its subject stands right before the phrase, and a new name before that.

    Or right behind it and says that another did it: Kim was hired by Lee.
    """
    found = SUBJECT.fullmatch(question)
    if not found or found["verb"].lower() in AUXILIARIES or AUXILIARIES & set(question.lower().split()):
        return False
    rest, verb = found["rest"] or "", tokens(found["verb"])[0]
    if _undergone(verb, said[end : end + 5]):
        return True
    place = before(said, start)
    if place > 1 and said[place].text == "from" and said[place - 1].text == "it":
        place -= 2  # bought it from
    if place > 0 and said[place].text in INTO and said[place].text in rest.lower().split()[:1]:
        place = before(said, place)  # flows into
    if place > 1 and said[place].text in ("against", "over"):
        place = next((at for at in range(place - 1, max(place - 4, 0), -1) if same(verb, said[at])), place)
    named = place > 0 and same(verb, said[place])
    return named and (_new_name(question, said, place) or _turned(rest, said, place))


def _object(question: str, said: Tokens, start: int, end: int) -> bool:
    """Whether another did something else to the phrase, where it is asked who did this: Sculley fired Jobs."""
    found = SUBJECT.fullmatch(question)
    if not found or AUXILIARIES & {token.text for token in tokens(question)}:
        return False
    place = before(said, start)
    if place < 1 or not is_verb(said[place]) or said[place].text in AUXILIARIES:
        return False
    if said[place].text in BEAT or not (is_new(question, said[place - 1]) or said[place - 1].text in BETWEEN | AND):
        return False
    known = any(same(tokens(found["verb"])[0], token) for token in said)
    relative = any(token.text in ("who", "which") for token in said[end : end + 1])
    return not (known or relative) and is_new(question, said[start_of(SENTENCE, said, place)])


def _undergone(verb: Token, behind: Tokens) -> bool:
    """Whether what stands behind a phrase says that somebody named did it to that: was hired by Lee."""
    if not behind or behind[0].text not in COPULAS or CLAUSE.search(behind[0].before):
        return False
    return any(
        same(verb, one) and other.text == "by" and agent.capital
        for (one, other), agent in zip(pairwise(behind[1:]), behind[3:], strict=False)
    )


def _compared(question: str, said: Tokens, start: int) -> bool:
    """Whether what is asked of a subject is said of a new name beside the phrase: Stockholm is north of Oslo."""
    found = SUBJECT.fullmatch(question)
    if not found or not found["rest"] or found["verb"].lower() not in COPULAS:
        return False
    place = before(said, start)
    if place < 2 or said[place].text not in ("of", "than"):
        return False
    words = content(tokens(found["rest"].rstrip(" ?")))
    first = place
    while first and said[first].text not in COPULAS and not CLAUSE.search(said[first].before):
        first -= 1
    told = content(said[first + 1 : place])
    known = bool(told) and all(any(same(word, one) for one in words) for word in told)
    if not (known and said[first].text in COPULAS):
        return False
    if any(token.capital for token in words):  # Bob is the teacher of Ann, of who is the teacher of Bob
        return (
            said[place].text == "of"
            and not any(token.text in MUTUAL for token in told)
            and _turned(found["rest"], said, first)
        )
    return _new_name(question, said, first)


def _beaten(question: str, said: Tokens, start: int, end: int) -> bool:
    """Whether the phrase lost where the question asks who won: Italy defeated Spain, Spain lost to Italy."""
    if not WINS.search(question) or DENIES.search(question):
        return False
    place = before(said, start)
    if place > 0 and said[place].text in BEAT and _new_name(question, said, place):
        return True
    behind = said[end : end + 2]
    words = {token.text for token in behind}
    lost = bool(behind) and not CLAUSE.search(behind[0].before) and any(one <= words for one in LOST)
    return lost and not any(WINS.fullmatch(token.text) for token in said[end:])


def _did_not(question: str, said: Tokens, end: int) -> bool:
    """Whether the phrase did not do what the question asks: Shakespeare did not write Hamlet."""
    behind = said[end : end + 2]
    if len(behind) < 2 or CLAUSE.search(behind[0].before) or DENIES.search(question):
        return False
    negated = behind[0].text in AUXILIARIES and behind[1].text in NOT
    if not negated and behind[0].text not in ("didnt", "doesnt", "never"):
        return False
    if any(token.text in HARMLESS for token in said[end + 1 : end + 3]):
        return False  # did not only
    stop = end_of(CLAUSE, said, end + 1)
    words = content(tokens(question))
    held = [word for word in words if any(alike(word, one) for one in said[end:stop])]
    return bool(held) and 2 * len(held) >= len(words)


def before(said: Tokens, start: int) -> int:
    """The place of the word before a phrase and its article."""
    place = start - 1
    while place > 0 and said[place].article:
        place -= 1
    return place


def _new_name(question: str, said: Tokens, verb: int) -> bool:
    """Whether a name that the question does not hold stands before a verb."""
    place = verb - 1
    while place > 0 and said[place].text in BETWEEN:
        place -= 1
    if place < 0 or CLAUSE.search(said[verb].before):
        return False
    return is_new(question, said[place])


def _turned(asked: str, said: Tokens, verb: int) -> bool:
    """Whether the object of a question stands as the subject of a verb that is not mutual: Hector killed Paris."""
    subject = said[verb - 1] if verb else None
    if subject is None or said[verb].text in MUTUAL or CLAUSE.search(said[verb].before):
        return False
    return subject.capital and any(token.capital and same(token, subject) for token in tokens(asked))


def is_new(question: str, name: Token) -> bool:
    """Whether a word is a name that the question does not hold."""
    known = name.article or name.text in PRONOUNS or any(same(one, name) for one in tokens(question))
    return name.capital and not known
