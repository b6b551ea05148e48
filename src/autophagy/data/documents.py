"""Documents: a file or a folder of texts, pages, PDFs and tables -> texts, each with its id and its title."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import DataError, Unreadable
from ..core.samples import Array, Samples
from .load import RealRows
from .readers.encodings import LOST, composed, decode, is_binary, is_broken
from .readers.html import read_html
from .readers.objects import flat
from .readers.pdf import read_pdf
from .readers.records import Record, read_records
from .readers.unpack import content, without_packing

TEXT_NAMES = ("text", "document", "content", "contents", "body", "context", "passage", "article", "story", "x")
ID_NAMES = ("id", "_id", "doc_id", "document", "key", "url", "path", "name")
TITLE_NAMES = ("title", "heading", "headline", "subject", "name")
SHOWN = 10  # names in a note

Document = tuple[str, str, str]  # id, title, text


def read_documents(path: str | Path) -> RealRows:
    """The documents of a file, or of a folder and its folders, with the columns `document`, `original` and `title`.

    A .txt, .md, .html or .pdf file is one document, called by its path within the folder; each row of a .jsonl,
    .csv, .tsv or .parquet file is one, called by its id, or by the file and its number where it has none. Any of them
    may be gzipped. What cannot be read is set aside, counted and named in a note. `document` tells all apart: where two
    have one id, a number follows the id of the second; `original` is the id as it was given.

    Raises DataError where nothing is left.
    """
    root = Path(path).expanduser()
    if not root.exists():
        raise DataError(f"there is no file or folder {root}: check the path of the documents.")
    documents: list[Document] = []
    aside: list[str] = []
    other: list[str] = []
    reading: list[str] = []
    for file in _files(root):
        name = file.relative_to(root).as_posix() if root.is_dir() else file.name
        reader = READERS.get(_kind(file))
        if not reader:
            other.append(name)
            continue
        told: list[str] = []
        try:
            for document, title, text in reader(content(file), name, told):
                if text.strip():
                    documents.append((document, title, text))
                else:
                    aside.append(f"{document} ({title or 'holds no text'})")
        except Unreadable as error:
            aside.append(f"{name} ({error.reason})")
        reading += [f"{name}: {note}" for note in told]
    notes = [
        *reading,
        _note(len(aside), "set aside", aside),
        _note(len(other), "left out because files of this kind are not read", other),
    ]
    if not documents:
        why = " ".join(filter(None, notes)) or "it is empty"
        raise DataError(
            f"{root} holds no document that can be read ({why.rstrip('.')}): give .txt, .md, .html, .pdf, .jsonl, "
            ".csv, .tsv or .parquet files that hold text."
        )
    samples, renamed = _samples(documents)
    notes.append(_note(len(renamed), "renamed because another document has the same name", renamed))
    return RealRows(str(path), samples, "text", len(aside), list(filter(None, notes)))


def _files(root: Path) -> list[Path]:
    if root.is_file():
        return [root]
    paths = (path for path in root.rglob("*") if path.is_file())
    return sorted(path for path in paths if not any(part.startswith(".") for part in path.relative_to(root).parts))


def _kind(file: Path) -> str:
    return Path(without_packing(file.name)).suffix


def _note(count: int, what: str, names: list[str]) -> str:
    if not count:
        return ""
    shown = ", ".join(names[:SHOWN]) + (", ..." if count > SHOWN else "")
    return f"{count} {'was' if count == 1 else 'were'} {what}: {shown}."


def _samples(documents: list[Document]) -> tuple[Samples, list[str]]:
    """The documents as rows, and the names of those that had to be renamed because ids are unique."""
    ids: dict[str, None] = {}
    renamed = []
    for document, _, _ in documents:
        name, copy = document, 2
        while name in ids:
            name, copy = f"{document} ({copy})", copy + 1
        if name != document:
            renamed.append(name)
        ids[name] = None
    originals, titles, texts = zip(*documents, strict=True)
    x, original, title = (_strings(column) for column in (texts, originals, titles))
    return Samples.of(x, document=_strings(ids), original=original, title=title), renamed


def _strings(values: Iterable[str]) -> Array:
    return np.array(list(values), dtype=np.dtypes.StringDType())


def _plain(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
    """A text; its title is its first heading or the name of its file."""
    text = decoded(data, name, told)
    first = text.lstrip().partition("\n")[0]
    yield name, first.lstrip("#").strip() if first.startswith("# ") else _stem(name), text


def decoded(data: bytes, where: str, told: list[str]) -> str:
    """A text in whatever encoding, with U+FFFD for bytes that are none; raises DataError where it is no text."""
    if is_binary(data):
        raise Unreadable(where, "is not text", "save it as UTF-8")
    text, notes = decode(data)
    told += notes
    if is_broken(text):
        text = text.encode(errors="surrogateescape").decode(errors="replace")
        told.append(f"{text.count(LOST):,} characters that are no UTF-8 became U+FFFD.")
    return composed(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _html(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
    title, text = read_html(data, name)
    yield name, title or _stem(name), text


def _pdf(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
    title, text = read_pdf(data, name)
    yield name, title or _stem(name), text


def _stem(name: str) -> str:
    return Path(name[: len(without_packing(name))]).stem.replace("_", " ")


def _table(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
    """The documents of a table: which columns are their text, id and title is told by their names.

    A row that cannot be read comes out as a document without text, whose title says why.
    """
    rows = read_records(data, name)
    told += rows.notes
    flattened = [None if row is None else flat(row) for row in rows]
    good = [row for row in flattened if row is not None]
    if not good:
        raise Unreadable(name, "holds no JSON objects" if ".js" in name else "holds no rows", "write one a line")
    columns = list(dict.fromkeys(column for row in good for column in row))
    texts = [column for column in columns if any(_is_text(row.get(column)) for row in good)]
    text = _named(TEXT_NAMES, texts) or max(texts, key=lambda column: _letters(good, column), default=None)
    if text is None:
        raise Unreadable(name, "has no column of texts", "call one text")
    rest = [column for column in columns if column != text]
    id_, title = _named(ID_NAMES, rest), _named(TITLE_NAMES, rest)
    for number, (row, place) in enumerate(zip(flattened, rows.places, strict=True), 1):
        if row is None:
            yield f"{name}:{number}", rows.reason(place), ""
            continue
        document = str(row.get(id_) or f"{name}:{number}") if id_ else f"{name}:{number}"
        cell = row.get(text)
        good_text = composed(cell) if isinstance(cell, str) else ""
        yield document, str(row.get(title) or "") if title and good_text.strip() else "", good_text


def _is_text(cell: Any) -> bool:
    """Whether a cell holds words: in a CSV numbers are strings too."""
    return isinstance(cell, str) and any(map(str.isalpha, cell))


def _named(names: tuple[str, ...], columns: list[str]) -> str | None:
    lower = {column.lower(): column for column in columns}
    return next((lower[name] for name in names if name in lower), None)


def _letters(rows: Sequence[Record], column: str) -> int:
    return sum(len(row[column]) for row in rows if isinstance(row.get(column), str))


Reader = Callable[[bytes, str, list[str]], Iterator[Document]]  # of bytes and a name; what is to be told is added

READERS: dict[str, Reader] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".rst"), _plain),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _html),
    ".pdf": _pdf,
    **dict.fromkeys((".jsonl", ".ndjson", ".json", ".parquet", ".csv", ".tsv"), _table),
}
