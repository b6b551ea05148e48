"""A file or a folder of recorded answers, or data in memory -> a Log; what it is is told by what it holds."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from ...core.errors import DataError
from ...core.logged import Log
from ...core.memory import InMemory
from ..memory import given
from ..readers.records import read_records
from ..readers.unpack import content, without_packing
from . import llmdrift
from .build import LogFile, joined
from .snapshot import is_snapshot, read_snapshot

READ = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")
FORMATS: Sequence[ModuleType] = (llmdrift,)


def read_log(path: str | Path) -> Log:
    """The recorded answers of a file, of all files of a folder, or of a snapshot of ours.

    Raises DataError where the path is not there, where a file is in no known format, or where no row can be read.
    """
    if isinstance(path, InMemory):
        return _of_files([_rows(path.content(), str(path), f"{path}")], f"{path}")
    if is_snapshot(path):
        return read_snapshot(path)
    paths = list(_files(Path(path)))
    return _of_files([_rows(content(file), str(file), str(file)) for file in paths], str(path))


def log_of(data: Any) -> Log:
    """The recorded answers of a path, or of a data frame, a table or a list of dicts in memory."""
    return read_log(given(data))


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise DataError(f"there is no log {path}: check the path.")
    if not path.is_dir():
        yield path
        return
    found = sorted(file for file in path.iterdir() if file.is_file() and without_packing(file.name).endswith(READ))
    if not found:
        raise DataError(f"{path} holds no file of answers: put one of {', '.join(READ)} into it.")
    yield from found


def _rows(data: bytes, path: str, name: str) -> LogFile:
    records = read_records(data, path)
    return LogFile(name, records, records.places, tuple(f"{name}: {note}" for note in records.notes))


def _of_files(files: Sequence[LogFile], where: str) -> Log:
    by_format: dict[ModuleType, list[LogFile]] = {}
    for file in files:
        by_format.setdefault(_format(file), []).append(file)
    return joined({", ".join(file.name for file in some): way.read(some, where) for way, some in by_format.items()})


def _format(file: LogFile) -> ModuleType:
    columns = list(next((row for row in file.rows if row is not None), {}))
    found = next((way for way in FORMATS if way.fits(columns)), None)
    if found is None:
        shown = ", ".join(map(repr, columns[:8])) or "none"
        raise DataError(f"{file.name} is no log that is known (its columns: {shown}): give prompts with their answers.")
    return found
