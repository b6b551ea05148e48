"""A list in one JSON file that is too large to be read at once: its objects, one after the other."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from ..readers.torn import BEHIND, opening
from .cells import mend
from .faults import Faults
from .lines import LONGEST, blocks
from .pieces import Placed
from .stretches import Stretch

DECODER = json.JSONDecoder(strict=False)
OPENING = re.compile(r"\s*\[")  # a file that begins as one list
BETWEEN = re.compile(r"[\s,]*")  # what may stand between two objects of a list
BROKEN = object()  # stands for a value that is none


def listed(job: Stretch, faults: Faults) -> Iterator[Placed]:
    """The objects of a list with their numbers; what is no object is a fault.

    Behind one that is broken it goes on where the next begins as the first did; where there is none, the rest cannot be
    told apart and is one fault.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    more = (decoder.decode(block) for block in blocks(job, faults))
    text, start, number, mark = OPENING.sub("", next(more, ""), count=1), 0, 0, ""
    while True:
        begin, end, value = _next(text, start)
        if end == len(text) and len(text) - begin <= LONGEST and (block := next(more, None)) is not None:
            text, start = text[start:] + block, 0
            continue
        if text[begin : begin + 1] in ("", "]"):
            break
        number, mark = number + 1, mark or opening(text, begin)
        start = end
        if isinstance(value, dict):
            yield number, mend(value, text[begin:end], faults), end - begin
            continue
        faults.add("being no JSON object", number, text[begin : begin + 400])
        if value is BROKEN:
            start = text.find(mark, begin + 1)
            if start < 0:
                faults.add(BEHIND, number + 1)
                return
    if not text.startswith("]", begin):
        faults.add(f"the file breaking off ({faults.broken or 'its list is not closed'})", number + 1)


def _next(text: str, start: int) -> tuple[int, int, Any]:
    """Where the next value begins and ends, and the value; it may be broken, or not all here yet."""
    found = BETWEEN.match(text, start)
    begin = found.end() if found else start
    try:
        value, end = DECODER.raw_decode(text, begin)
    except (ValueError, RecursionError):
        return begin, len(text), BROKEN
    return begin, end, value
