"""The numbered items of a reply, however a model numbers them."""

import re

NUMBERED = re.compile(
    r"^[ \t]*(?:#+[ \t]*)?(?:\*\*)?(?:task[ \t]*)?(\d{1,3})[ \t]*[.):](?!\d)(?:\*\*)?[ \t]*", re.I | re.M
)


def items_of(text: str) -> list[str]:
    """The items behind "1.", "1)", "**1.**" and "Task 9:", in their order; the whole text where nothing is numbered.

    What stands before the first number is a preamble and no item. Only numbers that go up begin an item, so that
    "2020." at the start of a line ends none.
    """
    starts, expected = [], None
    for match in NUMBERED.finditer(text):
        number = int(match[1])
        if expected is None or number == expected:
            starts.append(match)
            expected = number + 1
    if not starts:
        return [text.strip()] if text.strip() else []
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [text[match.end() : end].strip() for match, end in zip(starts, ends, strict=True)]
