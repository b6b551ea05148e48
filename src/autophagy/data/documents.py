"""Documents: a file or a folder of texts, pages, PDFs and tables -> texts, each with its id and its title."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..core.errors import DataError, Unreadable
from ..core.memory import InMemory
from ..core.samples import Array, Samples
from .absent import absent
from .load import RealRows
from .own import is_run, rows_within, told_of_rows, told_of_runs
from .readers.encodings import LOST, RICH, composed, decode, is_binary, is_broken
from .readers.html import Page, is_page, read_html
from .readers.pages import BROKEN, MARKUP, PAGES
from .readers.spreadsheet import WORKBOOKS
from .readers.statistics import STATISTICS
from .readers.unpack import content, ending_of, without_packing
from .readers.unread import not_read
from .readers.walk import counted, walk
from .readers.wrapped import HEAD, front_matter, is_letter, letters, notebook, subtitles
from .readers.xml import read_xml
from .tabular import Document, documents_of_table

# "# Title", "= Title", a title over a line of = or -, as Markdown, AsciiDoc and reStructuredText write it
HEADING = re.compile(
    r"\s*(?:[#=] (?P<marked>.+?)[ #=]*\n|"
    r"(?:([=#*-])\2{3,}\n)?[ ]?(?P<lined>\S.*)\n(?:={3,}|-{3,}|#{3,}|\*{3,})[ ]*(?:\n|\Z))"
)
ROW = "row"  # what the rows of a table that was given in memory are called without an id: row:1, row:2 ...


PLAIN = (".txt", ".text", *MARKUP, ".tex", ".org", ".adoc", ".asciidoc", ".textile", ".wiki", ".mediawiki", ".log")


def read_documents(*paths: str | Path) -> RealRows:
    """The documents of files and folders, all below them, with the columns `document`, `original` and `title`.

    A .txt, .md, .html, .pdf, .docx, .odt, .pptx, .odp or .epub file is one document, called by its path within the
    folder; each row of a .jsonl, .csv, .tsv, .xlsx or .parquet file is one, called by its id, or by the file and its
    number where it has none. Any of them may be gzipped. What cannot be read is set aside, counted and named in a note.
    `document` tells all apart: where two have one id, a number follows the id of the second; `original` is the id as it
    was given.

    Raises DataError where nothing is left.
    """
    found = _Found()
    for path in paths:
        if isinstance(path, InMemory):
            found.take(path)
        else:
            found.look(Path(path).expanduser())
    where = ", ".join(f"{path}" for path in paths)
    if not found.documents:
        why = " ".join(found.notes()) or "it is empty"
        raise DataError(
            f"{where} holds no document that can be read ({why.rstrip('.')}): give .txt, .md, .html, .pdf, .docx, "
            ".jsonl, .csv, .tsv, .xlsx or .parquet files that hold text."
        )
    samples, renamed = _samples(found.documents)
    same = counted(renamed, len(samples), "documents", "renamed because another has the same name")
    return RealRows(where, samples, "text", len(found.aside), [*found.notes(), *filter(None, [same])])


@dataclass
class _Found:
    """What was found so far: documents, and the names of what was not read."""

    documents: list[Document] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)  # what is told of folders that autophagy wrote
    told: dict[str, list[str]] = field(default_factory=dict)  # a note -> the files that it is true of
    files: int = 0

    def take(self, data: InMemory) -> None:
        """The rows of a table or a list that was given in memory; those without an id are called by their number."""
        self.files += 1
        self._read_bytes(data.content(), ROW, documents_of_table)

    def look(self, root: Path) -> None:
        if not root.exists():
            raise absent(root, "check the path of the documents")
        if root.is_file():
            self._read(root, root.name, alone=True)
            return
        rows = rows_within(root) if is_run(root) else root
        self.runs += [told_of_rows(root)] * (rows != root)
        if rows.is_file():
            self._read(rows, rows.name)
            return
        below = walk(rows, is_run)
        self.closed += below.notes(root)
        self.runs += filter(None, [told_of_runs({path.relative_to(root).as_posix() for path in below.passed})])
        for file in below.files:
            self._read(file, file.relative_to(root).as_posix())

    def _read(self, file: Path, name: str, alone: bool = False) -> None:
        """Read one file; whatever is wrong with it is told, and the others go on; one `alone` may be any text."""
        self.files += 1
        kind = ending_of(file.name)
        if kind in SAVED:
            self.aside.append(f"{name} (is of a format that is not read: {SAVED[kind]})")
            return
        reader = READERS.get(kind) or (_mail if _is_letter(file, kind) else _plain if alone else None)
        if not reader:
            self.other.append(name)
            return
        try:
            data = content(file)
        except Unreadable as error:
            self.aside.append(f"{name} ({error.reason})")
            return
        self._read_bytes(data, name, _by_content(data, reader))

    def _read_bytes(self, data: bytes, name: str, reader: "Reader") -> None:
        told: list[str] = []
        try:
            for document in reader(data, name, told):
                self._keep(document)
        except Unreadable as error:
            self.aside.append(f"{name} ({error.reason})")
        except BROKEN as error:
            self.aside.append(f"{name} (cannot be read: {type(error).__name__})")
        for note in told:
            self.told.setdefault(note, []).append(name)

    def _keep(self, document: Document) -> None:
        name, title, text = document
        if text.strip():
            self.documents.append(document)
        else:
            self.aside.append(f"{name} ({title or 'holds no text'})")

    def notes(self) -> list[str]:
        """One sentence for each thing that has to be told."""
        total = len(self.documents) + len(self.aside)
        parts = [
            counted(self.aside, total, "documents", "set aside"),
            *not_read(self.other, self.files),
            *self.closed,
            *self.runs,
        ]
        for note, names in self.told.items():
            more = f" and {len(names) - 1:,} more of {self.files:,} files" if len(names) > 1 else ""
            parts.append(f"{names[0]}{more}: {note}")
        return list(filter(None, parts))


def _by_content(data: bytes, reader: "Reader") -> "Reader":
    """The reader of a PDF, a page or a letter under the name of something else, or else the one of the name."""
    if reader is _plain and is_letter(data[:HEAD]):
        return _mail
    if data.startswith(b"%PDF-"):
        return READERS[".pdf"]
    return READERS[".html"] if reader is _plain and is_page(data) else reader


def _is_letter(file: Path, kind: str) -> bool:
    """Whether a file without an ending, or in a folder of a Maildir, is an e-mail by how it begins."""
    if kind and file.parent.name not in MAILDIR:
        return False
    try:
        with file.open("rb") as opened:
            return is_letter(opened.read(HEAD))
    except OSError:
        return False


def is_document(file: Path) -> bool:
    """Whether a file in a folder is read as a document, by its name."""
    return ending_of(file.name) in READERS


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
    title, front, text = front_matter(decoded(data, name, told))
    if front:
        told.append("The front matter above its text was left out.")
    heading = HEADING.match(text)
    title = title or ((heading["marked"] or heading["lined"]).strip() if heading else _stem(name))
    yield name, title if text.strip() else "", text


def _subtitles(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
    told.append("Numbers, times and tags of the subtitles were left out.")
    yield name, _stem(name), subtitles(decoded(data, name, told))


def _mail(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
    found = list(letters(data, name))
    for place, (subject, text, notes) in enumerate(found, 1):
        told += [note for note in notes if note not in told]
        title = subject or _stem(name)
        yield name if len(found) == 1 else f"{name}:{place}", title if text.strip() else "", composed(text)
    told.append("Subject and words of each letter were read, and no attachments.")


def _notebook(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
    text = composed(notebook(data, name))
    told.append("What the code of the notebook printed was left out.")
    yield name, _stem(name), text


def decoded(data: bytes, where: str, told: list[str]) -> str:
    """A text in whatever encoding, with U+FFFD for bytes that are none; raises DataError where it is no text."""
    if is_binary(data):
        raise Unreadable(where, "is not text", "save it as UTF-8")
    if data.startswith(RICH):
        raise Unreadable(where, "is rich text (RTF), whatever its name says", "save it as plain text")
    text, notes = decode(data)
    told += notes
    if is_broken(text):
        text = text.encode(errors="surrogateescape").decode(errors="replace")
        told.append(f"{text.count(LOST):,} characters that are no UTF-8 became U+FFFD.")
    return composed(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _page(read: Callable[[bytes, str], Page]) -> "Reader":
    """The reader of files that hold a title and a text each."""

    def pages(data: bytes, name: str, told: list[str]) -> Iterator[Document]:
        page = read(data, name)
        told += page.notes
        yield name, page.title or _stem(name) if page.text else "", page.text

    return pages


def _stem(name: str) -> str:
    return Path(name[: len(without_packing(name))]).stem.replace("_", " ")


Reader = Callable[[bytes, str, list[str]], Iterator[Document]]  # of bytes and a name; what is to be told is added

READERS: dict[str, Reader] = {
    **dict.fromkeys(PLAIN, _plain),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _page(read_html)),
    **dict.fromkeys((".xml", ".rss", ".atom"), _page(read_xml)),
    **dict.fromkeys((".srt", ".vtt"), _subtitles),
    **dict.fromkeys((".eml", ".mbox"), _mail),
    ".ipynb": _notebook,
    **{ending: _page(read) for ending, read in PAGES.items()},
    **dict.fromkeys(
        (".jsonl", ".ndjson", ".json", ".parquet", ".csv", ".tsv", *WORKBOOKS, *STATISTICS), documents_of_table
    ),
}
MAILDIR = ("cur", "new")  # the folders of a Maildir, whose letters are called by numbers
SAVED = {  # formats of other programs -> what to do about them
    **dict.fromkeys((".doc", ".pages"), "save it as .docx, PDF or .txt"),
    ".rtf": "save it as .txt or .html",
    **dict.fromkeys((".ppt", ".key"), "save it as .pptx or PDF"),
}
