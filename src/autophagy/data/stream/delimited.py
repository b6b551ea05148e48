"""Delimited text: the rows of CSV and its kin, a window of lines at a time."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from ...core.errors import DataError
from ..readers.tables import Parted, further, part
from .faults import Faults
from .lines import lines
from .pieces import SAMPLE, Placed, Rows, batched, choose, of_batch
from .stretches import Stretch
from .texts import utf8

SHORT = "ended before the last column, whose cells count as empty."
WINDOW = 2**22  # bytes of the lines that are parted at once


def of_delimited(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of a delimited text, each with the line that it begins in; its first line holds the names.

    The first window shows how cells are parted. A quote that is never closed costs its own line.
    """
    windows = _windows(lines(job, faults, blank=True), faults)
    first, text = next(windows, (1, ""))
    if not text.strip():
        return
    try:
        known = part(text.encode(), job.source.name, named=True)
    except DataError as error:
        faults.add("being no table that can be parted into cells", first, error)
        return
    for note in known.notes:
        faults.tell(note)
    chosen = choose(
        [record for _, record, _ in islice(_records(known, first, Faults()), SAMPLE)], column, faults, known.names
    )
    parts = chain([(first, known)], ((start, further(text, known)) for start, text in windows))
    rows = (row for start, parted in parts for row in _records(parted, start, faults))
    for batch in batched(rows, size):
        yield of_batch(batch, chosen)


def _records(parted: Parted, first: int, faults: Faults) -> Iterator[Placed]:
    """The rows of a window that begins in line `first`; those that were set aside are faults."""
    for aside in parted.aside:
        faults.add(aside.why, first - 1 + int(aside.place), aside.example, aside.count)
    if parted.short:
        faults.tell(SHORT, len(parted.short))
    for place, row in parted.rows:
        if row is not None:
            yield first - 1 + place, dict(zip(parted.names, row, strict=True)), sum(map(len, row))


def _windows(found: Iterable[tuple[int, bytes]], faults: Faults) -> Iterator[tuple[int, str]]:
    """Lines together, with the number of the first, up to one at which no quote is open unless none such comes soon."""
    held: list[bytes] = []
    size = marks = first = 0
    for place, line in found:
        first = first or place
        held.append(line)
        size += len(line) + 1
        marks += line.count(b'"')
        if size > WINDOW and (marks % 2 == 0 or size > 2 * WINDOW):
            yield first, _text(held, faults)
            held, size, marks, first = [], 0, 0, 0
    if held:
        yield first, _text(held, faults)


def _text(held: list[bytes], faults: Faults) -> str:
    zeros = sum(b"\0" in line for line in held)
    if zeros:
        faults.tell("held zero bytes, which were taken out.", zeros)
    return utf8(b"\n".join(held), faults).replace("\0", "")
