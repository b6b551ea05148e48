"""Texts that name several candidates for one answer, so that none of them is the answer."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from ...text.values.same import same
from ...text.values.token import Token, Tokens
from ...text.values.tokens import tokens
from .denial import NEGATORS
from .kin import kin
from .marks import PAUSE, SENTENCE, start_of
from .places import holds, spans
from .regions import is_region
from .verbs import is_verb
from .words import AND, COPULAS, STOPPED

ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+", re.MULTILINE)  # "- ", "2) "
JOINING = r"(?:and|or|und|oder|et|ou|y)"
PARTS = re.compile(rf"[.!?]\s+|,(?!\d)\s*(?:(?:and|or)\s+)?|\s+{JOINING}\s+|\s*/\s*|;\s*|\n+")
JOINED = re.compile(rf"\s{JOINING}\s|[.?!;]\s")
# "The solutions are", in front of all that are taken for right
LEAD = re.compile(r"(?:the\s+)?(?:\w+\s+)?(?:solutions|answers|roots|candidates|options)\s+are:?\s+", re.IGNORECASE)
# "are all possible", behind them
POSSIBLE = re.compile(
    r"\s+(?:are|is)\s+(?:(?:all|both|each)\s+)?(?:possible|plausible|candidates|options)\W*\Z", re.IGNORECASE
)
LETTER = re.compile(r"^\s*[a-z]\s*=\s*")  # "x = ", in front of a number
NO_ITEM = frozenset({"=", "he", "she", "they", "we"})  # with which an item is a sentence or a sum
COMPARED = frozenset({"less", "more", "fewer"})
LONGEST = 4  # words of a candidate in a list


def is_list(text: str, gold: Tokens, others: Sequence[Tokens]) -> bool:
    """Whether the text is nothing but a list of several candidates, of which the gold is one.

    Three names with commas between them may be one place (Lyon, Rhône, France) where the gold comes first.
    """
    if any(token.text in ("and", "or") for token in gold):
        return False
    text, items, joined = POSSIBLE.sub("", LEAD.sub("", text.strip())), _bullets(text), True
    if not items:
        items, joined = [part for part in PARTS.split(text) if part.strip()], bool(JOINED.search(text.strip()))
    known = [tokens(LETTER.sub("", item)) for item in items]
    if len(items) < (2 if joined else 3) or any(len(one) > LONGEST for one in known):
        return False
    if any(one and one[0].kind == "word" and len(one[0].text) == 1 for one in known):
        return False
    if any(token.text in COPULAS or token.text in NEGATORS or token.text in NO_ITEM for one in known for token in one):
        return False
    if sum(any(is_verb(token) for token in one) for one in known) > 1:
        return False  # Shakespeare wrote Hamlet; Marlowe wrote Faustus
    others = [*others, gold]
    foreign = [one for one in known if not any(holds(one, other) for other in others)]
    place = len(items) == 3 and not joined and gold[0].capital and holds(known[0], gold)
    return (
        len(foreign) < len(known) and bool(foreign) and not place and all(one and kin(one[0], gold) for one in foreign)
    )


def listed(text: str) -> list[Token]:
    """The numbers or single letters that a text lists and says no more; empty of any other, and of a single one."""
    known = [tokens(LETTER.sub("", item)) for item in PARTS.split(LEAD.sub("", text.strip())) if item.strip()]
    alone = len(known) > 1 and all(len(one) == 1 for one in known)
    figures = alone and all(one[0].kind == "number" for one in known)
    letters = alone and all(one[0].capital and len(one[0].text) == 1 for one in known)
    return [one[0] for one in known] if figures or letters else []


def has_rival(said: Tokens, gold: Tokens, others: Sequence[Tokens]) -> bool:
    """Whether another sentence says the same of something else of its kind: It was 1914. It was 1918."""
    for start, _ in spans(said, gold):
        first = start_of(PAUSE, said, start)
        frame = [token.text for token in said[first:start]]
        if len(frame) > 1 and any(
            _other(said, place, frame, gold, others) for place in range(len(said)) if place != first
        ):
            return True
    return False


def _other(said: Tokens, place: int, frame: list[str], gold: Tokens, others: Sequence[Tokens]) -> bool:
    """Whether a sentence at a place has the same words before another name or number."""
    head = place + len(frame)
    if head >= len(said) or [token.text for token in said[place:head]] != frame:
        return False
    if place and not PAUSE.search(said[place].before):
        return False
    token = said[head]
    if any(one.text in COMPARED for one in said[head + 1 : head + 3]):
        return False  # Lynn ran 3 miles less than Reggie
    named = token.kind != "word" or token.capital
    right = any(same(one, token) for one in gold) or any(holds(said[head : head + 6], other) for other in others)
    return named and kin(token, gold) and not right


def has_more(said: Tokens, parts: Sequence[Tokens]) -> bool:
    """Whether a text lists all parts of a gold and one item more: the whale, the bat and the shark."""
    places = sorted(place for part in parts for place in islice(spans(said, part), 1))
    if len(places) < max(len(parts), 2) or any(end > start for (_, end), (start, _) in pairwise(places)):
        return False
    closed = False  # whether an "and" has announced the last item
    for (_, end), (start, _) in pairwise([*places, (len(said), len(said))]):
        gap, last = said[end:start], start == len(said)
        words = [token for token in gap if not token.article]
        if gap and SENTENCE.search(gap[0].before):
            return False
        if last:
            item = words[1:] if words and words[0].text in AND else words if _ends_list(gap) else []
            return not closed and _is_item(item, parts)
        joined = [place for place, token in enumerate(words) if token.text in AND]
        item = words[: joined[-1]] if joined else words
        listed = gap and "," in gap[0].before and (joined or "," in said[start].before) and len(item) <= LONGEST
        if listed and gap[0].text not in ("a", "an") and _is_item(item, parts):
            return True
        closed = closed or bool(joined)
    return False


def _ends_list(gap: Tokens) -> bool:
    """Whether what stands behind the last part is one more short item and nothing else: ", Rome"."""
    short = 0 < len(gap) <= 2 and not any("," in token.before for token in gap[1:])
    return short and "," in gap[0].before and not gap[0].text.endswith("ly")


def _is_item(words: Tokens, parts: Sequence[Tokens]) -> bool:
    """Whether words name something of the kind of the parts, and are no clause and no region that a part lies in."""
    first = words[0] if words else None
    if first is None or first.text in STOPPED | COPULAS | NO_ITEM:
        return False
    if is_region(first.text) and not any(is_region(part[0].text) for part in parts):
        return False
    return kin(first, parts[0])


def _bullets(text: str) -> list[str]:
    """The items of a text that is a list of bullets or numbers, but for a line before it."""
    lines = [line for line in text.splitlines() if line.strip()]
    items = [ITEM.sub("", line) for line in lines if ITEM.match(line)]
    return items if len(items) > 1 and len(items) >= len(lines) - 1 else []
