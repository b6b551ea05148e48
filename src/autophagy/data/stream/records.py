"""Records: the rows of JSON, an object a line or all in one list."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..readers.objects import json_records, mended
from .faults import Faults
from .lines import lines
from .pieces import SAMPLE, Rows, batched, choose, of_batch
from .stretches import Stretch
from .whole import whole_file
from .wording import Record

NO_RECORD = "being no JSON object"
BRACKETS = (b"[", b"]")  # alone on a line, around a list of objects with one a line


def of_lines(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of a JSON lines file."""
    head = [record for _, record in islice(records(Stretch(0, job.source), Faults()), SAMPLE)]
    chosen = choose(head, column, faults)
    for batch in batched(records(job, faults), size):
        yield of_batch(batch, chosen)


def of_json(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of a JSON file: a list of objects, or a table in one of the layouts in which libraries write them."""
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
    for batch in batched(good, size):
        yield of_batch(batch, chosen)


def _is_mapping(record: Record) -> bool:
    """Whether an object has more texts than a row has columns, such as answers by the ids of their questions."""
    return len(record) > SAMPLE and all(isinstance(cell, str) for cell in record.values())


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
