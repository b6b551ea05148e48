"""Ingest: a stretch of a file becomes chunks in a folder, and every row of it is in one place or counted."""

from pathlib import Path
from typing import Any

from ...core.files import writing
from .chunk import chunk
from .faults import Faults
from .readers import READERS
from .schema import packed, union
from .sources import Source
from .stretches import Stretch

ROWS = 10_000  # of a chunk


def ingest(job: Stretch, folder: Path, column: str | None = None, rows: int = ROWS) -> dict[str, Any]:
    """Write the rows of a job as parquet files of so many rows, or fewer where texts are long, and say what was read.

    What it returns can be kept as JSON: `rows` and `unreadable`, the `reasons` with the first row of each, the columns
    that are the text (`column`), the `schema` of all chunks, `notes`, and the `chunks` with their files and rows. The
    same job makes the same files, whoever runs it and how often. Raises RecordError where a chunk cannot be written.
    """
    faults = Faults()
    chunks: list[dict[str, Any]] = []
    schemas = []
    for piece in READERS[job.source.format](job, faults, column, rows):
        table = chunk(piece, job.source, faults)
        schemas.append(table.schema)
        if len(table):
            name = f"{job.number:06d}-{len(chunks):04d}.parquet"
            _write(table, folder / name)
            chunks.append({"file": name, "rows": len(table)})
    if not chunks and not faults.count and job.stop < 0:
        faults.tell("It holds no row.")
    if _changed(job.source):
        faults.tell("It changed while it was read, so that its rows may be of two versions: read it again.")
    return {
        "job": job.number,
        "file": job.source.name,
        "size": job.source.size,
        "written": job.source.written,
        "rows": sum(each["rows"] for each in chunks),
        "unreadable": faults.count,
        "reasons": list(faults.reasons.values()),
        "lacking": faults.lacking,
        "schema": packed(union(schemas)),
        "notes": [[sentence, count] for sentence, count in faults.notes.items()],
        "chunks": chunks,
    }


def _write(table: Any, path: Path) -> None:
    import pyarrow.parquet as pq

    with writing(path) as file:
        pq.write_table(table, file, use_dictionary=["file", "source"], write_statistics=False)


def _changed(source: Source) -> bool:
    """Whether the file is no longer the one that was found."""
    try:
        status = source.path.stat()
    except OSError:
        return True
    return (status.st_size, status.st_mtime_ns) != (source.size, source.written)
