"""Rights: rows of a source that must not be used, and rows that somebody asked to have taken out."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..core.decorators import curator
from ..core.errors import DataError, UsageError
from ..core.memory import InMemory, apart
from ..core.names import Files, names_in
from ..core.plugin import Verdict
from ..core.samples import Array, Samples
from ..data.readers.encodings import decode, is_binary
from ..data.readers.records import read_records, told_of
from ..data.readers.spreadsheet import WORKBOOKS
from ..data.readers.unpack import bytes_of, content
from ..text.plural import plural
from .likelihood import texts

HASH = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})")  # a SHA-256, with its name in front or without
IDS = ("id", "_id", "uuid", "doc_id", "document_id", "url")  # the columns that name a row
TABLES = (".jsonl", ".json", ".csv", ".tsv", ".parquet", *WORKBOOKS)
WORDS = 5  # of a shingle
LINE = "text"  # the one column of rows in memory that are texts alone
LONG = 8  # words from which on a line is a text and no id
COPY = 0.75  # of a text's shingles that a row must hold to be a near copy of it, or a copy with more around it


@curator("excluded", also=("exclude",), of="text", title="Excluded sources", says="come from an excluded source")
def excluded(batch: Samples, reference: Samples, rng: np.random.Generator, *, sources: str = "") -> Verdict:
    """Drop the rows of some sources, by the name of the source, or of a file or folder that they came from.

    Several names are parted by |. A name is compared whole, letter case apart.
    """
    wanted = {name.casefold(): name for name in names_in(sources)}
    if not wanted:
        raise UsageError("excluded needs a source: write excluded:sources=NAME, or give --exclude-source NAME.")
    x = texts(batch, "excluded")
    details = np.full(len(x), "", dtype=np.dtypes.StringDType())
    files = batch.meta["file"].tolist() if "file" in batch.meta else [""] * len(x)
    for row, (source, file) in enumerate(zip(batch.source.tolist(), files, strict=True)):
        names = (str(source), str(file), *Path(str(file)).parts)
        details[row] = next((wanted[n.casefold()] for n in names if n.casefold() in wanted), "")
    kept = details == ""
    return Verdict(kept, (~kept).astype(float), "comes from an excluded source", details)


def _told(files: str = "") -> list[str]:
    """What was guessed or set aside in the files of requests: nothing that was set aside is removed."""
    notes: list[str] = []
    for name in names_in(files):
        tabled = Path(name).suffix in TABLES  # as rows in memory are, too
        notes += told_of(name) if tabled else [f"{name}: {note}" for note in decode(content(Path(name)))[1]]
    return notes


@curator(
    "removed",
    also=("remove",),
    of="text",
    title="Removed on request",
    says="were asked to be removed",
    reads=_told,
    private=True,
)
def removed(batch: Samples, reference: Samples, rng: np.random.Generator, *, files: Files = "") -> Verdict:
    """Drop the rows that a file asks to have removed: by id, by SHA-256 of the text, or as near copies of a text.

    A file has a request a line, or the columns id, hash and text. An id is compared with the columns id, _id, uuid,
    doc_id, document_id and url. A text takes with it every row that holds three quarters of its word 5-grams, so a copy
    goes also where more stands around it. The details name the request. Several files are parted by |.
    """
    asked = requests(files)
    x = texts(batch, "removed")
    details = np.full(len(x), "", dtype=np.dtypes.StringDType())
    score = np.zeros(len(x))
    ids = [batch.meta[name].tolist() for name in IDS if name in batch.meta]
    for row, text in enumerate(x.tolist()):
        names = [str(column[row]) for column in ids]
        found, score[row] = asked.of(text, names)
        details[row] = found
    return Verdict(details == "", score, "was asked to be removed", details)


@dataclass(frozen=True)
class Requests:
    """What is to be removed: ids, hashes and shingles of texts, each with the line that asks for it.

    `every` has each line with what it asks for; of a text its length alone, for a receipt repeats nothing private.
    """

    every: dict[str, str]
    ids: dict[str, str]
    hashes: dict[str, str]
    shingles: dict[int, list[int]]
    sizes: list[int]
    lines: list[str]

    def of(self, text: str, names: Sequence[str]) -> tuple[str, float]:
        """The request that takes a row, and how much of its text the row holds; "" and 0 where none does."""
        for name in names:
            if name in self.ids:
                return self.ids[name], 1.0
        if self.hashes:
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            if digest in self.hashes:
                return self.hashes[digest], 1.0
        shared: dict[int, int] = {}
        for shingle in _shingles(text) if self.sizes else ():
            for number in self.shingles.get(shingle, ()):
                shared[number] = shared.get(number, 0) + 1
        best = max(shared, key=lambda number: (shared[number] / self.sizes[number], -number), default=None)
        if best is None or shared[best] / self.sizes[best] < COPY:
            return "", 0.0
        return self.lines[best], shared[best] / self.sizes[best]


@lru_cache(maxsize=4)
def requests(files: str) -> Requests:
    """The requests in files; raises UsageError where no file is named and DataError where one holds no request."""
    if not files:
        raise UsageError("removed needs the file of what is to go: write removed:files=PATH, or give --remove PATH.")
    every: dict[str, str] = {}
    found = Requests(every, {}, {}, {}, [], [])
    names = names_in(files)
    for name, called in zip(names, _called(names), strict=True):
        before = len(every)
        for number, (kind, value) in enumerate(_read(name), 1):
            line = f"{called} {number}"
            every[line] = _asks(kind, value)
            if kind == "hash":
                found.hashes.setdefault(value.lower(), line)
            elif kind == "id":
                found.ids.setdefault(value, line)
            else:
                _add_text(found, value, line)
        if len(every) == before:
            raise DataError(f"{name} asks for nothing: write an id, a SHA-256 hash or a text a line.")
    return found


def _called(names: Sequence[str]) -> list[str]:
    """What each file is called: the last part of its path, where no other has the same."""
    bare = Counter(Path(name).name for name in names)
    files = [Path(name).name if bare[Path(name).name] == 1 else name for name in names]
    both = zip(names, files, apart(names), strict=True)
    return [data if isinstance(name, InMemory) else file for name, file, data in both]


def _asks(kind: str, value: str) -> str:
    return f"a text of {plural(len(value.split()), 'word')}" if kind == "text" else f"the {kind} {value}"


def _add_text(found: Requests, text: str, line: str) -> None:
    shingles = _shingles(text)
    for shingle in shingles:
        found.shingles.setdefault(shingle, []).append(len(found.sizes))
    found.sizes.append(len(shingles))
    found.lines.append(line)


def _read(path: str) -> Iterator[tuple[str, str]]:
    """Each request of a file with its kind: "id", "hash" or "text"; of rows that are texts alone as of lines."""
    data = bytes_of(path)
    if Path(path).suffix in TABLES:
        for record in read_records(data, f"{path}"):
            if isinstance(path, InMemory) and record and [*record] == [LINE]:
                yield from _line(str(record[LINE] or "").strip())
                continue
            kinds = {"hash": ("hash", "sha256"), "text": ("text", "content"), "id": IDS}
            known = {str(name).lower(): value for name, value in (record or {}).items() if value not in (None, "")}
            kind = next((kind for kind, names in kinds.items() if known.keys() & set(names)), None)
            if kind:
                yield kind, str(next(known[name] for name in kinds[kind] if name in known))
        return
    if is_binary(data):
        raise DataError(f"{path} is no text: give a file with an id, a SHA-256 hash or a text a line, or a table.")
    for line in decode(data)[0].splitlines():
        yield from _line(line.strip())


def _line(line: str) -> Iterator[tuple[str, str]]:
    """The request that a line makes, by what it looks like; an empty one makes none."""
    if line:
        match = HASH.fullmatch(line)
        yield ("hash", match[1]) if match else ("text" if len(line.split()) >= LONG else "id", line)


def _shingles(text: str) -> set[int]:
    """The word 5-grams of a text, as hashes; of a shorter text all words together."""
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[i : i + WORDS])) for i in range(max(1, len(words) - WORDS + 1))} if words else set()


def asked_for(files: str) -> Array:
    """The requests of files, in their order, as details name them."""
    return np.array([*requests(files).every], dtype=np.dtypes.StringDType())


def wanted(files: str) -> Mapping[str, str]:
    """What each line of the files asks to have removed, by what `asked_for` calls the line."""
    return requests(files).every
