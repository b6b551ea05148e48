"""The choices that a text names by a letter or by their place: "the answer is (B)", "option 3", "the last one"."""

import re
from collections.abc import Iterator, Sequence

from ...core.questions import LETTERS
from ...text.values.numbers import ORDINALS, SMALL, roman
from ...text.values.tokens import tokens
from .eastern import concluded

NOUNS = r"(?:answer|choice|option|letter|alternative|statement|possibility|candidate)s?"
CHOOSES = (
    r"(?:choose|choosing|chose|pick|picked|select|selected|go(?:ing)?\s+(?:with|for)|opt\s+for|leaves?|leaving|say|guess|think|"
    r"believe|be|but|is|it's|that's|answer|therefore|thus|hence|so|->|→|=>)"
)
BEHIND = r"(?:$|[.,;:!?)\n-]|because|since|as\b|is\b|and\b|or\b|for\b|which|but|\()"
EAST = "\\u3040-\\u30ff\\u3400-\\u9fff"
LETTER = re.compile(
    rf"""(?<=[{EAST}])(?P<east>[A-Z])(?![A-Za-z0-9])
    | (?<![\w'.-])(?<![A-Za-z0-9][()])(?:
      {NOUNS}\s*[*_]*\s*(?:is|are|was|would\ be|must\ be|should\ be|:|=)?\s*[*_]*\s*(?:option|choice|letter|answer)?\s*
        [*_("'\[]*(?P<named>[A-Z])(?![\w'’+\#])
    | {CHOOSES}[,:]?\s+(?:option\s+|choice\s+|letter\s+|answer\s+|with\s+|it's\s+|it\s+is\s+)?
        [*_("'\[]*(?P<chosen>[A-Z])(?![\w'’+\#])[)"'\]*_]*(?=\s*{BEHIND})
    | (?P<right>[A-Z])(?=[)*_"'.]*\s+(?:is|must\ be|would\ be|seems)\s+(?:the\s+)?
        (?:right|correct|true|best|answer|most)\b)
    | (?:more\s+likely|rather|better|probably)\s+\(?(?P<likelier>[A-Z])(?=[)\s]*(?:$|[.,;!]))
    | [(\[](?P<bracketed>[A-Za-z])[)\]]
    | (?P<subject>[A-Z])(?=[)*_"'.]*\s+(?:is|was|seems|must|would|fits|makes|appears|looks|can|
        cannot|could|isn't|it\s+is)\b)
    | (?P<pair>[A-Z])(?=\s+(?:or|and|nor)\s+[A-Z](?![\w'])|\s*[和与與或及跟、]\s*[A-Z](?![A-Za-z0-9]))
    | (?:(?<=\b[A-Z]\sor\s)|(?<=\b[A-Z],\sor\s)|(?<=\b[A-Z]\snor\s))(?P<last>[A-Z])(?![\w'])
    | (?:(?<=\b[A-Z]\sand\s)|(?<=\b[A-Z],\sand\s))(?P<last2>[A-Z])(?![\w']) | (?P<lone>[B-HJ-Z])(?![\w'’+\#(=])
    | (?<=[,:]\s)(?P<only>A)(?=[)\].*_"']*\s*$)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
DENIED_BEFORE = re.compile(
    r"(?:\bnot|\bwhether|cannot\s+be|n't(?:\s+be)?|\bneither|\bnor|\brather than|\binstead of|\bruled? out|"
    r"\beliminat\w*|\bexclud\w*|\bexcept|\bthan|\bunlike|\bdismiss\w*|\breject\w*|\bdiscard\w*|\bconsider\w*|\bthink(?:ing)?\s+about)\s+(?:that\s+)?(?:it'?s?\s+)?(?:is\s+)?(?:the\s+)?"
    r"(?:answer|choice|option)?s?\s*(?:is\s+)?[*_(\"'\[]*$",
    re.IGNORECASE,
)
DENIED_AFTER = re.compile(
    r"^[)\]*_\"'.:]*\s*(?:is|was|seems|looks|are|isn't|can|cannot|could)?\s*(?:be\s+)?(?:\w+\s+but\s+)?(?:also\s+|clearly\s+|definitely\s+|"
    r"obviously\s+)?(?:(?:(?:wrong|incorrect|false)(?:ly)?|not|n't|ruled out|out|eliminated|excluded|cannot|isn't|"
    r"nonsense|impossible|untrue|too)\b|(?:项|选项|说法)?\s*(?:是|也)?(?:错|不正确|不对|不符|不成立|被排除|与[^,。]{1,8}不符))",
    re.IGNORECASE,
)
# "A, B and ", several letters in a row, of which none is the answer
LISTED = re.compile(r"(?:\b[A-Z]\s*(?:,|\bor\b|\band\b|\bnor\b)\s*)+$")
PLACE = re.compile(
    rf"""\b(?:(?:option|choice|answer|number|alternative|no\.)\s*(?:number\s*)?(?:is\s+|:\s*)?[\#(]?(?P<digits>\d{{1,2}})(?![\d.])
    |(?:option|choice|number)\s+(?P<count>one|two|three|four|five)\b
    |(?:option|choice)\s+(?P<roman>i{{2,3}}|iv)\b
    |(?:the\s+)?(?P<word>{"|".join(ORDINALS)}|last|final|\d{{1,2}}(?:st|nd|rd|th))\s+
        (?:option|choice|one|answer|alternative|statement)\b
    |^\W*(?:the\s+)?(?P<only>{"|".join(ORDINALS)}|last)\W*$)""",
    re.VERBOSE | re.IGNORECASE,
)
FINE = """
is was because since as and or for which but it would must fits can seems cannot isn not
"""
BEHIND_A = frozenset(FINE.split())  # what may follow the letter A or I, unlike an article or a pronoun
OR_ANOTHER = re.compile(r"[)*_\"'.]*\s+or\s+\(?[A-Z](?![\w'])")  # "A or C"
STATED = ("named", "chosen", "right", "likelier")
LOOK = 400  # characters beside a name in which it may be denied: a text of any length is read in a time like it


def by_letter(text: str, choices: Sequence[str]) -> dict[str, list[int]]:
    """The choices named by letters: those stated as the answer, and those that are merely spoken well of."""
    found: dict[str, list[int]] = {"stated": [], "plain": [], "open": [], "lone": []}
    for match in LETTER.finditer(text):
        group, letter = next((name, part) for name, part in match.groupdict().items() if part and name != "verb")
        start = match.start(group)
        place = place_of(letter, choices)
        if place is None or not _is_letter(text, start, letter, group):
            continue
        before, after = text[max(0, start - LOOK) : start], text[start + 1 : start + LOOK]
        if DENIED_BEFORE.search(LISTED.sub("", before)) or denied_behind(after):
            continue
        if group in ("pair", "last", "last2") or (group in STATED and OR_ANOTHER.match(after)):
            found["open"].append(place)
            found["plain"].append(place)
        elif group in ("lone", "only"):
            found["lone"].append(place)
        else:
            found["stated" if group in STATED else "plain"].append(place)
    if not found["stated"] and (letter := concluded(text)) and (place := place_of(letter, choices)) is not None:
        found["stated"].append(place)
    return found


def _is_letter(text: str, start: int, letter: str, group: str) -> bool:
    """Whether a letter names a choice: in small only in brackets or at the end of what is said, and A is no article."""
    rest = text[start + 1 : start + LOOK]
    closed = re.match(r"[)\]*_\"'.:,;!?]*\s*(?:$|\n|[.,;:!?)])", rest) is not None
    if letter.islower():
        return group == "bracketed" or (group in STATED and (closed or rest[:1] in ").:"))
    if letter in "AI" and group in (*STATED, "subject"):
        after = re.match(r"[)\]*_\"']*\s+([a-z]+)", rest)
        return closed or after is None or after[1] in BEHIND_A
    return True


def denied_behind(text: str) -> bool:
    """Whether what stands behind a letter denies that it is the answer."""
    return DENIED_AFTER.match(text) is not None


def by_place(text: str, choices: Sequence[str]) -> Iterator[int]:
    """The choices named by their place (option 3, the last one), unless the choices are numbers themselves."""
    numeric = all(any(token.kind == "number" for token in tokens(name)) for name in choices)
    for found in PLACE.finditer(text):
        before, after = text[max(0, found.start() - LOOK) : found.start()], text[found.end() : found.end() + LOOK]
        if DENIED_BEFORE.search(before) or denied_behind(after):
            continue
        word = (found["word"] or found["only"] or "").lower()
        if found["digits"] and numeric:
            continue
        digits = re.sub(r"\D", "", found["digits"] or word)
        number = len(choices) if word in ("last", "final") else int(digits) if digits else ORDINALS.get(word, 0)
        number = roman((found["roman"] or "").upper()) or SMALL.get((found["count"] or "").lower()) or number
        if 1 <= number <= len(choices):
            yield number - 1


def place_of(letter: str, choices: Sequence[str]) -> int | None:
    """The place of the choice that has this letter; None where none has it."""
    place = LETTERS.find(letter.upper())
    return place if 0 <= place < len(choices) else None
