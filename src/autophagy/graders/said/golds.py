"""What a gold may be said as: without its unit of counting, its brackets, its letter; and a text in a gold's shape."""

import re
from collections.abc import Iterator, Sequence

from ...text.values.commas import is_list, may_be_list
from ...text.values.forms import folded, one_form
from ...text.values.measures import in_units_of
from ...text.values.several import unnamed
from ...text.values.tokens import tokens
from .aliases import other_names
from .conclusion import boxes, stated
from .figures import as_loss
from .partly import both_names
from .regions import is_region, town

BRACKETS = re.compile(r"(?<![=∈<>≤≥+*/^-])\s+(?:\([^()]*\)|\[[^\[\]]*\])")  # " (born 1912)" behind the phrase
# "in USD millions", where the gold may leave the word away
SCALE = re.compile(
    r"\bin\s+(?:(?:USD|EUR|GBP|US\$|[$€£]|(?:US )?dollars?|euros?)\s*,?\s*)?(thousand|million|billion|trillion)s?\b",
    re.I,
)
AMOUNT = re.compile(r"-?[$€£]?\s?-?\d[\d,]*(?:\.\d+)?")
BASED = re.compile(r"(\d+) base \d+")  # "52_8": in the base that was asked for, the 52 will do
COUNTED = re.compile(r"number (\d+)")  # "No. 5": the 5 alone will do
DOLLARS = re.compile(r"\$+[^$]*[^$\d.,][^$]*\$+|\$-?[\d.,]+\$")  # a formula as LaTeX sets it off
OPPOSITE = re.compile(r"(?=.*-)-?(\d+(?:\.\d+)?),\s*-?\1")  # "-4, 4"
# "x = 2, y = 5", the point (2, 5)
POINT = re.compile(r"\bx\s*=\s*(-?[\d./]*\d),?\s+(?:and\s+)?y\s*=\s*(-?[\d./]*\d)(?![\d.]*[+*/a-z^(])")
# "x = 3 or x = -5", "x = 3, -5": the solutions, whose order is free
SOLUTION = re.compile(r"(?:([a-zA-Z])\s*=\s*)?(-?[\d./√π]+)")
APART = re.compile(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")
SCALED = re.compile(r"([$€£]?\d[\d.,]*)(?:\s?(million|billion|thousand|trillion)|([MBKT]))")  # 7 million, 7B
LETTERS = {"thousand": "K", "million": "M", "billion": "B", "trillion": "T"}
SCALES = {letter: scale for scale, letter in LETTERS.items()}
LARGE = re.compile(r"([$€£]?)(\d{1,3}(?:,\d{3}){2,}|[1-9]\d{6,})")  # 1,200,000, which is 1.2M
SIZES = {"M": 10**6, "B": 10**9}
HOW_MANY = re.compile(r"\bhow\s+many\b", re.IGNORECASE)
PADDED = re.compile(r"00[1-9]|0[1-9]\d")  # 025, as contests give 25, which is a number where a box is asked for
NTH = re.compile(r"(\d+)th")  # as every ordinal number is read
NONE = ("0", "none", "zero", "no one", "nobody", "nothing")
CODE = re.compile(r"\+?\(?\d[\d() ./-]{5,}\d")  # a phone number, whose digits count
RATIO = re.compile(r"(\d+)\s?(?::|-|/|\s+to\s+)\s?(\d+)")
IN_RATIO = re.compile(r"\b(?:ratio|score|odds|proportion|result)\b", re.IGNORECASE)
# of other languages, which an English text passes over no more than its own
ARTICLE = re.compile(
    r"(?:der|das|den|dem|des|die(?=\s+[A-ZÄÖÜ])|ein|eine|einen|le|la|les|une?|el|los|las|il|lo|gli|het)\s+|l'(?=\w)"
)
TUPLE = re.compile(r"\$?(?:\\left)?[(\[<].*\d.*[)\]>]\$?")  # whose parts have an order


def ways(question: str, answers: Sequence[str], text: str) -> list[str]:
    """Each way to say the accepted answers that is as good: the town of a town and its country, 5 for x = 5."""
    golds = [way for gold in answers for way in _of_one(gold)]
    based = [found[1] for gold in answers if (found := BASED.fullmatch(one_form(gold).strip(" $.")))]
    golds += based if based and not BASED.search(one_form(text)) else []
    golds += [gold.strip().lstrip("0") for gold in answers if PADDED.fullmatch(gold.strip()) and "\\box" in text]
    if scale := SCALE.search(question):
        golds += [f"{gold.strip()} {scale[1]}" for gold in answers if AMOUNT.fullmatch(gold.strip())]
    golds += [name for gold in answers for name in other_names(question, gold)]
    if HOW_MANY.search(question) and any(gold.strip(" .").lower() in NONE for gold in answers):
        golds += NONE
    if IN_RATIO.search(question):
        ratios = [found for gold in answers if (found := RATIO.fullmatch(gold.strip()))]
        golds += [f"{found[1]}{sign}{found[2]}" for found in ratios for sign in (":-/" if int(found[2]) > 1 else ":-")]
    golds += [
        f"number {found[1]}"
        for gold in answers
        if (found := NTH.fullmatch(tokens(gold)[0].text if len(tokens(gold)) == 1 else ""))
    ]
    return golds + [place for gold in answers if (place := town(question, gold, text))]


def shaped(text: str, answers: Sequence[str]) -> str:
    """The text with a point or a list of numbers written as the golds write theirs."""
    if any(is_tuple(gold) for gold in answers):
        text = POINT.sub(lambda point: f"({point[1]}, {point[2]})", text)
    if may_be_list(text) and any(is_list(one_form(gold).strip()) for gold in answers):
        text = text.replace(",", ", ")
    for gold in answers:
        text = in_units_of(gold, text)
        text = as_loss(gold, text)
        text = _dialled(gold, text)
    return text


def _dialled(gold: str, text: str) -> str:
    """The text with the number of a telephone written as the gold has it, where their digits are the same."""
    if not CODE.fullmatch(gold.strip()):
        return text
    digits = re.sub(r"\D", "", gold)
    return CODE.sub(lambda found: gold if re.sub(r"\D", "", found[0]) == digits else found[0], text)


def is_tuple(gold: str) -> bool:
    """Whether a gold is numbers in brackets, whose order counts: (1, 2) is not (2, 1)."""
    return TUPLE.fullmatch(gold.strip()) is not None


def without_brackets(text: str) -> str:
    """The text without what stands in brackets behind a phrase, such as (born 1912)."""
    return BRACKETS.sub("", text)


def _of_one(gold: str) -> Iterator[str]:
    """A gold as it stands, without its brackets, and each side of a stroke with blanks about it."""
    yield gold
    yield from both_names(gold)
    if (plain := without_brackets(gold).strip()) and plain != gold:
        yield plain
    if point := POINT.fullmatch(gold.strip()):
        yield f"({point[1]}, {point[2]})"
    if value := unnamed(gold):
        yield value  # x = 5: the 5 alone will do
    if ("\\box" in gold or "####" in gold) and (inside := boxes(gold) or stated(gold)):
        yield from _of_one(inside)
    elif DOLLARS.fullmatch(gold.strip()):
        yield from _of_one(gold.strip(" $"))
    if "=" in gold and (solutions := _solutions(one_form(gold).strip(" $."))):
        yield solutions
    if (scaled := SCALED.fullmatch(gold.strip())) and not (scaled[3] and gold[0] in "$€£"):
        yield f"{scaled[1]}{LETTERS[scaled[2]]}" if scaled[2] else f"{scaled[1]} {SCALES[scaled[3]]}"
    if large := LARGE.fullmatch(gold.strip()):
        yield from (f"{large[1]}{int(large[2].replace(',', '')) / size:g}{sign}" for sign, size in SIZES.items())
    if (article := ARTICLE.match(gold)) and not is_region(folded(gold)):
        yield gold[article.end() :]
    if len(gold) < 12 and one_form(gold).strip(" $.") == "∞":
        yield "infinity"
    if may_be_list(gold.strip()):
        yield gold.replace(",", ", ")
    if both := OPPOSITE.fullmatch(gold.strip()):
        yield f"±{both[1]}"
    if counted := COUNTED.fullmatch(one_form(gold).strip()):
        yield counted[1]
    sides = [side.strip() for side in gold.split(" / ")]
    if len(sides) > 1 and all(re.search(r"[^\W\d_]{2}", side) for side in sides):
        yield from sides


def _solutions(plain: str) -> str | None:
    """The values of a gold that gives several for one letter, as a list; None for any other."""
    parts = [SOLUTION.fullmatch(part) for part in APART.split(plain)]
    found = [part for part in parts if part is not None]
    letters = {part[1] for part in found} - {None}
    if len(found) < max(len(parts), 2) or len(letters) != 1 or found[0][1] is None:
        return None
    return ", ".join(part[2] for part in found)
