"""What a text does with a phrase that it holds: affirms it, denies it, or names it as one of several."""

from collections.abc import Sequence
from enum import Enum

from ...text.values.same import same, same_quantity
from ...text.values.token import Tokens
from .denial import Denial, denial
from .kin import EXACT, kin
from .marks import CLAUSE, SENTENCE
from .places import holds
from .words import OR, TURNS

_NO_OTHER = """
so more less later earlier thereabouts similar other others longer above below over under higher lower greater fewer
about around bit few little nearly almost approximately roughly even not something anything simply rather equivalently
"""
NO_OTHER = frozenset(_NO_OTHER.split())  # behind an or they name nothing else: or so, or more
EACH = frozenset({"soit", "maybe", "perhaps", "possibly", "vielleicht"})  # said before each of several
FAR, SHORT = 16, 4  # tokens in which a list goes on, and tokens of an item


class Stance(Enum):
    """What a text does with a phrase."""

    AFFIRMED = 1
    DENIED = 2
    SET_ASIDE = 3
    OPEN = 4


def stance(said: Tokens, start: int, end: int, gold: Tokens, others: Sequence[Tokens]) -> Stance:
    """What the text does with the phrase at a place; `others` are phrases that are right as well."""
    denied = denial(said, start, end)
    if denied:
        return Stance.DENIED if denied is Denial.DENIED else Stance.SET_ASIDE
    return Stance.OPEN if _alternative(said, start, end, gold, others) else Stance.AFFIRMED


def _alternative(said: Tokens, start: int, end: int, gold: Tokens, others: Sequence[Tokens]) -> bool:
    """Whether the phrase is one of several that an `or` or a stroke parts."""
    if any(_rival(said[place : place + 6], gold, others) for place in _items_behind(said, end)):
        return True
    while start and said[start - 1].article:
        start -= 1
    if not start:
        return False
    if said[start - 1].text in EACH and sum(token.text == said[start - 1].text for token in said) > 1:
        return True
    if said[start - 1].text in OR:
        item = said[_clause(said, start - 1) : start - 1][-4:]
    elif said[start].before.strip() == "/":
        item = said[start - 1 : start]
    else:
        return False
    return any(kin(token, gold) for token in item) and not _restated(item, gold, others)


def _clause(said: Tokens, place: int) -> int:
    """Where the clause of a token begins: behind a mark that ends a clause, or a word that turns."""
    while place > 0 and not CLAUSE.search(said[place].before) and said[place - 1].text not in TURNS:
        place -= 1
    return place


def _items_behind(said: Tokens, end: int) -> list[int]:
    """Where the other items of a list begin that goes on behind a phrase and holds an `or`."""
    starts: list[int] = []
    parted, since = False, 0
    for place in range(end, min(len(said), end + FAR)):
        token = said[place]
        if SENTENCE.search(token.before):
            break
        if token.kind == "word" and token.text in OR:
            if place == end and "," in token.before and any("," in one.before for one in said[place + 2 : place + 6]):
                return []  # the cougar, or mountain lion, lives
            starts, parted, since = [*starts, place + 1], True, 0
        elif "," in token.before or token.before.strip() == "/":
            starts, parted, since = [*starts, place], parted or token.before.strip() == "/", 0
        elif place == end or since >= SHORT:
            break
        since += 1
    return starts if parted else []


def _rival(item: Tokens, gold: Tokens, others: Sequence[Tokens]) -> bool:
    """Whether an item of a list names something else that the gold could be."""
    words = [token for token in item if not token.article]
    if not words or words[0].text in NO_OTHER:
        return False
    wide = gold[0].kind != "word" or gold[0].capital
    if gold[0].kind in EXACT and item[0].text == "the":
        return not _restated(item, gold, others)  # thirty days, or the last day
    return any(kin(token, gold) for token in words[: 5 if wide else 1]) and not _restated(item, gold, others)


def _restated(item: Tokens, gold: Tokens, others: Sequence[Tokens]) -> bool:
    """Whether another item of a list says the gold again, or something that is right as well."""
    if any(holds(item, one) for one in others):
        return True
    words = [token for token in item if token.capital or token.kind == "number"]
    head = [token for token in gold if not token.article]
    if len(head) > 1 and head[0].kind == "word" and words:
        return any(same(one, words[0]) for one in head)
    return bool(words) and head[0].kind == words[0].kind == "number" and same_quantity(head[0], words[0])
