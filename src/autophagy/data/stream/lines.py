"""Lines: the bytes of a file, unpacked and in UTF-8, line by line, however long the file or a line is."""

import codecs
from collections.abc import Iterable, Iterator

from ..readers.encodings import NAMES, UTF8
from .faults import Faults
from .opened import BLOCK, BROKEN, some, text_encoding, unpacked
from .stretches import Stretch

LONGEST = 2**25  # bytes of a line: a longer one is no document, and is set aside
TOO_LONG = f"being longer than {LONGEST // 2**20} MiB"
MARK = codecs.BOM_UTF8


def lines(job: Stretch, faults: Faults, blank: bool = False) -> Iterator[tuple[int, bytes]]:
    """Each line of a stretch, without its end, with its number in the file; `blank` ones are passed over or not.

    A line longer than LONGEST is a fault, and so is the one in which a damaged file breaks off.
    """
    after = job.first  # the number of the line behind the last whole one
    for place, line in numbered(blocks(job, faults), faults, job.first):
        if line is None:
            faults.add(TOO_LONG, place)
        elif blank or (line and not line.isspace()):
            yield place, line.removesuffix(b"\r")
        after = place + 1
    if faults.broken:
        faults.add(f"the file breaking off ({faults.broken})", after)


def numbered(blocks: Iterable[bytes], faults: Faults, first: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines and their numbers; None for one that is too long, of which no more is held than that.

    The line in which a damaged file breaks off is left out.
    """
    rest: list[bytes] = []
    held, place, lost = 0, first, False
    for block in blocks:
        parts = block.split(b"\n")
        last = parts.pop()
        if parts and (rest or lost):
            whole = b"".join([*rest, parts.pop(0)])
            yield place, None if lost or len(whole) > LONGEST else whole
            place += 1
            rest, held, lost = [], 0, False
        for part in parts:
            yield place, part
            place += 1
        rest.append(last)
        held += len(last)
        if held > LONGEST:
            rest, held, lost = [], 0, True
    if (lost or held) and not faults.broken:
        yield place, None if lost else b"".join(rest)


def blocks(job: Stretch, faults: Faults) -> Iterator[bytes]:
    """The bytes of a stretch in UTF-8 without its mark, up to where the file is damaged, which `faults` then know."""
    name = text_encoding(job.source.path, job.source.format)
    if not name.startswith(UTF8):
        guess = "" if name.startswith("utf") else ", a guess"
        faults.tell(f"It is no UTF-8 and was read as {NAMES.get(name, name)}{guess}.")
    try:
        parts = _in_utf8(_raw(job), name)
        first = next(parts, b"")
        yield first if job.start else first.removeprefix(MARK)
        yield from parts
    except BROKEN as error:
        faults.broken = " ".join(str(getattr(error, "strerror", None) or error).split()).rstrip(".") or "damaged"


def _raw(job: Stretch) -> Iterator[bytes]:
    left = job.stop - job.start if job.stop >= 0 else -1
    with unpacked(job.source.path) as file:
        if job.start:
            file.seek(job.start)
        while left and (block := some(file, BLOCK if left < 0 else min(BLOCK, left))):
            left -= len(block) if left > 0 else 0
            yield block


def _in_utf8(parts: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The blocks in UTF-8; bytes of another encoding that are no text become U+FFFD."""
    if name.startswith(UTF8):
        yield from parts
        return
    decoder = codecs.getincrementaldecoder(name)("replace")
    for part in parts:
        yield decoder.decode(part).encode(errors="replace")
    yield decoder.decode(b"", final=True).encode(errors="replace")
