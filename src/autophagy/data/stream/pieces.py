"""Pieces: rows of a source as they were read, some thousands at a time, whatever its format."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .cells import column as arrow_column
from .faults import Faults
from .records import records
from .schema import is_text
from .stretches import Stretch
from .wording import Record, Wording, wording

SAMPLE = 100  # rows that tell which column is the text
BYTES = 2**26  # of text in one piece at most, unless a row alone is longer


@dataclass(frozen=True)
class Rows:
    """Rows with the number of each in its file, their text (None where there is none), and their other columns.

    `called` are the columns of the text.
    """

    places: Sequence[int]
    texts: Any  # Arrow strings
    rest: Any  # an Arrow table
    called: str


def of_records(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of a JSON lines file."""
    head = [record for _, record in islice(records(Stretch(0, job.source), Faults()), SAMPLE)]
    names = list(dict.fromkeys(name for record in head for name in record))
    chosen = _chosen(names, head, column, faults)
    for batch in batched(records(job, faults), size):
        yield _of_batch(batch, chosen)


def of_parquet(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of row groups of a parquet file; a group that is damaged costs those of its rows not read yet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(job.source.path) as file:
            groups = range(file.num_row_groups)[job.start : job.stop if job.stop >= 0 else None]
            head = next(file.iter_batches(SAMPLE), None) if groups else None
            chosen = _chosen(file.schema_arrow.names, [] if head is None else head.to_pylist(), column, faults)
            place = job.first
            for group in groups:
                last = place + file.metadata.row_group(group).num_rows
                try:
                    for batch in file.iter_batches(size, row_groups=[group]):
                        yield _of_table(pa.Table.from_batches([batch]), place, chosen)
                        place += len(batch)
                except (pa.ArrowException, OSError) as error:
                    faults.add("a damaged row group", place, error, last - place)
                place = last
    except (pa.ArrowException, OSError, ValueError) as error:
        faults.add("being no parquet that can be read", 0, error)


def batched(rows: Iterable[tuple[int, Record]], size: int) -> Iterator[list[tuple[int, Record]]]:
    """The rows in lists of so many, or fewer where their texts are long."""
    batch: list[tuple[int, Record]] = []
    held = 0
    for place, record in rows:
        batch.append((place, record))
        held += sum(len(cell) for cell in record.values() if isinstance(cell, str))
        if len(batch) == size or held > BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _chosen(names: Sequence[str], head: Sequence[Record], column: str | None, faults: Faults) -> Wording:
    """The columns of the text; where there are none, those that were looked for, which no row has."""
    chosen = wording(names, head, column)
    if chosen is None:
        faults.lacking = list(names)
        return Wording((column or "text",))
    if chosen.told:
        faults.tell(chosen.told)
    return chosen


def _of_batch(batch: Sequence[tuple[int, Record]], chosen: Wording) -> Rows:
    import pyarrow as pa

    rows = [record for _, record in batch]
    single = chosen.columns[0] if len(chosen.columns) == 1 else None
    texts = [chosen.of(row) for row in rows]
    turned = single and any(isinstance(row.get(single), list) for row in rows)
    names = dict.fromkeys(name for row in rows for name in row)
    kept = [name for name in names if name != single or turned]
    table = pa.table({name: arrow_column([row.get(name) for row in rows]) for name in kept})
    return Rows([place for place, _ in batch], pa.array(texts, pa.large_string()), table, chosen.called)


def _of_table(table: Any, first: int, chosen: Wording) -> Rows:
    import pyarrow as pa

    present = [name for name in chosen.columns if name in table.column_names]
    single = present[0] if len(chosen.columns) == 1 and present else None
    if single and is_text(table[single].type):
        texts = table[single].cast(pa.large_string()).combine_chunks()
        table = table.drop_columns([single])
    else:
        texts = pa.array([chosen.of(row) for row in table.select(present).to_pylist()], pa.large_string())
    places = range(first, first + len(texts))
    return Rows(places, texts, table, chosen.called)


READERS = {"jsonl": of_records, "parquet": of_parquet}
