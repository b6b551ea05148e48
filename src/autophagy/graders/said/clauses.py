"""The clauses of a text, one of which may interrupt another: Tom, who left, is back."""

from collections.abc import Sequence
from itertools import pairwise

from ...text.values.token import Token, Tokens
from .kin import EXACT
from .marks import PAUSE
from .verbs import is_verb
from .words import PRONOUNS

JOINS = frozenset({"and", "but", "while", "whereas", "although", "though"})
SUBORDINATE = frozenset({"before", "after", "when", "until", "because", "since"})
RELATIVE = frozenset({"who", "which", "where", "whose", "whom"})
FORMER = frozenset({"previously", "formerly", "originally", "earlier", "initially"})

Span = tuple[int, int]


def clauses(said: Tokens) -> list[list[Span]]:
    """The clauses of a text, each as its spans of tokens; one that another interrupts has two."""
    cuts = [0, *(place for place in range(1, len(said)) if _cuts(said, place)), len(said)]
    spans = list(pairwise(cuts))
    found: list[list[Span]] = []
    aside = False  # whether the last span only interrupts the one before
    for a, b in spans:
        comma = "," in said[a].before
        if aside and comma and len(found) > 1 and not _opens_aside(said[a]):
            found[-2].append((a, b))
            aside = False
            continue
        aside = comma and _opens_aside(said[a])
        found.append([(a, b)])
    return found


def _cuts(said: Tokens, place: int) -> bool:
    """Whether a clause begins at a place: behind a mark, or with a word that joins clauses and not names."""
    token = said[place]
    if PAUSE.search(token.before):
        return True
    if token.text in SUBORDINATE:
        return place + 1 < len(said) and said[place + 1].kind not in EXACT
    if token.text != "and":
        return token.text in JOINS
    behind = said[place + 1 : place + 3]
    verb = [is_verb(one) for one in behind]
    named = len(behind) > 1 and (behind[0].capital or behind[0].text in PRONOUNS) and verb[1]
    return bool(behind) and (verb[0] or named)


def _opens_aside(token: Token) -> bool:
    return token.text in RELATIVE | FORMER | {"also"} or (not token.capital and token.text.endswith(("ing", "ed")))


def clause_at(parts: Sequence[list[Span]], place: int) -> list[Span] | None:
    """The clause that a token is in."""
    return next((part for part in parts if any(a <= place < b for a, b in part)), None)


def words_of(said: Tokens, part: Sequence[Span]) -> list[Token]:
    """The tokens of a clause."""
    return [token for a, b in part for token in said[a:b]]
