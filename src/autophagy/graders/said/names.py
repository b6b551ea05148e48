"""Names as people shorten and turn them: without the kind of thing, in another order, by the surname."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ...text.values.same import same
from ...text.values.token import Token, Tokens
from ...text.values.tokens import tokens
from .marks import PAUSE
from .partly import first_name, goes_on, without_kind
from .sentence import content

_PREPOSITIONS = "in at on by to from of with for since during around about because due thanks am im en au aux em"
_APPROXIMATELY = "approximately roughly circa ca c nearly almost some estimated"
_OWNERS = "his her its their my our your some these those this that"
# what a gold may be said without, and not its second half: in 1990, about 300, his wallet
PREPOSITIONS = frozenset(f"{_PREPOSITIONS} {_APPROXIMATELY} {_OWNERS}".split())
_KINDS = """
river lake mount mountain city ocean sea island county state street university president king queen sir dr mr mrs ms
prof professor project company inc ltd corporation saint emperor prime minister town country
"""
TITLES = frozenset({"sir", "dr", "mr", "mrs", "ms", "prof", "professor", "doctor", "herr", "frau", "mount", "mt"})
KINDS = frozenset(_KINDS.split())
_RANKS = """
senator governor mayor judge justice general gen colonel captain capt lieutenant sergeant major admiral commander
marshal chancellor minister secretary ambassador bishop archbishop cardinal
reverend rev rabbi pope sheikh lord baron count duke
coach chief officer detective inspector chairman congressman representative rep sen gov president prime attorney
professor prof dr doctor sir mr mrs ms herr frau
"""
RANKS = frozenset(_RANKS.split())  # before a name of two words and more they are left away, and before a surname set
COMPANIES = frozenset(
    {
        "inc",
        "incorporated",
        "ltd",
        "limited",
        "llc",
        "plc",
        "corp",
        "corporation",
        "gmbh",
        "ag",
        "co",
        "fc",
        "afc",
        "cf",
    }
)
_PEOPLE = "author|writer|person|actor|actress|president|poet|scientist|director|player|singer|artist|composer"
_PARTICLES = "van von der den de del della di da dos du des la le ter ten zu bin ibn al y e"
PARTICLES = frozenset(_PARTICLES.split())
JOINED = frozenset({"of", "over", "in", "on", "for", "from", "at"})  # between the parts of what is one word else
NO_NAME = Token("", "", "", "symbol")
SUFFIXES = frozenset({"jr", "junior"})  # that most people leave away
ANOTHER = frozenset({"Sr", "Sr.", "Senior", "II", "III", "IV"})  # behind a name they make it another person's
WHO = re.compile(
    rf"\b(?:who|whom|whose|which\s+(?:\w+\s+){{0,2}}(?:{_PEOPLE})|"
    r"wer|wem|wen|qui|quién|quiénes|chi|quem|wie|кто|кого|кем|kto)\b",
    re.IGNORECASE,
)


def forms(question: str, gold: Tokens) -> Iterator[Tokens]:
    """The gold, the gold without a preposition before it, and without the kind of thing that the question names."""
    yield gold
    if len(gold) > 1 and gold[0].text in PREPOSITIONS:
        yield from forms(question, gold[1:])
        return
    if (bare := _untitled(gold)) is not gold:
        yield from forms(question, bare)
        return
    if len(gold) > 1 and gold[-1].text in COMPANIES and gold[0].capital:
        yield gold[:-1]
    full = [token for token in gold if not (token.capital and len(token.text) == 1)]
    if 1 < len(full) < len(gold) and full[0] is gold[0] and full[-1] is gold[-1]:
        yield [replace(token, raw=token.raw.lower()) for token in full]  # John Kennedy for John F., and not John G.
    if len(gold) > 2 and gold[-1].text in SUFFIXES and all(token.capital for token in gold):
        yield gold[:-1]
    asked = {token.text for token in tokens(question)}
    if len(gold) == 2 and gold[0].text in asked and gold[1].kind in ("number", "code"):
        yield gold[1:]  # chapter 5, where the chapter is asked for
    yield from without_kind(question, gold)
    named = [token for token in gold if token.text not in KINDS or (token.text not in asked and token.capital)]
    if len(named) < len(gold) and any(token.capital for token in named if not token.article):
        yield named


def _untitled(gold: Tokens) -> Tokens:
    """A name without the titles before it, of which the later ones may be shortened: Dr. med. univ. Margit Popp."""
    start = 0
    while len(gold) - start > 1 and (
        gold[start].text in TITLES
        or (len(gold) - start > 2 and gold[start].text in RANKS)
        or (start and not gold[start].capital and gold[start + 1].before.startswith("."))
    ):
        start += 1
    titled = start and gold[0].capital and gold[start].capital and gold[-1].capital
    return gold[start:] if titled else gold


def any_order(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where all words of a name of two to four stand close together in another order (the city of New York)."""
    words = content(gold)
    odd = any(token.kind != "word" and not token.raw.isupper() for token in words)  # II in World War II may be second
    if not 2 <= len(words) <= 4 or odd or not words[0].capital:
        return
    names = [token for token in gold if not token.article]
    for start in range(len(said)):
        window = said[start : start + len(words) + 2]
        apart = any(PAUSE.search(token.before) for token in window[1:])
        if _turned(said[start : start + len(names)], names):
            yield start, start + len(names)
            return
        between = [token for token in window[1:] if token.capital and not any(same(word, token) for word in words)]
        apart = apart or (bool(between) and not same(words[0], window[0]))
        if (
            not apart
            and any(same(word, window[0]) for word in words)
            and all(any(same(word, one) for one in window) for word in words)
        ):
            yield start, start + len(window)
            return


def compound(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where two words that name a thing together are told the other way round: a disease of the heart."""
    words = [token for token in gold if not token.article]
    if len(words) != 2 or any(token.kind != "word" or token.capital or len(token.text) < 4 for token in words):
        return
    for place in range(len(said) - 2):
        behind = [token for token in said[place + 1 : place + 4] if not token.article]
        joined = len(behind) > 1 and behind[0].text in JOINED and same(words[0], behind[1])
        if joined and same(words[1], said[place]):
            yield place, said.index(behind[1], place) + 1
            return


def _turned(said: Tokens, words: Tokens) -> bool:
    """Whether a name is written with its last part first: Curie, Marie; Beethoven, Ludwig van."""
    commas = [place for place, token in enumerate(said) if place and PAUSE.search(token.before)]
    if len(said) != len(words) or len(commas) != 1 or said[commas[0]].before.strip() != ",":
        return False
    first = len(words) - commas[0]
    return all(same(one, other) for one, other in zip([*words[first:], *words[:first]], said, strict=True))


def initialled(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a person's first name stands for its letter, or the letter for it: J. K. Rowling and Joanne Rowling."""
    names = [token for token in gold if not token.article]
    if not (2 <= len(names) <= 4 and all(token.capital for token in names) and len(names[-1].text) > 2):
        return
    for place, token in enumerate(said):
        if not (token.capital and same(names[-1], token)):
            continue
        first = place
        while first and place - first < 3 and said[first - 1].capital and not _ends(said[first - 1], said[first]):
            first -= 1
        if first < place and any(_initials_agree(names[:-1], said[start:place]) for start in range(first, place)):
            yield first, place + 1


def _ends(token: Token, behind: Token) -> bool:
    """Whether a sentence or a name ends between two tokens, which a full stop behind an initial does not do."""
    between = behind.before.replace(".", "", len(token.text) == 1)
    return PAUSE.search(between) is not None


def _initials_agree(names: Tokens, said: Tokens) -> bool:
    """Whether first names agree letter by letter, as far as both go, and one of them is a mere letter."""
    one, other = ["".join(token.raw.split(".")) for token in names], ["".join(token.raw.split(".")) for token in said]
    one, other = _apart(one), _apart(other)
    letters = any(min(len(a), len(b)) == 1 for a, b in zip(one, other, strict=False))
    return letters and all(
        a[0] == b[0] and (min(len(a), len(b)) == 1 or a.lower() == b.lower()) for a, b in zip(one, other, strict=False)
    )


def _apart(names: list[str]) -> list[str]:
    """First names with initials that are written together in single letters: JK."""
    return [part for name in names for part in (name if name.isupper() and len(name) < 4 else [name])]


def surname(question: str, said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a person is called by the last names alone, in answer to a question that asks who: van den Berg."""
    names = [token for token in gold if not token.article]
    names = names[:-1] if names and names[-1].text in SUFFIXES else names
    if WHO.search(question):
        yield from first_name(said, gold)
    if any(token.article for token in gold[1:]):
        return  # Peter the Great is not Alexander
    if not (2 <= len(names) <= 5 and len(names[-1].text) > 3 and WHO.search(question)):
        return
    if not (names[0].capital and names[-1].capital and all(one.capital or one.text in PARTICLES for one in names)):
        return
    passed = PARTICLES if any(not token.capital for token in names) else ()
    asked = {token.text for token in tokens(question)}
    for place, token in enumerate(said):
        if not (token.capital and token.text == names[-1].text and token.text not in asked):
            continue
        first = place
        while place - first < len(names) - 2 and same(names[first - place - 2], _before(said, first)):
            first -= 1
        before = first
        while _before(said, before).text in passed:
            before -= 1
        other = _before(said, before)
        known = not other.capital or other.text in asked or other.text in KINDS | RANKS
        if known and not (_another_first(said[place + 1 :], names) or goes_on(said, place + 1, gold)):
            yield first, place + 1


def _another_first(behind: Tokens, names: Tokens) -> bool:
    """Whether a text ends in a comma and a first name that is another: Beethoven, Karl van."""
    if not 0 < len(behind) < len(names) or behind[0].before.strip() != ",":
        return False
    return behind[0].capital and not any(same(one, behind[0]) for one in names)


def _before(said: Tokens, place: int) -> Token:
    """The token before a place, with which a sentence or a name does not end; else one that is no name."""
    return said[place - 1] if place and not _ends(said[place - 1], said[place]) else NO_NAME
