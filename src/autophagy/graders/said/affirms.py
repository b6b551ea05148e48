"""Whether a text affirms a gold where it holds it, part by part where it is a list, or tells it in other words."""

import re
from collections.abc import Sequence

from ...text.values.forms import one_form
from ...text.values.token import Tokens
from ...text.values.tokens import bare, tokens
from .aside import named_aside
from .elsewhere import elsewhere, no_longer
from .figures import counts, of_something_else
from .golds import is_tuple
from .letters import stands
from .lists import has_more, has_rival, is_list, listed
from .names import ANOTHER, any_order, compound, forms, initialled, surname
from .partly import goes_on
from .places import in_order, owns_kin, spans
from .polarity import leaning
from .regions import in_longer_name
from .roles import in_another_role
from .sentence import content, informs
from .shortened import acronyms, numbered
from .stance import Stance, stance

PARTS = re.compile(r",\s+(?:and\s+)?|\s+and\s+|\s*&\s+|;\s*")
# of which the order is asked
ORDERED = re.compile(r"(?<!any )(?<!particular )\border\b(?!\s+(?:to|that))|\branked\b|\bsequence\b", re.IGNORECASE)
LONG = 4  # words that carry meaning make a gold that may be told in other words


def affirms(question: str, golds: Sequence[str], text: str) -> bool:
    """Whether the text affirms one of the golds in any of its places, and denies it in none."""
    return any(_affirms(question, gold, text, golds) for gold in golds)


def _affirms(question: str, gold: str, text: str, golds: Sequence[str]) -> bool:
    """Whether the text affirms the gold, and nowhere denies it or leaves it open."""
    opened = leaning(gold)
    if opened is not None and leaning(text) not in (opened, None):
        return False
    said, wanted = tokens(text), tokens(gold)
    if (several := listed(text)) and len(listed(gold)) < len(several) and (listed(gold) or several[0].kind == "word"):
        return False  # one solution more, or two letters for one
    if opened is not None and len(wanted) > 2 and leaning(text) is opened:
        wanted = wanted[1:]
    if has_more(said, _parts(gold)):
        return False
    if not wanted or not said:
        return bool(text.strip()) and bare(gold) == bare(text)
    others = [tokens(one) for one in golds if one != gold]
    found = _stances(question, wanted, said, others)
    if found:
        counted = any(counts(question, said, start) for start, _ in spans(said, wanted))
        return _settled(found) and (counted or not (is_list(text, wanted, others) or has_rival(said, wanted, others)))
    if _each_part(question, gold, said):
        return True
    return _is_sentence(wanted) and informs(question, gold, text)


def _is_sentence(gold: Tokens) -> bool:
    """Whether a gold may be told in other words: it has four with a meaning, and is no formula."""
    words = content(gold)
    return len(words) >= LONG and sum(token.kind == "word" and len(token.text) > 2 for token in words) > 1


def _stances(question: str, wanted: Tokens, said: Tokens, others: Sequence[Tokens]) -> list[Stance]:
    """What the text does with the gold in each of its places."""
    if len(wanted) == 1 and wanted[0].kind == "word" and len(wanted[0].text) == 1:
        letters = [place for place in range(len(said)) if stands(said, place, wanted[0])]
        return [stance(said, place, place + 1, wanted, others) for place in letters]
    for form in forms(question, wanted):
        places = [(start, end) for start, end in spans(said, form) if not _of_another(form, said[end : end + 1])]
        places = [(start, end) for start, end in places if not in_longer_name(said, start, end)]
        if len(form) < len(wanted):
            places = [(start, end) for start, end in places if not goes_on(said, end, wanted)]
        if places:
            return [_stance(question, said, place, form, others) for place in places]
    ways = (
        any_order(said, wanted),
        compound(said, wanted),
        initialled(said, wanted),
        surname(question, said, wanted),
        acronyms(said, wanted),
        numbered(said, wanted),
    )
    places = next((found for found in map(list, ways) if found), [])
    places = [(start, end) for start, end in places if not (in_longer_name(said, start, end) or owns_kin(said, end))]
    return [_stance(question, said, place, wanted, others) for place in places]


def _stance(question: str, said: Tokens, place: tuple[int, int], form: Tokens, others: Sequence[Tokens]) -> Stance:
    """What the text does with the gold at a place, which may be another role than the one that was asked for."""
    found = stance(said, *place, form, others)
    turned = found is Stance.AFFIRMED and (
        in_another_role(question, said, *place)
        or elsewhere(question, said, *place, others)
        or no_longer(question, said, *place, others)
        or named_aside(question, said, *place, others)
        or of_something_else(question, said, place[0])
    )
    return Stance.SET_ASIDE if turned else found


def _of_another(form: Tokens, behind: Tokens) -> bool:
    """Whether a name goes on with a word that makes it another person's: Henry Ford II."""
    named = len(form) > 1 and all(token.capital for token in form)
    return named and any(token.raw in ANOTHER for token in behind)


def _settled(found: Sequence[Stance]) -> bool:
    """Affirmed, and neither denied elsewhere nor left open at first."""
    return Stance.AFFIRMED in found and Stance.DENIED not in found and found[0] is not Stance.OPEN


def _each_part(question: str, gold: str, said: Tokens) -> bool:
    """Whether each part of a gold that is a list of short phrases is affirmed."""
    parts = _parts(gold)
    found = [_stances(question, part, said, [other for other in parts if other is not part]) for part in parts]
    return (
        bool(parts)
        and all(one and _settled(one) for one in found)
        and (not ORDERED.search(question) or in_order(said, parts))
    )


def _parts(gold: str) -> list[Tokens]:
    """The parts of a gold that is a list of short phrases; none of any other, and of (1, 2), which is not (2, 1)."""
    if is_tuple(gold):
        return []
    parts: list[Tokens] = [tokens(part) for part in PARTS.split(one_form(gold)) if part.strip()]
    return parts if len(parts) > 1 and all(1 <= len(content(part)) <= 3 for part in parts) else []
