"""Whether a text gives an accepted answer: as it stands, in a sentence that affirms it, or told in other words."""

import re
from collections.abc import Iterator, Sequence

from ...text.values.algebra import alike
from ...text.values.forms import one_form
from ...text.values.intervals import one_interval
from ...text.values.same import same
from ...text.values.token import Tokens
from ...text.values.tokens import bare, tokens
from .conclusion import before_statement, last_word, not_taken_back, stated, told, without_wrapping
from .figures import of_something_else
from .kin import kin
from .letters import stands
from .lists import has_more, has_rival, is_list, numbers_listed
from .names import ANOTHER, acronyms, any_order, forms, initialled, numbered, surname
from .places import in_order, spans
from .polarity import decides, leaning, polar
from .regions import in_longer_name, town
from .roles import in_another_role
from .sentence import content, informs
from .stance import Stance, stance
from .written import miswritten

# "Sure, ", "Answer: ", in front of the phrase
OPENERS = re.compile(r"^(?:sure|certainly|of course|okay|ok|great question)[!,.]\s+|^(?:a|ans|answer)\s*[:=]\s*", re.I)
BRACKETS = re.compile(r"(?<![=∈<>≤≥+*/^-])\s+(?:\([^()]*\)|\[[^\[\]]*\])")  # " (born 1912)" behind the phrase
# "in USD millions", where the gold may leave the word away
SCALE = re.compile(
    r"\bin\s+(?:(?:USD|EUR|GBP|US\$|[$€£]|(?:US )?dollars?|euros?)\s*,?\s*)?(thousand|million|billion|trillion)s?\b",
    re.I,
)
AMOUNT = re.compile(r"-?[$€£]?\s?-?\d[\d,]*(?:\.\d+)?")
BASED = re.compile(r"(\d+) base \d+")  # "52_8": in the base that was asked for, the 52 will do
COUNTED = re.compile(r"number (\d+)")  # "No. 5": the 5 alone will do
NUMBERS = re.compile(r"-?[\d./]+(?:,-?[\d./]+)+")  # "1,2": two numbers where the gold has two
THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
SEVERAL = re.compile(r"-?[\d./]+(?:,\s+(?:and\s+)?-?[\d./]+)+")
SOLVED = re.compile(r"\$?[a-zA-Z]\s*=\s*([^=]+?)\$?")  # x = 5: the 5 alone will do
RESULT = re.compile(
    r"(?:\b(?:is|equals|gives|get)|:|(?<![<>])=)\s*([^.:=\n]*[-+*/^\\][^.:=\n]*?)\.?\s*$"
)  # what a text ends in
OPPOSITE = re.compile(r"(?=.*-)-?(\d+(?:\.\d+)?),\s*-?\1")  # "-4, 4"
# "x = 2, y = 5", the point (2, 5)
POINT = re.compile(r"\bx\s*=\s*(-?[\d./]*\d),?\s+(?:and\s+)?y\s*=\s*(-?[\d./]*\d)(?![\d.]*[+*/a-z^(])")
ASKS = re.compile(
    r"(?:was|is|are|were|did|does|do|could|can|would|who|what|which|where|when|why|how)\b[^.!?]*\?", re.IGNORECASE
)
PARTS = re.compile(r",\s+(?:and\s+)?|\s+and\s+|\s*&\s+|;\s*")
TUPLE = re.compile(r"\$?(?:\\left)?[(\[<].*\d.*[)\]>]\$?")  # whose parts have an order
# of which the order is asked
ORDERED = re.compile(r"(?<!any )(?<!particular )\border\b(?!\s+(?:to|that))|\branked\b|\bsequence\b", re.IGNORECASE)
LONG = 4  # words that carry meaning make a gold that may be told in other words


def gives(question: str, answers: Sequence[str], text: str) -> bool:
    """Whether the text gives one of the accepted answers."""
    golds = [way for gold in answers for way in _ways(gold)]
    based = [found[1] for gold in answers if (found := BASED.fullmatch(one_form(gold).strip(" $.")))]
    golds += based if based and not BASED.search(one_form(text)) else []
    if scale := SCALE.search(question):
        golds += [f"{gold.strip()} {scale[1]}" for gold in answers if AMOUNT.fullmatch(gold.strip())]
    golds += filter(None, (town(question, gold, text) for gold in answers))
    if all(polar(gold) is not None for gold in golds):
        return decides(text, question) in {polar(gold) for gold in golds}
    whole = OPENERS.sub("", without_wrapping(text).strip())
    if any(TUPLE.fullmatch(gold.strip()) for gold in answers):
        whole = POINT.sub(_pair, whole)
    if _numbers(whole) and any(SEVERAL.fullmatch(one_form(gold).strip()) for gold in answers):
        whole = whole.replace(",", ", ")
    if ASKS.fullmatch(whole) or miswritten(question, answers, whole):
        return False
    worked = {_worked(gold, whole) for gold in golds}
    if True in worked or worked == {False}:
        return True in worked
    ranged = {one_interval(gold, stated(whole) or whole) for gold in golds}
    if True in ranged or ranged == {False}:
        return True in ranged
    if any(equal(gold, whole) for gold in golds):
        return True
    said = not_taken_back(whole)
    final = stated(said) or ""
    outside = BRACKETS.sub("", final)
    if outside != final and all(_other_of_its_kind(question, gold, outside) for gold in golds):
        return _any(question, golds, outside)
    if final.strip() and before_statement(said).strip(" \n*_#>\"'"):
        return _any(question, golds, final) and not _contradicts(question, golds, said)
    said = final if final.strip() else said
    drawn = last_word(said)
    if drawn and any(_other_of_its_kind(question, gold, drawn) for gold in golds):
        return _any(question, golds, drawn)
    return _any(question, golds, said)


def _worked(gold: str, whole: str) -> bool | None:
    """Whether a text is the formula of the gold, or ends in it; None where it holds none that can be compared."""
    found = [alike(gold, part) for part in (whole, *RESULT.findall(whole)[-1:])]
    return True if True in found else next((one for one in found if one is not None), None)


def equal(gold: str, said: str) -> bool:
    """Whether two texts say the same, token for token, articles and marks aside."""
    one, other = tokens(gold), tokens(OPENERS.sub("", said.strip()))
    if all(token.kind == "symbol" for token in one):
        return bare(gold) == bare(said)
    if len(one) == 1 and one[0].kind == "word" and (one[0].article or len(one[0].text) == 1):
        return [token.text for token in other] == [one[0].text]
    first = next((place for place, token in enumerate(other) if not token.article), 0)
    return any(start <= first and end == len(other) for start, end in spans(other, one))


def _ways(gold: str) -> Iterator[str]:
    """A gold as it stands, without its brackets, and each side of a stroke with blanks about it."""
    yield gold
    if (plain := BRACKETS.sub("", gold).strip()) and plain != gold:
        yield plain
    if solved := SOLVED.fullmatch(gold.strip()):
        yield solved[1]
    if _numbers(gold.strip()):
        yield gold.replace(",", ", ")
    if both := OPPOSITE.fullmatch(gold.strip()):
        yield f"±{both[1]}"
    if counted := COUNTED.fullmatch(one_form(gold).strip()):
        yield counted[1]
    sides = [side.strip() for side in gold.split(" / ")]
    if len(sides) > 1 and all(re.search(r"[^\W\d_]{2}", side) for side in sides):
        yield from sides


def _pair(point: re.Match[str]) -> str:
    return f"({point[1]}, {point[2]})"


def _numbers(text: str) -> bool:
    """Whether a text is numbers with commas between them, and not one with its thousands."""
    return NUMBERS.fullmatch(text) is not None and not THOUSANDS.fullmatch(text)


def _any(question: str, golds: Sequence[str], text: str) -> bool:
    return any(_affirms(question, gold, text, golds) for gold in golds)


def _affirms(question: str, gold: str, text: str, golds: Sequence[str]) -> bool:
    """Whether the text affirms the gold, and nowhere denies it or leaves it open."""
    opened = leaning(gold)
    if opened is not None and leaning(text) not in (opened, None):
        return False
    said, wanted = tokens(text), tokens(gold)
    if (listed := numbers_listed(text)) and 1 < len(numbers_listed(gold)) < len(listed):
        return False  # one solution more
    if opened is not None and len(wanted) > 2 and leaning(text) is opened:
        wanted = wanted[1:]
    if has_more(said, _parts(gold)):
        return False
    if not wanted or not said:
        return bool(text.strip()) and bare(gold) == bare(text)
    others = [tokens(one) for one in golds if one != gold]
    found = _stances(question, wanted, said, others)
    if found:
        return _settled(found) and not is_list(text, wanted, others) and not has_rival(said, wanted, others)
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
        if places:
            return [_stance(question, said, place, form, others) for place in places]
    ways = (
        any_order(said, wanted),
        initialled(said, wanted),
        surname(question, said, wanted),
        acronyms(said, wanted),
        numbered(said, wanted),
    )
    places = next((found for found in map(list, ways) if found), [])
    places = [(start, end) for start, end in places if not in_longer_name(said, start, end)]
    return [_stance(question, said, place, wanted, others) for place in places]


def _stance(question: str, said: Tokens, place: tuple[int, int], form: Tokens, others: Sequence[Tokens]) -> Stance:
    """What the text does with the gold at a place, which may be another role than the one that was asked for."""
    found = stance(said, *place, form, others)
    turned = found is Stance.AFFIRMED and (
        in_another_role(question, said, *place) or of_something_else(question, said, place[0])
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
    if TUPLE.fullmatch(gold.strip()):
        return []
    parts: list[Tokens] = [tokens(part) for part in PARTS.split(one_form(gold)) if part.strip()]
    return parts if len(parts) > 1 and all(1 <= len(content(part)) <= 3 for part in parts) else []


def _other_of_its_kind(question: str, gold: str, text: str) -> bool:
    """Whether a conclusion names something of the gold's kind that the question does not."""
    asked, wanted, drawn = tokens(question), tokens(gold), tokens(text)
    if not wanted:
        return False
    new = (token for token in drawn[1:] if token.kind != "word" or (token.capital and len(token.text) > 1))
    first = [token for token in drawn[:1] if token.kind != "word"]
    return any(kin(token, wanted) and not any(same(one, token) for one in asked) for token in (*first, *new))


def _contradicts(question: str, golds: Sequence[str], said: str) -> bool:
    """Whether the text states another short answer in so many words before it states the gold."""
    earlier = (told(before_statement(said)) or "").strip()  # a box that another follows was a step
    head = re.split(r"[.\n]", earlier, maxsplit=1)[0]
    found = tokens(head)
    same_kind = any(kin(found[0], wanted) for gold in golds if (wanted := tokens(gold))) if found else False
    return same_kind and len(found) <= 3 and not _any(question, golds, head)
