"""The bytes of a file, unpacked where they are gzipped."""

import gzip
import zlib
from pathlib import Path

from ...core.errors import Unreadable

GZIP = b"\x1f\x8b"


def content(path: Path) -> bytes:
    """The bytes of the file, unpacked whatever its name says; raises DataError where it is empty or damaged."""
    try:
        data = path.read_bytes()
        if data.startswith(GZIP):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(
            path, f"cannot be read ({reason.rstrip('.')})", "check the file and its permissions"
        ) from error
    if not data.strip():
        raise Unreadable(path, "is empty", "give a file with rows in it")
    return data
