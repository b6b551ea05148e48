"""Records: the rows of JSON, an object a line or all in one list."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from json.scanner import make_scanner
from typing import Any

from ..readers.objects import json_records
from ..readers.turns import unlisted
from .cells import mend
from .faults import Faults
from .lines import lines
from .listed import listed
from .opened import head
from .pieces import SAMPLE, Placed, Rows, batched, choose, of_batch
from .stretches import Stretch
from .whole import whole_file
from .worded import Record

SCAN = make_scanner(json.JSONDecoder(strict=False))  # type: ignore[arg-type]  # which asks for no blanks before a value
ROOM = " \t\r\n"
ESCAPE = ord("\\")
NO_RECORD = "being no JSON object"
LARGE = 2**26  # bytes of a file from which on a list is read value by value
BEFORE = b"\xef\xbb\xbf \t\r\n"  # what may stand before a list
Reader = Callable[[Stretch, Faults], Iterator[Placed]]
BRACKETS = (b"[", b"]", b"")  # alone on a line, with a comma or not, around and between the objects of a list


def of_lines(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of a JSON lines file."""
    return _of(records, job, faults, column, size)


def of_json(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of a JSON file: a list of objects, or a table in one of the layouts in which libraries write them.

    All but a list has to fit in memory.
    """
    if job.source.size > LARGE and head(job.source.path).lstrip(BEFORE).startswith(b"["):
        return _of(listed, job, faults, column, size)
    return _of_whole(job, faults, column, size)


def _of(read: Reader, job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows that are read one after the other; the first ones of the file tell which column is the text."""
    first = [record for _, record, _ in islice(read(Stretch(0, job.source), Faults()), SAMPLE)]
    chosen = choose(first, column, faults)
    for batch in batched(read(job, faults), size):
        yield of_batch(batch, chosen)


def _of_whole(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    data = whole_file(job.source, faults)
    if data is None:
        return
    found = json_records(data, nested=True)
    for note in found.notes:
        faults.tell(note)
    good = [(place, record) for place, record in zip(found.places, found, strict=True) if record is not None]
    for aside in found.aside:
        faults.add(aside.why, int(aside.place), aside.example, aside.count)
    empty = len(found) - len(good) - sum(aside.count for aside in found.aside)
    if empty:
        faults.add(NO_RECORD, 0, "null", empty)
    if len(good) == 1 and _is_mapping(good[0][1]):
        faults.tell("It names texts, each of which is a row; the name is its id.")
        good = [(number, {"id": name, "text": text}) for number, (name, text) in enumerate(good[0][1].items(), 1)]
    chosen = choose([record for _, record in good[:SAMPLE]], column, faults)
    each = len(data) // max(1, len(good))
    for batch in batched(((place, record, each) for place, record in good), size):
        yield of_batch(batch, chosen)


def _is_mapping(record: Record) -> bool:
    """Whether an object has more texts than a row has columns, such as answers by the ids of their questions."""
    return len(record) > SAMPLE and all(isinstance(cell, str) for cell in record.values())


def records(job: Stretch, faults: Faults) -> Iterator[Placed]:
    """The object of each line with its number and its bytes; a line that holds none is a fault."""
    for place, line in lines(job, faults):
        value = _value(line, faults)
        if type(value) is dict:
            yield place, value, len(line)
        elif isinstance(value, list) and isinstance((rows := unlisted(value))[0], dict):
            for row in rows:
                yield place, row, len(line) // len(rows)
        elif isinstance(value, str):
            yield place, {"text": value}, len(line)
        elif line.strip().removesuffix(b",") not in BRACKETS:
            faults.add(NO_RECORD, place, line[:400])


def _value(line: bytes, faults: Faults) -> Any:
    """What a line holds; None where it is no JSON. Half a character and bytes that are none become U+FFFD."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode(errors="replace")
        faults.tell("held bytes that are no UTF-8, which became U+FFFD.", 1)
    try:
        value, end = SCAN(text, 0)
        if end != len(text) and text[end:].strip(ROOM) not in ("", ","):
            return None
    except (ValueError, RecursionError, StopIteration):
        bare = text.strip(ROOM)
        return None if bare == text or not bare else _value(bare.encode(), faults)
    return mend(value, text, faults) if ESCAPE in line else value
