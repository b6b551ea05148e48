"""Texts: the documents of a plain text, parted as the file itself parts them."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from ..readers.text import END_OF_TEXT, PIECE
from .faults import Faults
from .lines import LONGEST, TOO_LONG, blocks, lines
from .parting import SAID, parting
from .pieces import Rows, batched, of_batch
from .stretches import Stretch
from .wording import Wording

TEXT = Wording(("text",))
TITLED = re.compile(rb" = [^=\n][^\n]* = *")  # " = Title = " of WikiText, which begins an article
Line = tuple[int, bytes]
Part = tuple[int, bytes | None]  # a line, or the end of a document


def of_text(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The documents of a text file, each with the line that it begins in; line ends become one character."""
    how = parting(job.source)
    if not how:
        faults.add("being no text", 0)
        return
    faults.tell(f"One document is {SAID[how]}.")
    found = _cut(job, faults) if how == "piece" else _gathered(PARTED[how](lines(job, faults, blank=True)), faults)
    for batch in batched(((place, {"text": text}, len(text)) for place, text in found), size):
        yield of_batch(batch, TEXT)


def utf8(data: bytes, faults: Faults) -> str:
    """The text, with U+FFFD for bytes that are none, which is told."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        faults.tell("held bytes that are no UTF-8, which became U+FFFD.", 1)
        return data.decode(errors="replace")


def _gathered(parts: Iterable[Part], faults: Faults) -> Iterator[tuple[int, str]]:
    """The lines put together up to each end; a document that is longer than a line may be is a fault."""
    held: list[bytes] = []
    size = first = 0
    for place, line in chain(parts, [(0, None)]):
        if line is not None:
            if held or line.strip():
                first = first if held else place
                size += len(line) + 1
                held += [line] if size <= LONGEST else []
            continue
        while held and not held[-1].strip():
            held.pop()
        if size > LONGEST:
            faults.add(TOO_LONG, first, b"".join(held[:1])[:400])
        elif held:
            yield first, utf8(b"\n".join(held), faults)
        held, size = [], 0


def _by_line(found: Iterable[Line]) -> Iterator[Part]:
    for place, line in found:
        yield place, line
        yield place, None


def _by_paragraph(found: Iterable[Line]) -> Iterator[Part]:
    for place, line in found:
        yield place, line if line.strip() else None


def _by_file(found: Iterable[Line]) -> Iterator[Part]:
    yield from found


def _by_title(found: Iterable[Line]) -> Iterator[Part]:
    for place, line in found:
        if TITLED.fullmatch(line):
            yield place, None
        yield place, line


def _by_mark(found: Iterable[Line]) -> Iterator[Part]:
    for place, line in found:
        head, *more = line.split(END_OF_TEXT.encode())
        yield place, head
        for part in more:
            yield place, None
            yield place, part


def _cut(job: Stretch, faults: Faults) -> Iterator[tuple[int, str]]:
    """Pieces of so many characters, numbered, of a text without line ends."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    number, rest = 1, ""
    for block in blocks(job, faults):
        rest += decoder.decode(block)
        for start in range(0, len(rest) - PIECE, PIECE):
            yield number, rest[start : start + PIECE]
            number += 1
        rest = rest[len(range(0, len(rest) - PIECE, PIECE)) * PIECE :]
    if rest.strip():
        yield number, rest


PARTED: dict[str, Callable[[Iterable[Line]], Iterator[Part]]] = {
    "mark": _by_mark,
    "title": _by_title,
    "paragraph": _by_paragraph,
    "line": _by_line,
    "file": _by_file,
}
