"""A file or a folder of recorded answers, or data in memory -> a Log; what a file is is told by what it holds."""

import json
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from ...core.errors import DataError
from ...core.logged import Log
from ...core.memory import InMemory
from ..memory import given
from ..own import is_run
from ..readers.notes import listed
from ..readers.records import Record, read_records
from ..readers.unpack import content, without_packing
from . import inspect, llmdrift, openai, plain
from .build import LogFile, joined
from .snapshot import is_snapshot, read_snapshot

READ = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".eval")
FORMATS: Sequence[ModuleType] = (llmdrift, openai, plain)  # the first that fits is taken
LOOKED_AT = 20  # rows of a file whose columns say what it is


def read_log(path: str | Path) -> Log:
    """The recorded answers of a file, of all files of a folder, or of a snapshot of ours.

    Formats are those of LLMDrift, of inspect_ai, of OpenAI's JSON lines, and tables with a row an answer. Raises
    DataError where the path is not there, where a file is in no known format, or where no row can be read.
    """
    if isinstance(path, InMemory):
        if path.endswith((".npy", ".npz")):
            raise DataError(f"{path} holds numbers and no recorded answers: give a data frame or a list of dicts.")
        return _of_rows([_rows(path.content(), str(path), f"{path}")], f"{path}")
    if is_snapshot(path):
        return read_snapshot(path)
    paths, left = _files(Path(path))
    logs, rows = {}, []
    for file in paths:
        data = file.read_bytes()
        if inspect.fits(data):
            logs[str(file)] = inspect.read(file)
        else:
            rows.append(_rows(content(file), str(file), str(file)))
    if rows:
        logs[str(path)] = _of_rows(rows, str(path))
    log = joined(logs)
    notes = [f"files of other kinds were not read: {listed(left, 6)}."] if left else []
    return Log(log.tasks, log.rows, log.unreadable, (*log.notes, *notes))


def log_of(data: Any) -> Log:
    """The recorded answers of a path, or of a data frame, a table or a list of dicts in memory."""
    return read_log(given(data))


def _files(path: Path) -> tuple[list[Path], list[str]]:
    """The files to read, and the names of those that are left."""
    if not path.exists():
        raise DataError(f"there is no log {path}: check the path.")
    if not path.is_dir():
        return [path], []
    if is_run(path):
        raise DataError(
            f"{path} is a run that recorded no answers: give the folder of a snapshot, as autophagy drift record "
            "writes them, or files of prompts with their answers."
        )
    files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    found = [file for file in files if without_packing(file.name).endswith(READ)]
    if not found:
        raise DataError(f"{path} holds no file of answers: put one of {', '.join(READ)} into it.")
    return found, [file.name for file in files if file not in found]


def _rows(data: bytes, path: str, name: str) -> LogFile:
    """The rows of a file; a single object is one row, also where it holds a list."""
    single = _single(data)
    if single is not None:
        return LogFile(name, [single], [1])
    records = read_records(data, path)
    return LogFile(name, records, records.places, tuple(f"{name}: {note}" for note in records.notes))


def _single(data: bytes) -> Record | None:
    """The one object of a file with a conversation or a response, which would else be read as a table in an object."""
    if not data.lstrip().startswith(b"{") or b"\n{" in data.strip():
        return None
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and openai.fits(found) else None


def _of_rows(files: Sequence[LogFile], where: str) -> Log:
    by_format: dict[ModuleType, list[LogFile]] = {}
    for file in files:
        by_format.setdefault(_format(file), []).append(file)
    logs = {", ".join(file.name for file in some): way.read(some, where) for way, some in by_format.items()}
    return joined(logs)


def _format(file: LogFile) -> ModuleType:
    rows = [row for row in file.rows if row is not None][:LOOKED_AT]
    found = next((way for way in FORMATS if any(map(way.fits, rows))), None)
    if found is None:
        shown = listed(list(dict.fromkeys(name for row in rows for name in row)), 8) or "none"
        raise DataError(f"{file.name} is no log that is known (its columns: {shown}): give prompts with their answers.")
    return found
