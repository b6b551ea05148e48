"""Whole files: pages, PDFs, books, documents of office programs and JSON, which are read at once."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from ...core.errors import DataError, Unreadable
from ..readers.charset import read_charset
from ..readers.concealed import hidden_in_html
from ..readers.encodings import NAMES, UTF8, encoding, is_binary
from ..readers.html import Page, read_html
from ..readers.pages import ARCHIVES, PAGES
from ..readers.pages import BROKEN as DAMAGED
from ..readers.wrapped import letters, notebook, subtitles
from ..readers.xml import read_xml
from .faults import Faults
from .opened import BLOCK, BROKEN, some, unpacked
from .pieces import Rows, of_batch
from .source import Source
from .stretches import Stretch
from .texts import TEXT, utf8

LARGEST = 2**28  # bytes of a file that is read at once
Kind = Callable[[bytes, str, Faults], list[dict[str, Any]]]


def of_page(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The one row of a page, a PDF or a document, and those of the letters of a mailbox: text, and title if any."""
    data = whole_file(job.source, faults)
    if data is None:
        return
    try:
        records = KINDS[job.source.format](data, job.source.name, faults)
    except (DataError, *DAMAGED) as error:
        faults.add(str(getattr(error, "reason", None) or "being damaged"), 1)
        return
    if records:
        yield of_batch([(place, record, len(data)) for place, record in enumerate(records, 1)], TEXT)


def whole_file(source: Source, faults: Faults) -> bytes | None:
    """The bytes of a file, unpacked; None where it is damaged or too large, which is a fault, or blank."""
    parts: list[bytes] = []
    held = 0
    try:
        with source.path.open("rb") if source.path.suffix.lower() in ARCHIVES else unpacked(source.path) as file:
            while held <= LARGEST and (part := some(file, BLOCK)):
                parts.append(part)
                held += len(part)
    except BROKEN as error:
        faults.add(f"the file breaking off ({getattr(error, 'strerror', None) or error})", 1)
        return None
    if held > LARGEST:
        faults.add(f"being larger than {LARGEST // 2**20} MiB in one piece", 1)
        return None
    data = b"".join(parts)
    return data if data.strip() else None


def _document(data: bytes, name: str, faults: Faults) -> list[dict[str, Any]]:
    return [{"text": _plain(data, name, faults)}]


def _plain(data: bytes, name: str, faults: Faults) -> str:
    if is_binary(data):
        raise Unreadable(name, "being no text", "save it as UTF-8")
    known = encoding(data)
    if not known.startswith("utf"):
        faults.tell(f"It is no UTF-8 and was read as {NAMES.get(known, known)}, a guess.")
        return data.decode(known, errors="replace")
    text = utf8(data, faults) if known.startswith(UTF8) else data.decode(known, errors="replace")
    return text.removeprefix("\ufeff")


def _subtitles(data: bytes, name: str, faults: Faults) -> list[dict[str, Any]]:
    faults.tell("Numbers, times and tags of the subtitles were left out.")
    return [{"text": subtitles(_plain(data, name, faults).replace("\r\n", "\n").replace("\r", "\n"))}]


def _notebook(data: bytes, name: str, faults: Faults) -> list[dict[str, Any]]:
    faults.tell("What the code of the notebook printed was left out.")
    return [{"text": notebook(data, name)}]


def _letters(data: bytes, name: str, faults: Faults) -> list[dict[str, Any]]:
    faults.tell("Subject and words of each letter were read, and no attachments.")
    found = list(letters(data, name))
    for note in dict.fromkeys(note for _, _, notes in found for note in notes):
        faults.tell(note)
    return [{"text": text, "title": subject} for subject, text, _ in found]


def _page(data: bytes, name: str, faults: Faults) -> list[dict[str, Any]]:
    """A page, with what it holds and does not show as `hidden`, a JSON list of [text, why], empty where nothing is."""
    (page,) = _titled(read_html(data, name), faults)
    found = hidden_in_html(read_charset(data)[0])
    return [{**page, "hidden": json.dumps([[each.text, each.why] for each in found]) if found else ""}]


def _titled(page: Page, faults: Faults) -> list[dict[str, Any]]:
    for note in page.notes:
        faults.tell(note)
    return [{"text": page.text, "title": page.title}]


def _of(read: Callable[[bytes, str], Page]) -> Kind:
    return lambda data, name, faults: _titled(read(data, name), faults)


KINDS: dict[str, Kind] = {
    "document": _document,
    "html": _page,
    "xml": _of(read_xml),
    "subtitles": _subtitles,
    "letters": _letters,
    "notebook": _notebook,
    **{ending.removeprefix("."): _of(read) for ending, read in PAGES.items()},
}
