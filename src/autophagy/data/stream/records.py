"""Records: the lines of a JSON lines file, one object each."""

import json
from collections.abc import Iterator
from typing import Any

from ..readers.objects import mended
from .faults import Faults
from .lines import lines
from .stretches import Stretch

NO_RECORD = "being no JSON object"
BRACKETS = (b"[", b"]")  # alone on a line, around a list of objects with one a line


def records(job: Stretch, faults: Faults) -> Iterator[tuple[int, dict[str, Any]]]:
    """The object of each line with its number; a line that holds none is a fault."""
    for place, line in lines(job, faults):
        bare = line.strip().removesuffix(b",")
        if bare in BRACKETS:
            continue
        value = _value(bare, faults)
        if isinstance(value, str):
            value = {"text": value}
        if isinstance(value, dict):
            yield place, value
        else:
            faults.add(NO_RECORD, place, line[:400])


def _value(line: bytes, faults: Faults) -> Any:
    """What a line holds; None where it is no JSON. Half a character and bytes that are none become U+FFFD."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode(errors="replace")
        faults.tell("held bytes that are no UTF-8, which became U+FFFD.", 1)
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if "\\ud" in text or "\\uD" in text:
        value, changed = mended(value)
        if changed:
            faults.tell("held half a character, which became U+FFFD.", 1)
    return value
