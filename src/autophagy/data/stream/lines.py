"""Lines: the bytes of a file, unpacked and in UTF-8, line by line, however long the file or a line is."""

import bz2
import codecs
import gzip
import json
import lzma
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ..readers.encodings import NAMES, SAMPLE, UTF8, encoding
from ..readers.unpack import BZIP, GZIP, XZ, ZSTD
from .faults import Faults
from .sources import Source
from .stretches import BLOCK, Stretch

LONGEST = 2**25  # bytes of a line: a longer one is no document, and is set aside
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError)
WIDE = ("utf-16", "utf-32")
MARK = codecs.BOM_UTF8


def lines(job: Stretch, faults: Faults) -> Iterator[tuple[int, bytes]]:
    """Each line of a stretch, without its end, with its number in the file; blank ones are passed over.

    A line longer than LONGEST is a fault, and so is the one in which a damaged file breaks off.
    """
    name = text_encoding(job.source)
    if not name.startswith(UTF8):
        guess = "" if name.startswith("utf") else ", a guess"
        faults.tell(f"It is no UTF-8 and was read as {NAMES.get(name, name)}{guess}.")
    after = job.first  # the number of the line behind the last whole one
    with unpacked(job.source.path) as file:
        for place, line in numbered(_until_it_breaks(_utf8(blocks(file, job), name), faults), job.first):
            if place == 1 and line is not None and line.startswith(MARK):
                line = line[len(MARK) :]
            if line is None:
                faults.add(f"being longer than {LONGEST // 2**20} MiB", place)
            elif faults.broken and not line.endswith(b"\n"):
                break
            elif line.strip():
                yield place, line.removesuffix(b"\n").removesuffix(b"\r")
            after = place + 1
    if faults.broken:
        faults.add(f"the file breaking off ({faults.broken})", after)


def numbered(blocks: Iterable[bytes], first: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their ends and their numbers; None for one that is too long, of which no more is held than that."""
    rest: list[bytes] = []
    held, place, lost = 0, first, False
    for block in blocks:
        parts = block.split(b"\n")
        for part in parts[:-1]:
            yield place, None if lost or held + len(part) > LONGEST else b"".join([*rest, part, b"\n"])
            rest, held, lost = [], 0, False
            place += 1
        rest.append(parts[-1])
        held += len(parts[-1])
        if held > LONGEST:
            rest, held, lost = [], 0, True
    if lost or held:
        yield place, None if lost else b"".join(rest)


def blocks(file: IO[bytes], job: Stretch) -> Iterator[bytes]:
    """The bytes of a stretch, a block at a time."""
    left = job.stop - job.start if job.stop >= 0 else -1
    if job.start:
        file.seek(job.start)
    read = getattr(file, "read1", file.read)  # which hands over what there is before it meets what is broken
    while left and (block := read(BLOCK if left < 0 else min(BLOCK, left))):
        left -= len(block) if left > 0 else 0
        yield block


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """The file opened for reading, through what unpacks it, whatever its name says."""
    with path.open("rb") as plain:
        head = plain.read(8)
        plain.seek(0)
        with _opened(plain, head) as file:
            yield file


def text_encoding(source: Source) -> str:
    """The encoding of a text, from its first bytes; UTF-8 where they cannot be read.

    JSON says by its first characters, which are ASCII, how many bytes a character has.
    """
    try:
        with unpacked(source.path) as file:
            head = getattr(file, "read1", file.read)(SAMPLE)
    except BROKEN:
        return UTF8
    found = encoding(head)
    if source.format != "jsonl":
        return found
    wide = json.detect_encoding(head)
    return wide if not wide.startswith(UTF8) else UTF8 if found.startswith(WIDE) else found


def _opened(plain: Any, head: bytes) -> Any:
    if head.startswith(GZIP):
        return gzip.open(plain)
    if head.startswith(BZIP):
        return bz2.open(plain)
    if head.startswith(XZ):
        return lzma.open(plain)
    if head.startswith(ZSTD):
        import pyarrow as pa

        return pa.input_stream(plain, compression="zstd")
    return plain


def _until_it_breaks(parts: Iterator[bytes], faults: Faults) -> Iterator[bytes]:
    """The blocks up to where the file is damaged, which becomes the reason for what is lost."""
    try:
        yield from parts
    except BROKEN as error:
        faults.broken = " ".join(str(getattr(error, "strerror", None) or error).split()).rstrip(".") or "damaged"


def _utf8(parts: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The blocks in UTF-8; bytes that are no text become U+FFFD."""
    if name.startswith(UTF8):
        yield from parts
        return
    decoder = codecs.getincrementaldecoder(name)("replace")
    for part in parts:
        yield decoder.decode(part).encode(errors="replace")
    yield decoder.decode(b"", final=True).encode(errors="replace")
