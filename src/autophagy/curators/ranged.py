"""What was said of many rows in few lines: details that differ in numbers and masked values are one, with ranges."""

import re
from collections import Counter
from collections.abc import Mapping

# a number that stands by itself, or a range of them; what is in brackets or joined to letters is left as it is
NUMBER = re.compile(r"(?<!\S)(\d+(?:[.,]\d+)*)(?: to (\d+(?:[.,]\d+)*))?(?![^\s,;])")
MASKED = re.compile(r" \([^\s()]+…[^\s()]+\)")  # the ends of a value of one row, which are no kind of row
QUOTED = ('"', "“")  # what is quoted of a text is no figure of ours


def ranged(details: Mapping[str, int]) -> Counter[str]:
    """How often each was said, those that differ in numbers put together: "Jaccard 0.91 to 0.97"."""
    alike: dict[str, dict[str, int]] = {}
    for said, times in details.items():
        kind = NUMBER.sub("\0", MASKED.sub("", said))
        key = kind if any(map(str.isalpha, kind)) and not any(mark in said for mark in QUOTED) else said
        alike.setdefault(key, {})[said] = times
    return Counter({_joined(key, list(group)): sum(group.values()) for key, group in alike.items()})


def _joined(key: str, group: list[str]) -> str:
    if len(group) == 1:
        return group[0]
    columns = zip(*(NUMBER.findall(MASKED.sub("", said)) for said in group), strict=True)
    spans = iter([_span([number for pair in column for number in pair if number]) for column in columns])
    return re.sub("\0", lambda found: next(spans), key)


def _span(numbers: list[str]) -> str:
    low, high = (choose(numbers, key=lambda number: float(number.replace(",", ""))) for choose in (min, max))
    return low if low == high else f"{low} to {high}"
