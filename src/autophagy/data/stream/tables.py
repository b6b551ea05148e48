"""Tables: the rows of parquet and Arrow files."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from ..readers.tables import unique
from .faults import Faults
from .pieces import BYTES, SAMPLE, Rows, choose, of_table
from .stretches import Stretch

DAMAGED = "standing in a damaged part of the file"


def of_parquet(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of row groups of a parquet file; a group that is damaged costs those of its rows not read yet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(job.source.path) as file:
            groups = range(file.num_row_groups)[job.start : job.stop if job.stop >= 0 else None]
            chosen = choose(_head(file), column, faults, unique(file.schema_arrow.names))
            place = job.first
            for table, lost in _merged(_batches(file, groups, size), size):
                if lost:
                    faults.add(DAMAGED, place, "", lost)
                else:
                    yield of_table(table, place, chosen)
                place += lost or len(table)
    except (pa.ArrowException, OSError, ValueError) as error:
        faults.add("being no parquet that can be read", 0, error)


def of_arrow(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of an Arrow file or stream, such as `datasets` saves."""
    import pyarrow as pa

    place = job.first
    try:
        with pa.memory_map(str(job.source.path)) as file:
            batches = _arrow_batches(file)
            head = next(batches, None)
            if head is None:
                return
            chosen = choose(_rows(head.slice(0, SAMPLE)), column, faults, unique(head.schema.names))
            for batch in chain([head], batches):
                for start in range(0, len(batch), size):
                    part = pa.Table.from_batches([batch.slice(start, size)])
                    yield of_table(part, place, chosen)
                    place += len(part)
    except (pa.ArrowException, OSError, ValueError) as error:
        faults.add("standing behind a damaged part of the file", place, error)


def _arrow_batches(file: Any) -> Iterator[Any]:
    import pyarrow as pa

    if file.read(6) in (b"ARROW1",):
        found = pa.ipc.open_file(file)
        yield from map(found.get_batch, range(found.num_record_batches))
        return
    file.seek(0)
    yield from pa.ipc.open_stream(file)


def _head(file: Any) -> list[dict[str, Any]]:
    """The first rows; none where the first part of the file is damaged."""
    import pyarrow as pa

    try:
        batch = next(file.iter_batches(SAMPLE), None)
    except (pa.ArrowException, OSError):
        return []
    return [] if batch is None else _rows(batch)


def _rows(batch: Any) -> list[dict[str, Any]]:
    return list(batch.rename_columns(unique(batch.schema.names)).to_pylist())


def _batches(file: Any, groups: Sequence[int], size: int) -> Iterator[tuple[Any, int]]:
    """Batches of the row groups, each with 0; where a group is damaged, None with the rows that are lost."""
    import pyarrow as pa

    for number in groups:
        group = file.metadata.row_group(number)
        few = max(1, min(size, BYTES * group.num_rows // max(1, group.total_byte_size)))  # where the rows are long
        left = group.num_rows
        try:
            for batch in file.iter_batches(few, row_groups=[number]):
                most = max(1, len(batch) * BYTES // max(BYTES, batch.nbytes))  # a group of equal texts looks short
                yield from ((batch.slice(start, most), 0) for start in range(0, len(batch), most))
                left -= len(batch)
        except (pa.ArrowException, OSError):
            yield None, left


def _merged(batches: Iterable[tuple[Any, int]], size: int) -> Iterator[tuple[Any, int]]:
    """Tables of so many rows put together from batches that may have fewer; what is lost comes in between."""
    import pyarrow as pa

    held: list[Any] = []
    for batch, lost in batches:
        if held and (lost or sum(map(len, held)) + len(batch) > size or _bytes(held) + batch.nbytes > BYTES):
            yield pa.Table.from_batches(held), 0
            held = []
        if lost:
            yield None, lost
        else:
            held.append(batch)
    if held:
        yield pa.Table.from_batches(held), 0


def _bytes(batches: Iterable[Any]) -> int:
    return sum(batch.nbytes for batch in batches)
