"""Ingest: a stretch of a file becomes chunks in a folder, and every row of it is in one place or counted."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...core.files import writing
from .chunk import chunk
from .faults import Faults
from .pieces import BYTES
from .readers import READERS
from .schema import QUICK, conform, packed, union
from .source import Source
from .stretches import Stretch

ROWS = 10_000  # of a chunk


def ingest(job: Stretch, folder: Path, column: str | None = None, rows: int = ROWS) -> dict[str, Any]:
    """Write the rows of a job as parquet files of so many rows, or fewer where texts are long, and say what was read.

    What it returns can be kept as JSON: `rows` and `unreadable`, the `chunks` with their files and rows, the `schema`
    of all of them, and for each of the `files` its own counts, `reasons` with the first row of each, and `notes`. The
    same job makes the same files, whoever runs it and how often. Raises RecordError where a chunk cannot be written.
    """
    chunks = _Chunks(folder, job.number, rows)
    files = [_read(part, column, chunks) for part in job.parts]
    chunks.flush()
    return {
        "job": job.number,
        "rows": sum(each["rows"] for each in files),
        "unreadable": sum(each["unreadable"] for each in files),
        "files": files,
        "schema": packed(union(chunks.schemas)),
        "chunks": chunks.written,
    }


@dataclass
class _Chunks:
    """Tables put together to chunks of so many rows; `written` are the files and their rows."""

    folder: Path
    job: int
    rows: int
    written: list[dict[str, Any]] = field(default_factory=list)
    schemas: list[Any] = field(default_factory=list)
    held: list[Any] = field(default_factory=list)
    size: int = 0  # rows held
    bytes: int = 0

    def add(self, table: Any) -> None:
        """Take rows in; what makes a chunk is written at once."""
        if self.size + len(table) > self.rows:
            self.flush()
        if len(table):
            self.held.append(table)
            self.size += len(table)
            self.bytes += table.nbytes
        if self.size >= self.rows or self.bytes > BYTES // 2:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self.held:
            return
        schema = union([table.schema for table in self.held])
        table = pa.concat_tables([conform(table, schema) for table in self.held])
        name = f"{self.job:06d}-{len(self.written):04d}.parquet"
        with writing(self.folder / name, lasting=False) as file:
            pq.write_table(table, file, compression=QUICK, use_dictionary=["file", "source"], write_statistics=False)
        self.written.append({"file": name, "rows": len(table)})
        self.schemas.append(schema)
        self.held, self.size, self.bytes = [], 0, 0


def _read(part: Stretch, column: str | None, chunks: _Chunks) -> dict[str, Any]:
    """Read the part of one file into chunks; what is to be told of it."""
    faults, rows = Faults(), 0
    for piece in READERS[part.source.format](part, faults, column, chunks.rows):
        table = chunk(piece, part.source, faults)
        chunks.add(table)
        rows += len(table)
    if not rows and not faults.count and part.stop < 0:
        faults.tell("It holds no row.")
    if _changed(part.source):
        faults.tell("It changed while it was read, so that its rows may be of two versions: read it again.")
    return {
        "file": part.source.name,
        "size": part.source.size,
        "written": part.source.written,
        "rows": rows,
        "unreadable": faults.count,
        "reasons": list(faults.reasons.values()),
        "lacking": faults.lacking,
        "notes": [[sentence, count] for sentence, count in faults.notes.items()],
    }


def _changed(source: Source) -> bool:
    """Whether the file is no longer the one that was found."""
    try:
        status = source.path.stat()
    except OSError:
        return True
    return (status.st_size, status.st_mtime_ns) != (source.size, source.written)
