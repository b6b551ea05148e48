"""Whether a text gives an accepted answer: in which part of it a person looks, and what is compared there."""

import re
from collections.abc import Sequence

from ...text.values.algebra import alike
from ...text.values.intervals import one_interval
from ...text.values.same import same
from ...text.values.several import many_numbers, same_values
from ...text.values.token import Token
from ...text.values.tokens import tokens
from .affirms import affirms
from .conclusion import before_statement, behind_box, boxes, last_word, not_taken_back, stated, told, without_wrapping
from .equal import equal, opened
from .golds import shaped, ways, without_brackets
from .kin import EXACT, kin
from .opposites import told_as_asked
from .polarity import decides, polar
from .written import miswritten

RESULT = re.compile(
    r"(?:\b(?:is|equals|gives|get|to|as|becomes|yields)|:|(?<![<>])=)\s*([^.:=\n]*[-+*/^\\][^.:=\n]*?)\.?\s*$"
)  # what a text ends in
FORMULA = re.compile(r"\$\$?([^$]+)\$\$?|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)  # as LaTeX sets one off
# "6 * 15 = $90 a night", in the last line of a text that works out its answer
RESULTED = re.compile(
    r"\d[^=\n]*[-+*/x][^=\n]*\d[^=\n]*=\s*(?![^=\n]*=)([$€£]?\s?-?\d(?:[\d,]|\s(?=\d{3}(?!\d)))*(?:\.\d+)?\s?%?)(?![\d.,]*\d|\s*[/^*]\s*\d)"
)
# behind it a line may tell another figure: "= 60 a day, so that a week needs 420"; but not "= 15 in 30 days"
GOES_ON = re.compile(r"(?:[,;:(=]|[.!?]\s|\b(?:so|and|but|or|which|while|is|are|was|were)\b)")
NOT = re.compile(r"(?:\bnot|n't|\bnever|\bthan|\binstead\s+of)\W*\Z", re.IGNORECASE)
# "Answer: 15" as the last line, which takes the place of whatever was stated before
CLOSING = re.compile(r"\n[^\w\n]*(?:the\s+|my\s+)?(?:final\s+|correct\s+)?answer[*_ ]*:[^\n]*\S[^\n]*\Z", re.IGNORECASE)
ASKS = re.compile(
    r"(?:was|is|are|were|did|does|do|could|can|would|who|what|which|where|when|why|how)\b[^.!?]*\?", re.IGNORECASE
)


def gives(question: str, answers: Sequence[str], text: str) -> bool:
    """Whether the text gives one of the accepted answers.

    Yes and no, formulas and intervals are compared as such. Any other gold is what the text says and nothing else, or
    what it affirms in the part that decides.
    """
    golds = ways(question, answers, text)
    if all(polar(gold) is not None for gold in golds):
        return decides(text, question) in {polar(gold) for gold in golds}
    whole = told_as_asked(question, shaped(opened(without_wrapping(text)), answers))
    if ASKS.fullmatch(whole) or miswritten(question, answers, whole):
        return False
    for compared in (_worked, _ranged, _listed):
        found = {compared(gold, whole) for gold in golds}
        if True in found or found == {False}:
            return True in found
    if any(alike(gold, drawn) for drawn in _drawn(text) for gold in golds):
        return True
    worked = _result(whole) or whole
    if any(equal(gold, part) for gold in golds for part in (worked, whole)):
        return True
    if worked is not whole and all(_of_its_kind(gold, worked) for gold in golds):
        return False  # another number, whichever the question holds
    return _concludes(question, golds, not_taken_back(whole))


def _concludes(question: str, golds: Sequence[str], said: str) -> bool:
    """Whether a text affirms a gold in what it states as its answer, else in its last conclusion, else in all of it."""
    final = _last_stated(question, golds, said)
    outside = without_brackets(final)
    if outside != final and all(_other_of_its_kind(question, gold, outside) for gold in golds):
        return affirms(question, golds, outside)
    if final.strip() and before_statement(said).strip(" \n*_#>\"'"):
        closed = CLOSING.search(said.rstrip()) is not None
        return affirms(question, golds, final) and (closed or not _contradicts(question, golds, said))
    said = final if final.strip() else said
    drawn = last_word(said)
    if drawn and any(_other_of_its_kind(question, gold, drawn) for gold in golds):
        return affirms(question, golds, drawn)
    return affirms(question, golds, said)


def _last_stated(question: str, golds: Sequence[str], said: str) -> str:
    """What a text states as its answer: in its last box, unless it states another of the gold's kind behind it."""
    later = re.split(r"\.(?=\s|$)|\n", behind_box(said) or "", maxsplit=1)[0]
    if later.strip() and any(_other_of_its_kind(question, gold, later) for gold in golds):
        return later
    return stated(said) or ""


def _worked(gold: str, whole: str) -> bool | None:
    """Whether a text is the formula of the gold, or ends in it; None where it holds none that can be compared."""
    if len(wanted := tokens(gold)) == 1 and wanted[0].unit:
        return None  # 50 km/h is no formula
    found = [alike(gold, part) for part in (*_stated(whole), *RESULT.findall(whole)[-1:])]
    return True if True in found else next((one for one in found if one is not None), None)


def _drawn(text: str) -> list[str]:
    """The last formula that a text sets off, and what stands behind its last equals sign, unless it is denied."""
    found = list(FORMULA.finditer(text)) if "$" in text or "\\" in text else []
    if not found or NOT.search(text, max(0, found[-1].start() - 20), found[-1].start()):
        return []
    last = next(filter(None, found[-1].groups()))
    return [last, last.rpartition("=")[2]]


def _result(whole: str) -> str | None:
    """What a text works out in its last line, or says again there, where it states no answer in so many words."""
    if "=" not in whole or stated(whole) is not None:
        return None
    before, _, line = whole.rstrip().rpartition("\n")
    if found := RESULTED.search(line):
        mark = GOES_ON.search(line, found.end())
        return None if mark and _figures(line[mark.end() :]) else found[1]
    sums = RESULTED.findall(before)
    again = _figures(line) if sums and "=" not in line else []
    return sums[-1] if again and same(tokens(sums[-1])[0], again[-1]) else None


def _figures(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.kind in EXACT]


def _ranged(gold: str, whole: str) -> bool | None:
    """Whether a text gives the interval of the gold; None where one of them is none."""
    return one_interval(gold, stated(whole) or whole)


def _listed(gold: str, whole: str) -> bool | None:
    """Whether a text gives the values of the gold, where one of them is several; None where neither is."""
    parts = _stated(whole)
    found = {same_values(gold, part) for part in parts}
    if found == {None} and len(tokens(gold)) == 1 and any(map(many_numbers, parts)):
        return False  # (0, 1) is not 1
    return True in found or (False if False in found else None)


def _stated(whole: str) -> list[str]:
    """A text, and the sentence or the boxes in which it states its answer."""
    final = re.split(r"\.(?=\s|$)|\n\s*\n", stated(whole) or "", maxsplit=1)[0].strip(" .")
    return [part for part in dict.fromkeys((whole, final, boxes(whole))) if part]


def _other_of_its_kind(question: str, gold: str, text: str) -> bool:
    """Whether a conclusion names something of the gold's kind that the question does not."""
    asked, wanted, drawn = tokens(question), tokens(gold), tokens(text)
    if not wanted:
        return False
    new = (token for token in drawn[1:] if token.kind != "word" or (token.capital and len(token.text) > 1))
    first = [token for token in drawn[:1] if token.kind != "word"]
    return any(kin(token, wanted) and not any(same(one, token) for one in asked) for token in (*first, *new))


def _of_its_kind(gold: str, text: str) -> bool:
    """Whether a text that is not the gold names something that could be one."""
    wanted = tokens(gold)
    return bool(wanted) and any(kin(token, wanted) for token in tokens(text))


def _contradicts(question: str, golds: Sequence[str], said: str) -> bool:
    """Whether the text states another short answer in so many words before it states the gold."""
    earlier = (told(before_statement(said)) or "").strip()  # a box that another follows was a step
    head = re.split(r"[.\n]", earlier, maxsplit=1)[0]
    found = tokens(head)
    same_kind = any(kin(found[0], wanted) for gold in golds if (wanted := tokens(gold))) if found else False
    return same_kind and len(found) <= 3 and not affirms(question, golds, head)
