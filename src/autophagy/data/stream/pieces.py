"""Pieces: rows of a source as they were read, some thousands at a time, whatever its format."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ..readers.tables import unique
from .cells import column as arrow_column
from .cells import is_text
from .faults import Faults
from .worded import Record
from .wording import Wording, wording

SAMPLE = 100  # rows that tell which column is the text
BYTES = 2**26  # of one piece at most, unless a row alone is longer

Placed = tuple[int, Record, int]  # a row, its number in the file before it, its bytes behind it


@dataclass(frozen=True)
class Rows:
    """Rows with the number of each in its file, their text (None where there is none), and their other columns.

    `called` are the columns of the text.
    """

    places: Sequence[int]
    texts: Any  # Arrow strings
    rest: Any  # an Arrow table
    called: str


def batched(rows: Iterable[Placed], size: int) -> Iterator[list[Placed]]:
    """The rows in lists of so many, or fewer where they are long."""
    batch: list[Placed] = []
    held = 0
    for row in rows:
        batch.append(row)
        held += row[2]
        if len(batch) == size or held > BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def choose(head: Sequence[Record], column: str | None, faults: Faults, names: Sequence[str] | None = None) -> Wording:
    """The columns of the text; where there are none, those that were looked for, which no row has."""
    names = list(dict.fromkeys(name for row in head for name in row)) if names is None else names
    chosen = wording(names, head, column)
    if chosen is None:
        faults.lacking = list(names)
        return Wording((column or "text",))
    if chosen.told:
        faults.tell(chosen.told)
    return chosen


def of_batch(batch: Sequence[Placed], chosen: Wording) -> Rows:
    """Records with their places as rows."""
    import pyarrow as pa

    rows = [record for _, record, _ in batch]
    texts, taken = _texts(rows, chosen)
    names = [name for name in dict.fromkeys(chain.from_iterable(rows)) if name != taken]
    table = pa.table({name: arrow_column([row.get(name) for row in rows]) for name in names})
    return Rows([place for place, _, _ in batch], texts, table, chosen.called)


def _texts(rows: Sequence[Record], chosen: Wording) -> tuple[Any, str | None]:
    """The texts of records, and the column that they are, where it holds nothing else."""
    import pyarrow as pa

    if len(chosen.columns) == 1 and any(chosen.columns[0] in row for row in rows):
        with suppress(pa.ArrowException):  # which has no texts of other cells
            return pa.array([row.get(chosen.columns[0]) for row in rows], pa.large_string()), chosen.columns[0]
    return pa.array([chosen.of(row) for row in rows], pa.large_string()), None


def of_table(table: Any, first: int, chosen: Wording) -> Rows:
    """An Arrow table as rows, the first of that number."""
    import pyarrow as pa

    names = unique(table.column_names)
    table = pa.table({name: _plain(column) for name, column in zip(names, table.columns, strict=True)})
    present = [name for name in chosen.columns if name in table.column_names]
    single = present[0] if len(chosen.columns) == 1 and present else None
    within = {name.partition(".")[0] for name in chosen.columns if name not in present}
    present += [name for name in table.column_names if name in within]  # objects that hold a column such as answer.text
    if single and is_text(table[single].type):
        texts = table[single].cast(pa.large_string()).combine_chunks()
        table = table.drop_columns([single])
    else:
        texts = pa.array([chosen.of(row) for row in table.select(present).to_pylist()], pa.large_string())
        table = table.drop_columns([single]) if single and pa.types.is_binary(table[single].type) else table
    places = range(first, first + len(texts))
    return Rows(places, texts, table, chosen.called)


def _plain(column: Any) -> Any:
    """The column without categories."""
    import pyarrow as pa

    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
