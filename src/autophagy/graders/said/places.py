"""Where a text holds a phrase: whole words and whole numbers, however both are written."""

from collections.abc import Iterator, Sequence

from ...text.values.same import same
from ...text.values.token import Token, Tokens
from ...text.values.units import ALL_UNITS
from .marks import PAUSE
from .words import COPULAS

MOST = 50  # places that are looked at; a text that says the same more often only repeats itself
_KIN = """
brother sister father mother parents son daughter wife husband widow friend cousin uncle aunt nephew niece
grandfather grandmother boss assistant secretary predecessor successor rival colleague teacher student
neighbour neighbor
"""
KIN = frozenset(_KIN.split())
SIGNS = frozenset("+*/^√")
BOUNDS = frozenset("<>")
OPPOSED = frozenset({"non", "Non", "anti", "Anti", "pseudo"})  # with a hyphen before a word they make another of it


def spans(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Each place, start and end, where the tokens of the gold stand one after the other in what was said.

    Articles and single initials may stand between; one word may be written as two, and two as one.
    """
    wanted = [token for token in gold if not token.article] or list(gold)
    if not wanted:
        return  # a gold that says nothing stands nowhere
    sought = "".join(token.text for token in wanted if token.text != "/")  # AC/DC and ACDC
    joinable = any(token.kind == "word" for token in wanted) and (len(sought) > 2 or any(map(str.isdigit, sought)))
    found = 0
    for start in range(len(said)):
        if said[start].article and not wanted[0].article:
            continue
        end = _following(said, start, wanted)
        if end is None and joinable:
            end = _joined(said, start, sought, len(wanted))
        if end is not None and not _part_of_more(said, start, end, wanted):
            yield start, end
            found += 1
            if found == MOST:
                return


def in_order(said: Tokens, parts: Sequence[Tokens]) -> bool:
    """Whether phrases stand one behind the other."""
    end = 0
    for part in parts:
        found = next((place for place in spans(said, part) if place[0] >= end), None)
        if found is None:
            return False
        end = found[1]
    return True


def holds(said: Tokens, gold: Tokens) -> bool:
    """Whether the phrase stands anywhere."""
    return next(spans(said, gold), None) is not None


def _following(said: Tokens, start: int, wanted: Tokens) -> int | None:
    """The end of the phrase if it begins here, token for token."""
    place = start
    for number, token in enumerate(wanted):
        while number and place < len(said) and _passable(said, place, wanted, number):
            place += 1
        if place >= len(said) or not same(token, said[place]):
            return None
        if number and said[place].before.strip(" .")[:1] in ("!", "?", "\n", ";"):
            return None
        place += 1
    return place


def _passable(said: Tokens, place: int, wanted: Tokens, number: int) -> bool:
    """Whether a token may be passed over inside a phrase: an article, an initial, a number said again in brackets."""
    token = said[place]
    if same(wanted[number], token):
        return False
    initial = token.capital and len(token.text) == 1 and wanted[number - 1].capital and wanted[number].capital
    initial = initial and not any(one.capital and len(one.text) == 1 for one in wanted)  # George H. W. is no George W.
    again = token.kind == "number" and "(" in token.before and place > 0 and same(token, said[place - 1])
    return token.article or initial or again


def _joined(said: Tokens, start: int, sought: str, size: int) -> int | None:
    """The end of a run of tokens that is written like a phrase of so many once all is written together."""
    found = ""
    for place in range(start, min(len(said), start + size + 4)):
        token = said[place]
        if token.text == "/" and found and len(sought) > len(found):
            continue
        if token.kind not in ("word", "number") or (place > start and PAUSE.search(token.before.replace(".", ""))):
            return None
        found += token.text
        if found == sought:
            return place + 1 if place + 1 - start != size else None
        if not sought.startswith(found):
            return None
    return None


def _part_of_more(said: Tokens, start: int, end: int, wanted: Tokens) -> bool:
    """Whether a number of the phrase is a piece of a range, or counts something else than the phrase does."""
    first, last = said[start], said[end - 1]
    if start and said[start - 1].raw in OPPOSED and not PAUSE.search(first.before):
        return True  # non-political Islam
    if wanted[-1].raw == last.raw[:-2] and owns_kin(said, end):
        return True
    if _in_range(first, said[start - 2 : start]) or _in_range(last, said[end : end + 2]):
        return True
    if start and first.kind == "number" and said[start - 1].text == "±" and not first.before:
        return True  # ±2021 is two numbers
    if _operand(first, said[start - 1 : start]) or _operand(last, said[end : end + 1]):
        return True
    if _signed(first) != _signed(wanted[0]) or _in_formula(said, start, end):
        return True
    unit = wanted[-1].unit
    if unit is None or last.kind != "number" or last.unit is not None or "/" in last.text or end == len(said):
        return False
    after = said[end]
    measured = any(ALL_UNITS.get(one.text, ("",))[0] == unit[0] for one in said[end : end + 3])  # 30 working days
    counted = (
        after.kind == "word" and after.text not in COPULAS and not after.article and not PAUSE.search(after.before)
    )
    return counted and not measured


def owns_kin(said: Tokens, end: int) -> bool:
    """Whether a person is called by how near they are to the phrase, an adjective apart: Ann's brother is not Ann."""
    return said[end - 1].raw.lower().endswith("'s") and any(token.text in KIN for token in said[end : end + 2])


def _operand(number: Token, beside: Tokens) -> bool:
    """Whether a number is a part of a sum or a product, and not what it comes to."""
    return number.kind == "number" and any(token.kind == "symbol" and token.text in SIGNS for token in beside)


def _signed(token: Token) -> bool:
    """Whether a minus stands before a sign of mathematics: -∞."""
    mathematics = token.before.endswith("\\") or token.text in ("∞", "π")
    return mathematics and token.before.rstrip("\\").endswith("-")


def _in_formula(said: Tokens, start: int, end: int) -> bool:
    """Whether a phrase is a part of a formula: of a power, a function or a bound, π^2, f(5), x > 5."""
    if (
        end < len(said)
        and said[end].before == "^"
        and (len(said[end - 1].text) == 1 or said[end - 1].text.endswith("π"))
    ):
        return True
    if not start or said[start].kind != "number":
        return False
    before = said[start - 1]
    if said[start].before == "(" and before.kind == "word" and len(before.text) == 1:
        return True
    return before.text in BOUNDS and start > 1 and said[start - 2].kind == "word" and len(said[start - 2].text) == 1


def _in_range(number: Token, beside: Tokens) -> bool:
    """Whether a dash and another number stand beside a number that is no year, or it is between two."""
    if number.kind != "number" or len(beside) < 2 or "number" not in (beside[0].kind, beside[1].kind):
        return False
    year = number.unit is None and all(1000 <= value <= 2100 for value in number.values)
    between = any(token.kind == "symbol" and token.raw == "and" for token in beside)  # of which neither year is the one
    return between or (not year and any(token.kind == "symbol" and token.text == "-" for token in beside))
