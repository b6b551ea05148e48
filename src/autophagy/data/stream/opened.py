"""Opened: a file unpacked while it is read, its first bytes, and the encoding of its text."""

import bz2
import gzip
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ..readers.encodings import SAMPLE, UTF8, encoding
from ..readers.unpack import BZIP, GZIP, XZ, ZIP, ZSTD

BLOCK = 2**20  # bytes that are read at once
SHORT = 2**12  # bytes at once from what loses all that it read where it meets what is broken (Arrow's zstd)
BROKEN = (OSError, EOFError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
WIDE = ("utf-16", "utf-32")


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """The file opened for reading, through what unpacks it, whatever its name says."""
    with path.open("rb") as plain:
        first = plain.read(8)
        plain.seek(0)
        with _opened(plain, first) as file:
            yield file


def is_packed(path: Path) -> bool:
    """Whether the file is packed, whatever its name says."""
    with path.open("rb") as plain:
        return plain.read(8).startswith((GZIP, BZIP, XZ, ZSTD, ZIP))


def some(file: Any, size: int) -> bytes:
    """The next bytes, at most so many; what there is before a damaged part comes out before the error."""
    if hasattr(file, "read1"):
        return bytes(file.read1(size))
    return bytes(file.read(min(size, SHORT)))


def head(path: Path, size: int = SAMPLE) -> bytes:
    """The first bytes of a file, unpacked; fewer where it is damaged or cannot be read."""
    parts: list[bytes] = []
    try:
        with unpacked(path) as file:
            while size > 0 and (part := some(file, size)):
                parts.append(part)
                size -= len(part)
    except BROKEN:
        pass  # whoever reads on meets it and says so
    return b"".join(parts)


def text_encoding(path: Path, format: str) -> str:
    """The encoding of a text, from its first bytes.

    JSON says by its first characters, which are ASCII, how many bytes a character has.
    """
    first = head(path)
    found = encoding(first)
    if format != "jsonl":
        return found
    wide = json.detect_encoding(first)
    return wide if not wide.startswith(UTF8) else UTF8 if found.startswith(WIDE) else found


def _opened(plain: Any, first: bytes) -> Any:
    if first.startswith(GZIP):
        return gzip.open(plain)
    if first.startswith(BZIP):
        return bz2.open(plain)
    if first.startswith(XZ):
        return lzma.open(plain)
    if first.startswith(ZSTD):
        import pyarrow as pa

        return pa.input_stream(plain, compression="zstd")
    return _only_member(plain) if first.startswith(ZIP) else plain


def _only_member(plain: Any) -> Any:
    """The one file in a zip archive; raises OSError where it holds several."""
    archive = zipfile.ZipFile(plain)
    names = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX/")]
    if len(names) != 1:
        raise OSError(f"an archive of {len(names)} files: unpack it")
    return archive.open(names[0])
