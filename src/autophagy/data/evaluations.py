"""Evaluation sets: files of questions or of texts -> the items that no training text may hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.errors import DataError
from ..core.memory import InMemory, apart
from .documents import is_document, read_documents
from .golds.cells import Broken, text_of, texts_of
from .golds.rows import asked
from .own import is_run, rows_within
from .questions import READ, read_squad
from .readers.records import Record, read_records
from .readers.turns import TURNS
from .readers.unpack import bytes_of, content, without_packing
from .readers.unread import not_read
from .readers.walk import counted, walk

# the documents that a question is about contaminate nothing: only what asks it, or works out its answer, does
_ABOUT = """
context contexts passage passages document documents evidence background article source url
"""
ABOUT = frozenset(_ABOUT.split())
PARAGRAPH = re.compile(r"\n[ \t]*\n")  # a blank line


@dataclass(frozen=True, slots=True)
class Item:
    """A text of an evaluation set: its file, what it is called there, and the column that it stood in.

    `asks` is true of a question or a text that is an item by itself, false of an answer or another column beside it.
    """

    file: str
    name: str
    column: str
    text: str
    asks: bool = True


@dataclass(frozen=True)
class Evaluations:
    """The items of all files, and a sentence for each thing that was set aside."""

    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_evaluations(*paths: str | Path) -> Evaluations:
    """The items of evaluation files, of all files below folders, and of rows in memory.

    A row of a table (.jsonl, .json, .csv, .tsv, .xlsx, .parquet, gzipped or not) is called by its `id` or its number,
    and its question and each other column of text are items; columns that hold what the question is about, such as
    `context`, are none. Of SQuAD's format the questions and answers are. Of any other text each paragraph is an item,
    or each line where it has no empty ones. Raises DataError where a file cannot be read or nothing is left.
    """
    found = Evaluations()
    for path, called in zip(paths, apart(paths), strict=True):
        if isinstance(path, InMemory):
            found.items.extend(_rows(bytes_of(path), called, called, found.notes))
            continue
        whole = Path(path).expanduser()
        if not whole.exists():
            raise DataError(f"there is no evaluation file or folder {path}: check the path.")
        whole = rows_within(whole) if is_run(whole) else whole
        if whole.is_dir():
            _below(whole, found)
        else:
            found.items.extend(_items(whole, whole.name, found.notes))
    if not found.items:
        where = ", ".join(f"{path}" for path in paths)
        raise DataError(f"{where} holds no evaluation item: give files of questions or of texts.")
    return found


def _below(folder: Path, found: Evaluations) -> None:
    """The items of all files below a folder; one that cannot be read is told, and the others go on."""
    other, aside, below = list[str](), list[str](), walk(folder, is_run)
    files = below.files
    for file in files:
        name = str(file.relative_to(folder))
        if not (without_packing(file.name).endswith(READ) or is_document(file)):
            other.append(name)
            continue
        try:
            found.items.extend(_items(file, name, found.notes))
        except DataError as error:
            aside.append(f"{name} ({error})")
    told = (
        *not_read(other, len(files)),
        counted(aside, len(files), "files", "set aside"),
        *below.notes(folder),
    )
    found.notes.extend(f"{folder}: {note}" for note in told if note)


def _items(file: Path, name: str, notes: list[str]) -> Iterator[Item]:
    plain = without_packing(file.name)
    if not plain.endswith(READ):
        yield from _texts(file, name, notes)
        return
    data = content(file)
    if plain.endswith(".json") and b'"paragraphs"' in data:
        yield from _squad(file, name, notes)
        return
    yield from _rows(data, str(file), name, notes)


def _rows(data: bytes, where: str, name: str, notes: list[str]) -> Iterator[Item]:
    """The items of each row of a table."""
    records = read_records(data, where)
    notes += [f"{name}: {note}" for note in records.told]
    bare = []
    for number, row in zip(records.places, records, strict=True):
        items = list(_row(row, name, number)) if row is not None else []
        bare += [f"row {number}"] if row is not None and not items else []
        yield from items
    told = counted(bare, len(records), "rows", "set aside for want of a text that can be read")
    notes += [f"{name}: {told}"] if told else []


def _squad(file: Path, name: str, notes: list[str]) -> Iterator[Item]:
    _, questions, told = read_squad(file)
    notes += [f"{name}: {note}" for note in told]
    for question in questions:
        yield Item(name, question.id, "question", question.text)
        for answer in question.answers:
            yield Item(name, question.id, "answers", answer, asks=False)


def _row(row: Record, file: str, number: int) -> Iterator[Item]:
    """The items of one row: its question, or its longest text where it has none, and the texts beside it."""
    found = asked(row)
    cells = {str(key).strip().lower(): cell for key, cell in row.items()} if isinstance(found, str) else found.cells
    read = ABOUT if isinstance(found, str) else ABOUT | {*TURNS}  # whose turns are the question and its answers
    columns = [(column, text) for column, cell in cells.items() if column not in read for text in _cell(cell)]
    main = max((text for _, text in columns), key=len, default="") if isinstance(found, str) else found.text
    if not main:
        return
    name = text_of(cells.get("id")) or f"row {number}"
    yield Item(file, name, next((column for column, text in columns if text == main), "question"), main)
    yield from (Item(file, name, column, text, asks=False) for column, text in columns if text not in main)


def _cell(cell: Any) -> list[str]:
    try:
        return texts_of(cell)
    except Broken:
        return []  # such as messages, whose question and reply were read, or a picture


def _texts(file: Path, name: str, notes: list[str]) -> Iterator[Item]:
    documents = read_documents(file)
    notes += documents.notes
    for text in documents.samples.x.tolist():
        for number, paragraph in enumerate(_paragraphs(text), 1):
            yield Item(name, f"paragraph {number}", "text", paragraph)


def _paragraphs(text: str) -> Sequence[str]:
    parts = PARAGRAPH.split(text)
    return [part for part in (parts if len(parts) > 1 else text.split("\n")) if part.strip()]
