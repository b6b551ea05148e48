"""Which of several choices a text names: by its letter, its place, or its own words."""

import re
from collections.abc import Iterator, Sequence

from ...text.values.token import Token
from ...text.values.tokens import bare, tokens
from .conclusion import behind_box, last_word, not_taken_back, stated, without_wrapping
from .equal import equal
from .lettered import by_letter, by_place, denied_behind, place_of
from .places import spans
from .polarity import leaning, polar
from .stance import Stance, stance

# a letter alone, in whatever brackets: "**(B)**", "Option B."
BARE = re.compile(
    r"\W{0,20}(?:(?:option|choice|answer|letter|alternative)\s*[:.]?\s*)?[*(\[{\"']{0,20}([A-Z])[*)\]}\"'.:]*\W*",
    re.IGNORECASE,
)
# "A, B", "both A and B": several, and so none
SEVERAL = re.compile(
    r"\W*(?:both\s+|either\s+)?\(?[A-Z]\)?(?:\s*(?:,|、|/|&|\band\b|\bor\b|,\s*and\b)\s*\(?[A-Z]\)?)+\W*"
)
# "(B)", "B.", "[b]", in front of a choice
LABEL = re.compile(
    r"\s*(?:[-*•]\s+)?[*_]*(?:(?:option|choice|answer)\s+)?"
    r"(?:\(([A-Za-z])\)|\[([A-Za-z])\]|([A-Za-z])[).:\]]|([B-HJ-Z])(?=\s+[-–—]\s|\s*$)|([A-Z])(?=\s+-\s|\s*$))"
)
NUMBERED = re.compile(r"[(\[]?(\d{1,2})[)\].]*")  # "(2)": the second, where no choice is a number
WORDED = re.compile(r"\W*([A-Z]),\s+(.+)")  # "C, osmosis"
# "Both.", "none of these": how many of the others are meant
COUNT = re.compile(
    r"(none|neither|both|all)(?:\s+(?:one|of\s+(?:the|these|those|them)(?:\s+(?:above|options|choices|answers))?))?"
    r"(?:\s+(?:is|are)\s+(?:correct|right|true))?\W*",
    re.IGNORECASE,
)
# "d, although e would be tempting"
LEADS = re.compile(
    r"\W{0,9}([A-Z])(?:\W{0,3},\s*(?:although|though|but|since|because|even|not|while|it|this|that|which|there|as)\b|\s+and\s+"
    r"no\s+others?\b|[*_\"'.)]{0,4}\s+\((?=[A-Z](?![\w'])|\w+(?:\s\w+){2})|\s*是(?:正确|对)|\s*不是\s*[A-Z](?![A-Za-z]))",
    re.IGNORECASE,
)
BESIDE = re.compile(r"\W{0,3}([A-Z])\s+([^\s\W].+)")  # "B Paris", without a mark between
EACH_DENIED = re.compile(r"\bnot\s+\(?([A-Z])(?![\w'])", re.IGNORECASE)  # "not A, not C"
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def named_choice(text: str, choices: Sequence[str]) -> int | None:
    """The place of the choice that a text names, None where it names none, or several.

    The whole text may be a choice, its letter or its place; else what it states as its answer counts, else a letter at
    its start, else the one choice that it affirms by letter, place or its own words. A letter beside the words of
    another choice names neither.
    """
    whole = _without_menu(not_taken_back(without_wrapping(text)), choices)
    said = stated(whole)
    parts = [part for part in (behind_box(whole), said, whole) if part is not None and part.strip()] or [whole]
    if any(SEVERAL.fullmatch(part) for part in parts):
        return None
    for part in parts:
        found = _whole(part, choices)
        if found is not None:
            return found
    for part in parts:
        found = _opening(part, choices)
        if found is not None:
            return found if found >= 0 else None
    return _mentioned(parts[0] if len(parts) > 1 else parts[-1], choices)


def _without_menu(text: str, choices: Sequence[str]) -> str:
    """The text without the choices in its first lines, where it says them all over again before it answers."""
    lines = [line for line in text.splitlines() if line.strip()]
    menu = lines[: len(choices)]
    labels = [LABEL.match(line) for line in menu]
    again = len(choices) > 1 and len(lines) > len(choices) and all(labels)
    if not again or any(
        bare(line[label.end() :]) != bare(name)
        for line, label, name in zip(menu, labels, choices, strict=True)
        if label
    ):
        return text
    return text.partition(menu[-1])[2].strip()


def _whole(text: str, choices: Sequence[str]) -> int | None:
    """The choice that a text is, to the letter where it can be, else by what it means, else by its letter or place."""
    plain = text.strip().strip("*_`\"' \n")
    for alike in (str.__eq__, _same_letters, _same):
        found = [place for place, name in enumerate(choices) if alike(name, plain)]
        if len(found) == 1 and plain:
            return found[0]
    letter = BARE.fullmatch(plain)
    if letter:
        return place_of(letter[1], choices)
    if (digits := NUMBERED.fullmatch(plain)) and not any(
        one.kind == "number" for name in choices for one in tokens(name)
    ):
        return int(digits[1]) - 1 if 0 < int(digits[1]) <= len(choices) else None
    counted = COUNT.fullmatch(plain)
    meant = [place for place, name in enumerate(choices) if counted and name.lower().startswith(counted[1].lower())]
    return meant[0] if len(meant) == 1 else None


def _same_letters(name: str, plain: str) -> bool:
    return bare(name).rstrip(".") == bare(plain).rstrip(".")


def _same(name: str, plain: str) -> bool:
    return any(token.kind != "symbol" for token in tokens(name)) and equal(name, plain)


def _opening(text: str, choices: Sequence[str]) -> int | None:
    """The choice whose letter, or whose yes or no, a text opens with; -1 where its own words are those of another."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    labels = [label for line in lines if (label := LABEL.match(line))]
    letters = {next(filter(None, label.groups())).upper() for label in labels}
    if lines and len(letters) == 1 and labels[0].string == lines[0] and not denied_behind(lines[0][labels[0].end() :]):
        place = place_of(letters.pop(), choices)
        said = _held(re.split(r"[.;,\n]| because| since", lines[0][labels[0].end() :].strip(" *_-)"))[0], choices)
        if place is not None:
            return -1 if said and place not in said else place
    if (leads := LEADS.match(text)) and (place := place_of(leads[1], choices)) is not None:
        return place
    beside = BESIDE.fullmatch(text.strip(" .*_"))
    if beside and (place := place_of(beside[1], choices)) is not None:
        own = [other for other, name in enumerate(choices) if _same_letters(name, beside[2])]
        if own and own != [place]:
            return -1
    worded = WORDED.match(text)
    if worded and _held(re.split(r"[.;,\n]", worded[2])[0], choices) == [place_of(worded[1], choices)]:
        return place_of(worded[1], choices)
    ways, lean = [polar(name) for name in choices], leaning(text)
    return ways.index(lean) if lean is not None and ways.count(lean) == 1 and ways.count(None) < 2 else None


def _mentioned(text: str, choices: Sequence[str]) -> int | None:
    """The only choice that a text affirms: in all of it, else in its conclusion, else in its first or last sentence."""
    sentences = [part for part in SENTENCE.split(text) if part.strip()] or [text]
    clause = re.split(r",?\s+(?:while|whereas|not|but)\b", text)[0]
    for part in filter(None, (text, last_word(text), sentences[0], sentences[-1], clause)):
        letters = by_letter(part, choices)
        strong = letters["stated"] or letters["plain"]
        if strong:
            several = set(strong) if letters["stated"] else {*strong, *letters["open"]}
            if len(several) == 1 or (letters["stated"] and not letters["open"]):
                return strong[-1]
            continue
        places = set(by_place(part, choices))
        if len(places) == 1:
            return places.pop()
        held = _held(part, choices)
        if len(held) == 1:
            return held[0]
        if not held and len(set(letters["lone"])) == 1:
            return letters["lone"][0]
    left = {*range(len(choices))} - {place_of(letter, choices) for letter in EACH_DENIED.findall(text)}
    return left.pop() if len(left) == 1 < len(choices) - 1 else None


def _held(text: str, choices: Sequence[str]) -> list[int]:
    """The choices that a text affirms in their own words, but for those that stand inside a longer one."""
    said = tokens(text)
    names = [tokens(name) for name in choices]
    places = {place: list(_exactly(said, name)) for place, name in enumerate(names) if name and not _one_letter(name)}
    held = []
    for place, found in places.items():
        longer = [span for other, its in places.items() if other != place for span in its]
        own = [span for span in found if not any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in longer)]
        if any(stance(said, start, end, names[place], []) is Stance.AFFIRMED for start, end in own):
            held.append(place)
    return held


def _exactly(said: Sequence[Token], name: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where a choice stands word for word; the choices of a question may differ by an s."""
    if all(token.kind == "symbol" for token in name):
        return
    for start, end in spans(said, name):
        words = [token.text for token in said[start:end] if not token.article]
        if words == [token.text for token in name if not token.article] or any(token.kind != "word" for token in name):
            yield start, end


def _one_letter(name: Sequence[Token]) -> bool:
    return len(name) == 1 and name[0].kind == "word" and len(name[0].text) == 1 and name[0].raw.isascii()
