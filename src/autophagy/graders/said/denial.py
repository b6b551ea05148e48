"""Whether a text denies a phrase where it holds it, or sets it aside for another."""

from enum import Enum

from ...text.values.token import Token, Tokens
from .kin import EXACT
from .marks import CLAUSE, PAUSE, SENTENCE, end_of, start_of
from .words import COPULAS, OR, TURNS

REACH = 9  # tokens that a negator may stand before what it denies
_NEGATORS = """
not no never neither nor cannot without except excluding unlike isnt wasnt arent werent dont doesnt didnt cant couldnt
wont wouldnt shouldnt hasnt havent hadnt false untrue incorrect wrong incorrectly wrongly nicht kein keine keinen
weder ni tampoco pas jamais
"""
_HARMLESS = """
only just merely simply later earlier more less fewer until least doubt question wonder matter surprisingly mistaken
wrong necessarily other unlike limited solely exactly
"""
_AFTER_NOT = """
the a an it correct right true one where what who in at on their his her that this among mentioned named listed included
stated discussed
"""
_WRONG = "wrong incorrect false untrue mistaken out excluded eliminated impossible"
NEGATORS = frozenset(_NEGATORS.split())
HARMLESS = frozenset(_HARMLESS.split())  # behind a negator they undo it: not only, not later than, no other than
BELIEF = frozenset(
    {"thought", "said", "believed", "assumed", "says", "believe", "seemed", "often", "commonly", "mistakenly"}
)
BUT = frozenset({"but", "however", "although", "though", "yet"})
THAT = frozenset({"that", "this", "it", "which"})
CONDITIONS = frozenset({"when", "whenever", "if", "where"})
BEYOND = frozenset({"after", "before", "beyond", "past", "over", "exceeding"})
RELATIVE = frozenset({"which", "who", "whose", "where"})
SUBJECTS = THAT | {"he", "she", "they", "there", "i", "we", "you"}  # a clause of its own, which a negator reaches into
PARTLY = frozenset({"almost", "nearly", "partially", "partly", "hardly", "barely", "scarcely"})  # so and no more
CERTAIN = frozenset({"doubt", "question", "mistaken", "wonder"})  # without any doubt, if I am not mistaken
MENDED = frozenset({"corrected", "replaced", "changed", "updated", "revised", "fixed", "amended"})  # a wrong value was
AFTER_NOT, WRONG = frozenset(_AFTER_NOT.split()), frozenset(_WRONG.split())
INSTEAD = {("rather", "than"), ("instead", "of"), ("other", "than"), ("opposed", "to"), ("ruled", "out"),
           ("rule", "out"), ("far", "from"), ("compared", "to"), ("compared", "with"), ("confused", "with"),
           ("mistaken", "for"),
           ("plutôt", "que"), ("lugar", "de"), ("anstatt", ""), ("versus", ""), ("vs", "")}  # fmt: skip


CLOSE = 6  # characters of a script without blanks, each of which is a token
EAST_BEFORE = ("不是", "并非", "並非", "而非", "不在", "不叫", "ไม่ใช่")
EAST_AFTER = ("ではな", "じゃな", "ではあり", "じゃあり", "でなく", "이아니", "가아니")


class Denial(Enum):
    """How a phrase is denied: in so many words, or by another that is named instead."""

    DENIED = 1
    SET_ASIDE = 2


def denial(said: Tokens, start: int, end: int) -> Denial | None:
    """How a text denies the phrase at a place, None where it does not."""
    if _after(said, end) or _denied_in_the_east(said, start, end):
        return Denial.SET_ASIDE if _beyond(said, start) else Denial.DENIED
    return _before(said, start, end) or (Denial.SET_ASIDE if _corrected(said, start, end) else None)


def _before(said: Tokens, start: int, end: int) -> Denial | None:
    """The denial by what stands before the phrase in its clause; an `or` carries it through a list."""
    listed = _in_list(said, start, end)
    for place in range(start, max(0, start - REACH), -1):
        mark, token, following = said[place].before, said[place - 1], said[place].text
        if place == start and token.text == "but" and place > 1 and said[place - 2].text in ("anything", "everything"):
            return Denial.DENIED
        if place == start and token.text in PARTLY and said[start].kind == "word" and not said[start].capital:
            return Denial.DENIED
        if "," in mark and following in RELATIVE and _unlike(said, place):
            return Denial.SET_ASIDE
        if CLAUSE.search(mark) or ("," in mark and not listed) or token.text in TURNS:
            return None
        if (token.text, following) in INSTEAD or (token.text, "") in INSTEAD:
            return Denial.SET_ASIDE
        if (
            token.text == "than"
            and said[start].kind != "number"
            and said[max(place - 2, 0)].text not in ("other", "no")
        ):
            return Denial.SET_ASIDE
        if (
            token.kind == "word"
            and token.text in NEGATORS
            and following not in HARMLESS
            and not _undone(said, place - 1, start)
            and not _in_subject(said, place - 1, start)
        ):
            return Denial.SET_ASIDE if _beyond(said, start) else Denial.DENIED
    return None


def _beyond(said: Tokens, start: int) -> bool:
    """Whether what is denied lies beyond a bound, which denies no bound: no return after 30 days."""
    return said[start].kind in EXACT and said[start - 1].text in BEYOND


def _unlike(said: Tokens, place: int) -> bool:
    """Whether what a relative clause tells of is what the subject is unlike: unlike spiders, which have eight."""
    first = start_of(PAUSE, said, place - 1)
    return said[first].text == "unlike" or said[place - 2].text == "unlike"


def _denied_in_the_east(said: Tokens, start: int, end: int) -> bool:
    """Whether Chinese, Japanese, Korean or Thai denies the phrase, right before it or right behind."""
    before = "".join(token.text for token in said[max(0, start - CLOSE) : start])
    after = "".join(token.text for token in said[end : end + CLOSE])
    return before.endswith(EAST_BEFORE) or after.startswith(EAST_AFTER)


def _corrected(said: Tokens, start: int, end: int) -> bool:
    """Whether the sentence goes on to say that it is otherwise: many say Paris, but that is wrong."""
    stop = end_of(SENTENCE, said, end)
    behind = [token.text for token in said[stop : stop + 3]]
    if behind and behind[0] in THAT | {"they"} and behind[1:2] != ["not"] and behind[2:] and behind[2] in WRONG:
        return True  # everyone says Rome. They are wrong
    turn = next((place for place in range(end, stop) if said[place].text in BUT), None)
    if turn is None:
        return False
    words = [token.text for token in said[turn + 1 : stop]]
    wrong = words[:1] and words[0] in THAT and (words[1:2] in (["isnt"], ["wasnt"]) or bool(WRONG & set(words[2:4])))
    believed = [token.text for token in said[max(0, start - 6) : start]]
    own = "i" in believed or "we" in believed or words[:1] in (["i"], ["im"], ["we"], ["you"], ["please"])
    return bool(wrong) or (bool(BELIEF & set(believed)) and not own)


def _undone(said: Tokens, place: int, start: int) -> bool:
    """Whether a negator is none here: without any doubt, not signed until, no more than, the wrong value was mended."""
    rest = [token.text for token in said[place + 1 : place + 9]]
    if "until" in rest or ("than" in rest[:3] and rest[0] not in ("rather", "other")):
        return True
    if any(word in CERTAIN for word in rest[:3]):
        return True
    if said[place].text not in WRONG:
        return False
    return (place > 0 and said[place - 1].text in NEGATORS) or any(each.text in MENDED for each in said[place:start])


def _in_subject(said: Tokens, negator: int, start: int) -> bool:
    """Whether a negator is in a condition of the subject: the error when it cannot be found is an OSError."""
    while start and said[start - 1].article:
        start -= 1
    if not start or said[start - 1].text not in COPULAS or any(each.text in SUBJECTS for each in said[negator:start]):
        return False
    return any(each.text in CONDITIONS for each in said[max(0, negator - REACH) : negator])


def _after(said: Tokens, end: int) -> bool:
    """Whether what follows denies the phrase: is not the capital, is wrong, can be ruled out; Paris? No."""
    rest = said[end : end + 5]
    words = [token.text for token in rest]
    if not rest or CLAUSE.search(rest[0].before):
        return bool(rest) and "?" in rest[0].before and words[0] == "no"
    if words[0] in COPULAS:
        negated = words[0].endswith("nt") or words[1:2] == ["not"]
        behind = rest[2:] if words[1:2] == ["not"] else rest[1:]
        return _denies(behind) if negated else bool(behind) and behind[0].text in WRONG
    return words[:3] == ["can", "be", "ruled"] or (words[:2] == ["cannot", "be"] and words[2:3] != ["overstated"])


def _denies(behind: Tokens) -> bool:
    """Whether what stands behind `is not` denies the subject: nothing, or the capital; but not `only the capital`."""
    if not behind or SENTENCE.search(behind[0].before):
        return True
    if any(token.text in ("other", "else") for token in behind[1:5]):
        return False  # is not found in any other
    closed = len(behind) < 2 or bool(SENTENCE.search(behind[1].before))
    return behind[0].text not in HARMLESS and (behind[0].text in AFTER_NOT or closed)


def _in_list(said: Tokens, start: int, end: int) -> bool:
    while start and said[start - 1].article:
        start -= 1
    before: Token | None = said[start - 1] if start else None
    after: Token | None = said[end] if end < len(said) else None
    comma = after is not None and after.text in OR and "," in after.before
    return (before is not None and before.text in OR) or comma
