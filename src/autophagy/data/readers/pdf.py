"""PDFs: their title and the text of their pages."""

import io
import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ...core.errors import Unreadable, need

# What pypdf raises, beside its own errors, where a file is damaged.
BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError),
    *(AssertionError, NotImplementedError, struct.error, zlib.error),
)


def read_pdf(data: bytes, where: str) -> tuple[str, str]:
    """The title and the text of a PDF, a blank line between its pages.

    Raises DataError where it is damaged, wants a password, or holds pictures of text only.
    """
    pypdf = need("pypdf", "reading a PDF")
    errors = (pypdf.errors.PyPdfError, pypdf.errors.DependencyError, *BROKEN)
    try:
        with _quiet():
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise Unreadable(where, "needs a password", "save it without one")
            text = "\n\n".join(page.extract_text().strip() for page in reader.pages)
            title = str((reader.metadata or {}).get("/Title") or "")
    except errors as error:
        reason = " ".join(str(error).split())[:100].rstrip(".") or type(error).__name__
        raise Unreadable(where, f"cannot be read as PDF ({reason})", "it may be damaged, so save it again") from error
    if not text.strip():
        raise Unreadable(where, "holds pictures and no text", "run text recognition on it first")
    return " ".join(title.split()), text


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's warnings of what it mended off standard error."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
