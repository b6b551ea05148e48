"""The numbered items of a reply, however a model numbers them."""

import re

# "1.", "(1)", "1:", "**1.**", "Task 9:", "### Task 9" and the like, at the start of a line
NUMBERED = re.compile(
    r"^([ \t]*)(?:[#>]+[ \t]*)?[*_]{0,2}[(\[]?(?:"
    r"#?(\d{1,3})[ \t]*[.):\]](?!\d)|"
    r"(?:task|instruction|item)[ \t]*#?(\d{1,3})(?:[ \t]*[.):\]](?!\d)|(?=[*_]{0,2}[ \t]*$)))"
    r"[*_]{0,2}[ \t]*:?[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
BULLET = re.compile(r"^[ \t]*[-*•–][ \t]+", re.MULTILINE)  # "- ", "• "
SKIPPED = 2  # items that a list may leave out and still go on
MARKS = ("**", "__", "`")


def items_of(text: str, first: int = 0) -> list[str]:
    """The items of a list, in their order; the whole text where it is none.

    What stands before the first number is a preamble and no item, unless `first` is the number that the prompt ended
    with, and the next one comes. Only numbers that go up begin an item, so that "2020." at the start of a line ends
    none, nor does a list that is indented within an item. Where nothing is numbered, bullets begin items.
    """
    starts = _starts(text)
    if first and (not starts or first < _number(starts[0]) <= first + 1 + SKIPPED) and text.strip():
        text = f"{first}. {text.lstrip()}"
        starts = _starts(text)
    if len(starts) < 2 and len(bullets := list(BULLET.finditer(text))) > 1:
        starts = bullets
    if not starts:
        return [text.strip()] if text.strip() else []
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [_tidy(text[match.end() : end]) for match, end in zip(starts, ends, strict=True)]


def _starts(text: str) -> list[re.Match[str]]:
    """The numbers that begin items: each a little higher than the last one, or all the same, and none indented more."""
    numbers = list(NUMBERED.finditer(text))
    level = [each for each in numbers if len(each[1]) <= len(numbers[0][1]) + 1]
    starts: list[re.Match[str]] = []
    for each in level:
        if not starts or 0 < _number(each) - _number(starts[-1]) <= 1 + SKIPPED:
            starts.append(each)
    same = [each for each in level if _number(each) == _number(starts[0])]
    return same if len(starts) == 1 else starts


def _number(match: re.Match[str]) -> int:
    return int(match[2] or match[3])


def _tidy(item: str) -> str:
    """An item without the end of a fence or of bold print that began before it."""
    item = item.strip()
    lines = item.splitlines()
    if lines and lines[-1].strip() == "```" and sum(line.lstrip().startswith("```") for line in lines) % 2:
        item = "\n".join(lines[:-1]).rstrip()
    for mark in MARKS:
        if item.endswith(mark) and item.count(mark) % 2:
            item = item.removesuffix(mark).rstrip()
    return item
