"""What a generation begins with: seeds of a file, and passages of documents."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..core.errors import DataError
from ..core.memory import InMemory
from ..core.parts import did_you_mean
from ..core.recipe import PoolRow
from ..data.documents import read_documents
from ..data.readers.encodings import decode, is_binary
from ..data.readers.records import Records, read_records
from ..data.readers.unpack import content, without_packing
from ..text.chunks import chunk
from ..text.plural import plural
from .spec import GenerateSpec

COLUMNS = {
    "instruction": ("instruction", "prompt", "question", "task", "text"),
    "input": ("input", "context"),
    "output": ("output", "response", "answer", "completion"),
}
TEXTS = {name for names in COLUMNS.values() for name in names} | {"id", "instances", "is_classification"}
WORDS = 160  # of a passage
LONGEST = 1_000_000  # letters of a seed: more than any writer reads, and prompts show several


def read_pool(spec: GenerateSpec) -> tuple[list[PoolRow], list[str]]:
    """The seeds and passages of a spec, and a sentence for what was set aside or taken to mean something.

    Raises DataError where there is nothing to begin with.
    """
    rows: list[PoolRow] = []
    notes: list[str] = []
    if spec.seeds is not None:
        found, told = _seeds(spec.seeds)
        rows, notes = [*rows, *found], [*notes, *told]
    if spec.documents is not None:
        found, told = _passages(spec.documents)
        rows, notes = [*rows, *found], [*notes, *told]
    return rows, notes


def _seeds(path: str) -> tuple[list[PoolRow], list[str]]:
    records, told = told_of_seeds(path)
    found = [seed_of(number, record) for number, record in enumerate(records, 1) if record is not None]
    whole = [row for row in found if row]
    rows = [row for row in whole if len(row.instruction) + len(row.input) + len(row.output) <= LONGEST]
    distinct = list({(row.instruction, row.input): row for row in rows}.values())
    if not distinct:
        raise DataError(f"no row of {path} can be a seed: {_lacking(records, len(whole))}.")
    counts = {
        ("row without a text", "rows without a text"): len(found) - len(whole),
        (f"seed longer than {LONGEST:,} letters", f"seeds longer than {LONGEST:,} letters"): len(whole) - len(rows),
        ("seed that repeats another", "seeds that repeat another"): len(rows) - len(distinct),
    }
    notes = []
    for (one, many), count in counts.items():
        if count:
            notes.append(f"{plural(count, one, many)} {'was' if count == 1 else 'were'} set aside.")
    return distinct, [*told, *(f"{path}: {note}" for note in notes)]


def told_of_seeds(path: str | InMemory) -> tuple[Records, list[str]]:
    """The rows of a file of seeds, with what is to be told of how they were read."""
    records = seed_records(path)
    return records, [f"{path}: {note}" for note in records.told]


def seed_records(path: str | InMemory) -> Records:
    """The rows of a file of seeds; a text file has one seed a line. Raises DataError where it cannot be read."""
    if isinstance(path, InMemory):
        return read_records(path.content(), str(path))
    if Path(path).is_dir():
        raise DataError(f"{path} is a folder: give a file of seeds, or the folder as --documents.")
    if not Path(path).is_file():
        raise DataError(f"there is no file of seeds {path}: check the path.")
    data = content(Path(path))
    lines = without_packing(str(path)).lower().endswith(".txt") and not is_binary(data)
    if not lines or data.lstrip()[:1] in (b"", b"{", b"["):
        return read_records(data, str(path))
    text, notes = decode(data)
    found = Records()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            found.put(number, {"text": line})
    found.notes = [*notes, "each line of the text is a seed."]
    return found


def _lacking(records: Records, long: int) -> str:
    """What to do about rows none of which can be a seed; `long` of them are too long."""
    if long:
        return f"a seed has {LONGEST:,} letters at most, so cut them, or give the texts as --documents"
    names = COLUMNS["instruction"]
    there = {str(name) for record in records if record for name in record}
    if empty := sorted(there & {*names}):
        return f"the column {empty[0]!r} holds no text in any row, so write one into it"
    close = next((f"column {name!r}{guess}" for name in sorted(there) if (guess := did_you_mean(name, names))), "")
    told = f"give rows with one of the columns {', '.join(names)}, or a .txt file with a seed on each line"
    return told + (f"; there is the {close}" if close else "")


def seed_of(number: int, record: Mapping[str, Any]) -> PoolRow | None:
    """A row as a seed; the format of Self-Instruct has input and output within `instances`."""
    inner = record.get("instances")
    first = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Mapping) else {}
    cells = {**record, **first}
    texts = {part: next(filter(None, _texts(cells, names)), "") for part, names in COLUMNS.items()}
    if not texts["instruction"]:
        return None
    if texts["input"] == texts["instruction"]:
        texts["input"] = ""
    told = record.get("is_classification")
    kind = told if isinstance(told, bool) else None
    name = f"seed-{record.get('id', number)}"
    others = {key: str(value) for key, value in record.items() if key not in TEXTS and isinstance(value, str | int)}
    return PoolRow(name, texts["instruction"], texts["input"], texts["output"], classification=kind, columns=others)


def _texts(cells: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = cells.get(name)
        yield value.strip() if isinstance(value, str) else ""


def _passages(path: str) -> tuple[list[PoolRow], list[str]]:
    rows = read_documents(path)
    passages = chunk(rows.samples, WORDS)
    return [PoolRow(each.id, each.text, source=each.id.rpartition("#")[0] or each.id) for each in passages], list(
        rows.notes
    )
