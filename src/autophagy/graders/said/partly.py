"""Names of which a part is said: Oxford where a university is asked for, Leonardo, and one of two names of a thing."""

import re
from collections.abc import Iterator

from ...text.values.forms import one_form
from ...text.values.same import same
from ...text.values.token import Token, Tokens
from ...text.values.tokens import tokens
from .marks import PAUSE
from .words import STOPPED

# asked for without being named: where did she study?
SCHOOL = re.compile(
    r"\b(?:stud(?:y|ied|ies)|attend\w*|graduat\w+|degree|educat\w+|alma\s+mater|enrol\w*)\b", re.IGNORECASE
)
SCHOOLS = frozenset({"university", "college"})
_NO_KIND = "new old north south east west northern southern eastern western great saint upper lower big first second"
NO_KIND = frozenset(_NO_KIND.split()) | STOPPED  # which make a name another one
EPITHETS = frozenset({"the", "of", "da", "di"})  # behind a first name: Alexander the Great, Joan of Arc
_MONONYMS = """
napoleon galileo michelangelo rembrandt dante raphael caravaggio donatello voltaire nostradamus cleopatra tutankhamun
beyoncé beyonce rihanna eminem madonna pelé pele ronaldinho saladin confucius montezuma hannibal
"""
MONONYMS = frozenset(_MONONYMS.split())
LONGEST = 10  # words of a gold that is no sentence
# "Meta (formerly Facebook)", "The Hobbit, or There and Back Again"
ALSO = re.compile(
    r"\s*[,(;]?\s*\b(?:(?:also|better|later|formerly|previously|once|commonly)\s+(?:known|called)(?:\s+as)?|a\.?k\.?a\.?(?=\s)|"
    r"formerly|née)\s+|\s+\(born\s+(?=[A-Z]\w+\s+[A-Z])|,\s+or\s+(?=[A-Z])|\s+or:\s+"
)
SUBTITLE = re.compile(r"[^\d\W][^:]*(?::|\s[-–—])\s+((?:[A-Z][\w']+)(?:\s+[\w']+)+)")  # Star Wars: A New Hope


def both_names(gold: str) -> Iterator[str]:
    """Both names of a gold that gives two, and the subtitle of a title, which is never that of another."""
    if len(gold.split()) > LONGEST:
        return
    parts = [part.strip(" ()") for part in ALSO.split(gold)]
    if len(parts) == 2 and all(re.match(r"[^\W\d]", part) for part in parts):
        yield from parts
    if (found := SUBTITLE.fullmatch(one_form(gold).strip())) and not re.search(r"\d", found[1]):
        yield re.split(r"\s-\s", found[1])[-1]


def without_kind(question: str, gold: Tokens) -> Iterator[Tokens]:
    """A name without the kind of thing at its start or end that the question asks for: Versailles of which treaty."""
    words = {token.text for token in tokens(question)}
    asked = {token.text for token in tokens(question) if not token.capital} - NO_KIND
    asked |= SCHOOLS if SCHOOL.search(question) else frozenset()
    kept = list(gold)
    while len(kept) > 1 and (kept[-1].text in asked):
        kept.pop()
    while len(kept) > 1 and (
        (kept[0].text in asked and kept[0].capital) or (len(kept) < len(gold) and kept[0].text in ("of", "the"))
    ):
        kept.pop(0)
    tells = any(token.text not in words for token in kept)  # Civil is no Civil Rights Movement where that is asked for
    if len(kept) < len(gold) and kept[0].capital and kept[-1].capital and tells:
        yield kept


def goes_on(said: Tokens, end: int, gold: Tokens) -> bool:
    """Whether a name goes on with a word that the gold lacks, so that it is another's: Oxford Brookes."""
    if end >= len(said) or not said[end - 1].capital or said[end - 1].raw.endswith("'s"):
        return False
    behind = said[end]
    adjacent = not PAUSE.search(behind.before) and not behind.before.strip()
    return behind.capital and adjacent and not any(same(one, behind) for one in gold)


def first_name(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a person is called by the first name who is known by it: Napoleon, Leonardo da Vinci."""
    known = gold[0].text in MONONYMS or any(token.text in EPITHETS and not token.capital for token in gold[1:-1])
    named = all(token.capital or token.text in EPITHETS for token in gold) and not gold[0].article
    if not (known and named and 1 < len(gold) < LONGEST):
        return
    for place, token in enumerate(said):
        if not (token.capital and token.text == gold[0].text):
            continue
        behind = [
            one for one in said[place + 1 : place + 2] if not PAUSE.search(one.before) and not token.raw.endswith("'s")
        ]
        more = any(one.capital or _numeral(one) or one.text in EPITHETS for one in behind)
        if not (more or (place and said[place - 1].capital)):
            yield place, place + 1


def _numeral(token: Token) -> bool:
    return token.kind == "number" and token.raw.isupper()
